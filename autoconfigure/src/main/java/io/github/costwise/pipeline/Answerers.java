package io.github.costwise.pipeline;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.partition.Answerer;

/**
 * Decides who answers a turn, before it is looked up, and whether that was who answered
 * it in the end. Only then may the answer be stored, since it is found by turns that the
 * same would answer.
 */
final class Answerers {

	private Answerers() {
	}

	/**
	 * Returns who would answer a turn.
	 * @param version version of the routing configuration that is followed, or
	 * {@code null} when none is
	 * @param pin name of the one target that the request asks for, or {@code null}
	 * @param own finds what tells the client's own model from others, or {@code null};
	 * asked where that model answers only, since it says so where nothing does
	 */
	static Answerer expected(@Nullable String version, @Nullable String pin, Supplier<@Nullable String> own) {
		return (version != null) ? Answerer.routed(version, pin) : Answerer.own(own.get());
	}

	/** Returns whether those who were expected to answer a turn did. */
	static boolean answered(Answerer expected, Given given) {
		if (expected.routing() == null) {
			return given.version() == null && !given.tookOver();
		}
		return !given.own() && expected.routing().equals(given.version())
				&& (expected.target() == null || expected.target().equals(given.target()));
	}

	/**
	 * How a turn was answered.
	 *
	 * @param version version of the routing configuration that was followed, or
	 * {@code null}
	 * @param target name of the target that it chose, or that took over from it, or
	 * {@code null}
	 * @param own whether the client's own model was asked, since nothing chose another
	 * @param tookOver whether another target took over from the client's own model
	 */
	record Given(@Nullable String version, @Nullable String target, boolean own, boolean tookOver) {

	}

}

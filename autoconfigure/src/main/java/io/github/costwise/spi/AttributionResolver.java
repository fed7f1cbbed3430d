package io.github.costwise.spi;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;

/**
 * Resolves the attribution that a scope leaves open, for example from the security
 * context. Called on the thread that calls {@code call()} or {@code stream()} of a
 * request; what it throws is logged once and counted. Where it names neither tenant nor
 * user, or throws, the owner is unknown: the call goes on, is accounted for without
 * owner, and bypasses the response cache. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AttributionResolver {

	/**
	 * Returns the attribution of the current caller. A tenant or user that is
	 * {@code null} was not to be named, a blank one is unknown.
	 * @return the attribution; {@link Attribution#shared()} when the caller is nobody in
	 * particular, {@code null} when unknown
	 */
	@Nullable Attribution resolve();

}

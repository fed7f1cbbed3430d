package io.github.costwise.cache.partition;

import org.jspecify.annotations.Nullable;

/**
 * Who would answer a turn: the targets of a routing configuration, one of them, or the
 * model behind the client. Immutable.
 *
 * @param routing version of the routing configuration, or {@code null} when the client's
 * own model answers
 * @param target name of the one target that must answer, or {@code null}
 * @param model what tells the client's own model from others, or {@code null} when it
 * does not answer or is not known
 * @since 0.1.0
 */
public record Answerer(@Nullable String routing, @Nullable String target, @Nullable String model) {

	/** Nobody knows. */
	public static final Answerer UNKNOWN = new Answerer(null, null, null);

	/**
	 * Returns the targets of a routing configuration.
	 * @param version its version
	 * @param target name of the one that must answer, or {@code null} for any
	 * @return who would answer
	 */
	public static Answerer routed(String version, @Nullable String target) {
		return new Answerer(version, target, null);
	}

	/**
	 * Returns the model behind a client.
	 * @param identity what {@link ModelIdentity} says of it, or {@code null}
	 * @return who would answer
	 */
	public static Answerer own(@Nullable String identity) {
		return new Answerer(null, null, identity);
	}

	/**
	 * Returns whether answers can be distinguished from those of others.
	 * @return whether it is known who would answer
	 */
	public boolean isKnown() {
		return this.routing != null || this.model != null;
	}

	void addTo(FieldDigest digest) {
		digest.add(this.routing).add(this.target).add(this.model);
	}

}

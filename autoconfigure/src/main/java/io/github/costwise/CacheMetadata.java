package io.github.costwise;

/**
 * Names of what the response of a cache hit carries in its
 * {@link org.springframework.ai.chat.metadata.ChatResponseMetadata}. An answer of the
 * model has none of them.
 *
 * @since 0.1.0
 */
public final class CacheMetadata {

	/** Id of the hit, for marking it as wrong: text. */
	public static final String HIT = "costwise.cache.hit";

	/**
	 * How the answer was found, {@code EXACT}, {@code SEMANTIC} or {@code SHARED}: text.
	 */
	public static final String KIND = "costwise.cache.kind";

	/** Id of the entry, for removing it: text. */
	public static final String ENTRY = "costwise.cache.entry";

	/** Cosine of the two questions, up to 1: a {@link Double}. */
	public static final String SIMILARITY = "costwise.cache.similarity";

	/** How probable it is that the answer is right, from 0 to 1: a {@link Double}. */
	public static final String PROBABILITY = "costwise.cache.probability";

	/** Since when the answer is kept: a {@link java.time.Duration}. */
	public static final String AGE = "costwise.cache.age";

	/**
	 * Whether it is stale and is being refreshed in the background: a {@link Boolean}.
	 */
	public static final String STALE = "costwise.cache.stale";

	/** What the answer cost when it was given, in nano-dollars: a {@link Long}. */
	public static final String SAVED_NANO_USD = "costwise.cache.saved";

	private CacheMetadata() {
	}

}

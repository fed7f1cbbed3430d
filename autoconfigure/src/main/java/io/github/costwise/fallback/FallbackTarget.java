package io.github.costwise.fallback;

/**
 * A model that a call may be sent to. Immutable and thread-safe.
 *
 * @param name what configuration calls it; unique in a chain
 * @param bean name of the {@code ChatModel} bean
 * @param level how capable its tier is, a higher number for more
 * @param contextWindow most tokens of prompt and answer together, at least 1;
 * {@link Integer#MAX_VALUE} if that is not known
 * @since 0.1.0
 */
public record FallbackTarget(String name, String bean, int level, int contextWindow) {

	/**
	 * Creates a target.
	 * @throws IllegalArgumentException if a name is blank or the window is below 1
	 */
	public FallbackTarget {
		if (name.isBlank() || bean.isBlank() || contextWindow < 1) {
			throw new IllegalArgumentException("A target needs a name, a bean and a context window");
		}
	}

}

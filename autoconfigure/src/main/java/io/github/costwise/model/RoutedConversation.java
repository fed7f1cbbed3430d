package io.github.costwise.model;

import org.jspecify.annotations.Nullable;

/**
 * What routing remembers of a conversation. Immutable and thread-safe; the caller keeps
 * the state that a decision gives for the next turn.
 *
 * @param tier name of the tier that the last turn asked for, or {@code null} at the start
 * @param target name of the target that answered it, or {@code null} at the start; it
 * stands higher than the tier when the turn needed more than that tier is able to do
 * @param quietTurns how many turns in a row a lower tier would have been enough
 * @param warmTokens tokens of the next prompt that the provider of the target holds in
 * its prompt cache
 * @since 0.1.0
 */
public record RoutedConversation(@Nullable String tier, @Nullable String target, int quietTurns, int warmTokens) {

	/**
	 * Returns the state before the first turn.
	 * @return nothing to remember
	 */
	public static RoutedConversation start() {
		return new RoutedConversation(null, null, 0, 0);
	}

	/**
	 * Returns this state with what the provider's prompt cache holds.
	 * @param warmTokens tokens, 0 once the cache has expired
	 * @return a state
	 */
	public RoutedConversation warm(int warmTokens) {
		return new RoutedConversation(this.tier, this.target, this.quietTurns, warmTokens);
	}

}

package io.github.costwise.accounting.usage;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;

import io.github.costwise.accounting.wire.WireReading;

/**
 * Chooses between what a client reports of an answer and what its body said. The body is
 * the provider's own word; the client's is what the client understood of it.
 */
final class UsageChoice {

	private UsageChoice() {
	}

	/**
	 * Returns the body's usage where there is one, unless the client knows more of it
	 * than could be read: then it saw an event that was missed.
	 * @param client what the client reports, or {@code null}
	 * @param wire what the body said, or {@code null}
	 * @return the better one, or {@code null} for neither
	 */
	static @Nullable Usage of(@Nullable Usage client, @Nullable WireReading wire) {
		if (client == null || wire == null) {
			return (wire != null) ? wire : client;
		}
		boolean missed = !wire.readable() && tokens(client) > 0;
		return (missed || tokens(client) > tokens(wire)) ? client : wire;
	}

	/** Both count these alike, whatever else they count. */
	private static long tokens(Usage usage) {
		return (long) count(usage.getPromptTokens()) + count(usage.getCompletionTokens());
	}

	private static int count(@Nullable Integer tokens) {
		return (tokens != null) ? Math.max(0, tokens) : 0;
	}

}

package io.github.costwise.benchmarks.eval.cache;

import java.util.List;

/**
 * A turn of a conversation.
 *
 * @param conversation which conversation it belongs to
 * @param history the messages before it
 * @param text the last message
 * @param answer what it means on its own: equal if and only if two turns may share an
 * answer
 * @since 0.1.0
 */
public record ConversationTurn(String conversation, List<String> history, String text, String answer) {

	/**
	 * Copies the list.
	 */
	public ConversationTurn {
		history = List.copyOf(history);
	}

}

package io.github.costwise.answer;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;

import io.github.costwise.model.PartKind;

/**
 * A part of an answer. Immutable.
 *
 * @param kind what it is
 * @param choice to which of several alternative answers it belongs, from 0
 * @param text the text of a text, a thought or a refusal; otherwise empty
 * @param call the call of a tool, or {@code null} for other kinds
 * @since 0.1.0
 */
public record AnswerPart(PartKind kind, int choice, String text, @Nullable ToolCall call) {

	/**
	 * Names the part without its text.
	 * @return the kind, choice and length
	 */
	@Override
	public String toString() {
		return "AnswerPart[kind=" + this.kind + ", choice=" + this.choice + ", length=" + this.text.length() + "]";
	}

}

package io.github.costwise.answer;

import java.util.List;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.model.AnswerMode;

/**
 * What an answer is worth as an answer. Success needs evidence: content or a call of a
 * tool, and the signal by which the protocol ends an answer.
 *
 * @since 0.1.0
 */
public enum AnswerVerdict {

	/** There is content, and an end. */
	WHOLE,

	/** The model had nothing to add to the results of tools, and said so. */
	EMPTY_END,

	/** There is content, but no end, or one that says that something went wrong. */
	INCOMPLETE,

	/** A limit of length was reached before any content, as by thoughts. */
	CUT_OFF,

	/** The provider or the model withheld all of it. */
	WITHHELD,

	/** There is nothing that answers anything. */
	MALFORMED;

	private static final String ANTHROPIC = "org.springframework.ai.anthropic.";

	/**
	 * Judges an answer. An end that the client only assumes is enough where there is no
	 * content that could be half of it: in an answer to a call it cannot be distinguished
	 * from one that the server marked, and call and stream are judged alike.
	 * @param answer the answer
	 * @param mode how it was asked for
	 * @param prompt what it answers
	 * @return the verdict
	 */
	public static AnswerVerdict of(Answer answer, AnswerMode mode, Prompt prompt) {
		if (answer.hasContent()) {
			return isCut(answer.ending()) ? INCOMPLETE : WHOLE;
		}
		return switch (answer.ending()) {
			case PAUSED -> WHOLE;
			case LENGTH -> CUT_OFF;
			case FILTERED -> WITHHELD;
			case END, ASSUMED -> followsTools(prompt) ? EMPTY_END : MALFORMED;
			case UNMARKED -> isSilentEnd(answer, mode, prompt) ? EMPTY_END : MALFORMED;
			case TOOLS, BROKEN, UNKNOWN -> MALFORMED;
		};
	}

	private static boolean isCut(Ending ending) {
		return ending == Ending.UNMARKED || ending == Ending.BROKEN;
	}

	/**
	 * The Anthropic client makes no generation of an empty list of content, and with it
	 * drops why the answer ended.
	 */
	private static boolean isSilentEnd(Answer answer, AnswerMode mode, Prompt prompt) {
		ChatOptions options = prompt.getOptions();
		return mode == AnswerMode.CALL && answer.parts().isEmpty() && followsTools(prompt) && options != null
				&& options.getClass().getName().startsWith(ANTHROPIC);
	}

	private static boolean followsTools(Prompt prompt) {
		List<Message> messages = prompt.getInstructions();
		return !messages.isEmpty() && messages.get(messages.size() - 1).getMessageType() == MessageType.TOOL;
	}

	/**
	 * Returns whether the answer holds nothing to give, so that another model may be
	 * asked for one.
	 * @return whether it is malformed or withheld
	 */
	public boolean isUseless() {
		return this == MALFORMED || this == WITHHELD;
	}

}

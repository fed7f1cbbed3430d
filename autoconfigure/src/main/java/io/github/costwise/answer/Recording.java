package io.github.costwise.answer;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.PartKind;
import io.github.costwise.model.RecordedAnswer;

/**
 * An answer that was taken down. Immutable.
 *
 * @param answer what it consists of
 * @param recorded what can be given again, or {@code null} when it could not be given
 * back as it was
 * @since 0.1.0
 */
public record Recording(Answer answer, @Nullable RecordedAnswer recorded) {

	/** No answer. */
	public static final Recording NONE = new Recording(new Answer(List.of(), Ending.UNMARKED), null);

	/**
	 * Returns the whole answer to a call that is nothing but a text.
	 * @param text the text
	 * @return an answer that no client has returned
	 */
	public static Recording of(String text) {
		return new Recording(new Answer(List.of(new AnswerPart(PartKind.TEXT, 0, text, null)), Ending.END),
				RecordedAnswer.of(text));
	}

}

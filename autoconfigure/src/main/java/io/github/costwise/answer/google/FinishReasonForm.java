package io.github.costwise.answer.google;

import com.google.genai.types.FinishReason;

import io.github.costwise.answer.ForeignForm;

/**
 * Writes finish reasons of Google's library by their name.
 *
 * @since 0.1.0
 */
public final class FinishReasonForm implements ForeignForm {

	/** Creates the form. */
	public FinishReasonForm() {
	}

	@Override
	public boolean knows(String className) {
		return className.equals("com.google.genai.types.FinishReason");
	}

	@Override
	public String write(Object value) {
		return value.toString();
	}

	@Override
	public Object read(String className, String text) {
		return new FinishReason(text);
	}

}

package io.github.costwise.fallback.classify;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;
import io.github.costwise.spi.FailureClassifier;

/**
 * Answers that could not be read, although they arrived: a connection that breaks off in
 * the middle of an answer is reported by the same types, with an I/O error as the cause.
 */
final class UnreadableAnswers implements FailureClassifier {

	private static final Set<String> JSON = Set.of("tools.jackson.core.JacksonException",
			"com.fasterxml.jackson.core.JacksonException");

	private static final Set<String> OTHERS = Set.of("com.openai.errors.OpenAIInvalidDataException",
			"com.anthropic.errors.AnthropicInvalidDataException", "org.springframework.core.codec.DecodingException",
			"org.springframework.http.converter.HttpMessageNotReadableException");

	@Override
	public @Nullable Failure classify(Throwable error) {
		boolean unreadable = isJson(error) || TypeNames.isA(error, OTHERS);
		return (unreadable && !ProgrammingErrors.isWrongType(error)) ? Failure.of(FailureKind.MALFORMED_ANSWER) : null;
	}

	/** Of the two versions of Jackson, one extends {@link java.io.IOException}. */
	static boolean isJson(Throwable error) {
		return TypeNames.isA(error, JSON);
	}

}

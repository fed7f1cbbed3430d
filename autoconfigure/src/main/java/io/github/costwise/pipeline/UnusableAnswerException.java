package io.github.costwise.pipeline;

import io.github.costwise.answer.AnswerVerdict;

/**
 * Stands for an answer that arrived and answered nothing, among the failures of a call
 * whose other attempts failed too.
 *
 * @since 0.1.0
 */
public final class UnusableAnswerException extends RuntimeException {

	UnusableAnswerException(String target, AnswerVerdict verdict) {
		super(target + ((verdict == AnswerVerdict.WITHHELD) ? " withheld its answer"
				: " answered with neither content nor a call of a tool"));
	}

}

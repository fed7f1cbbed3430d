package io.github.costwise.spi;

/**
 * Says whether two answers to a question mean the same, such as by asking a model. May be
 * slow, cost money and throw: it is asked in the background and within a
 * {@link io.github.costwise.cache.learning.JudgeBudget}. Implementations are thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AnswerJudge {

	/**
	 * Judges two answers.
	 * @param question the question, as the later of the two requests asked it
	 * @param one an answer
	 * @param other the other answer
	 * @return whether either may be given in place of the other; {@code false} in doubt
	 */
	boolean same(String question, String one, String other);

}

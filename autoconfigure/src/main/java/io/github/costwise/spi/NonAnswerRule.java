package io.github.costwise.spi;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.NonAnswer;

/**
 * Tells texts that do not answer, so that they are not kept and given to others. A bean
 * of this type replaces the rule that comes with Costwise. Implementations must be
 * thread-safe, must not wait, and should take the time of reading the text once. When one
 * throws, the answer is not stored and the fault is reported.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface NonAnswerRule {

	/**
	 * Judges a text.
	 * @param question what was asked, possibly empty
	 * @param answer the text that came back
	 * @return why the text does not answer, or {@code null} when it does
	 */
	@Nullable NonAnswer judge(String question, String answer);

}

package io.github.costwise.spi;

import io.github.costwise.model.GatedAnswer;
import io.github.costwise.model.Verdict;

/**
 * Judges the answer of a cheap model. Implementations are thread-safe and deterministic
 * and make no calls.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface QualityGate {

	/**
	 * Judges an answer.
	 * @param candidate the answer and what is known of it
	 * @return the verdict
	 */
	Verdict judge(GatedAnswer candidate);

}

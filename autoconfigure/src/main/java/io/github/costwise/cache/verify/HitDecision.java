package io.github.costwise.cache.verify;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.Miss;

/**
 * Whether a stored answer is served or the model is asked.
 *
 * @since 0.1.0
 */
public sealed interface HitDecision {

	/**
	 * Returns how probable it is that the best stored answer is right, from 0 to 1.
	 * @return the probability, 0 without a candidate
	 */
	double probability();

	/**
	 * The answer of an entry is served.
	 *
	 * @param candidate the entry
	 * @param probability how probable it is that its answer is right
	 * @param trial what is needed to learn that it was wrong
	 * @since 0.1.0
	 */
	record Accept(NearEntry candidate, double probability, DecisionEvidence trial) implements HitDecision {

	}

	/**
	 * The model is asked.
	 *
	 * @param reason why
	 * @param guards which guards objected, possibly none
	 * @param probability how probable it is that the best stored answer is right
	 * @param candidate the best entry, or {@code null} when none is near
	 * @param trial what is needed to learn from the fresh answer
	 * @since 0.1.0
	 */
	record Decline(Miss reason, Set<Guard> guards, double probability, @Nullable NearEntry candidate,
			DecisionEvidence trial) implements HitDecision {

		/**
		 * Returns whether the entry would have been served, had it not been its turn to
		 * be checked. Shadow mode counts these.
		 * @return whether it is safe enough
		 */
		public boolean isCheck() {
			return this.reason == Miss.EXPLORATION || this.reason == Miss.VERIFICATION;
		}

	}

}

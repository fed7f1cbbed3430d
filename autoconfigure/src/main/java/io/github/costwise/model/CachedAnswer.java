package io.github.costwise.model;

import io.github.costwise.Money;
import io.github.costwise.Tier;

/**
 * What a model answered and what that cost. Immutable.
 *
 * @param given the answer as its client gave it
 * @param model the model that answered, or an empty text
 * @param tier the tier that answered
 * @param usage what the call used
 * @param cost what the call cost, and a hit saves
 * @since 0.1.0
 */
public record CachedAnswer(RecordedAnswer given, String model, Tier tier, TokenUsage usage, Money cost) {

	/**
	 * Returns the text of the answer.
	 * @return the text without thoughts
	 */
	public String text() {
		return this.given.text();
	}

	/**
	 * Names the answer without its text.
	 * @return the model, tier and what was recorded
	 */
	@Override
	public String toString() {
		return "CachedAnswer[model=" + this.model + ", tier=" + this.tier + ", given=" + this.given + "]";
	}

}

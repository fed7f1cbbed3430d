package io.github.costwise.cache;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.Tier;
import io.github.costwise.pricing.Money;
import io.github.costwise.pricing.TokenUsage;

/**
 * What a model answered and what that cost. Holds texts only: an answer that asks for
 * tools or carries media is not stored. Immutable.
 *
 * @param parts the generations, at least one
 * @param model the model that answered, or an empty text
 * @param tier the tier that answered
 * @param usage what the call used
 * @param cost what the call cost, and a hit saves
 * @since 0.1.0
 */
public record CachedAnswer(List<Part> parts, String model, Tier tier, TokenUsage usage, Money cost) {

	/**
	 * Copies the parts.
	 * @throws IllegalArgumentException if there is none
	 */
	public CachedAnswer {
		parts = List.copyOf(parts);
		if (parts.isEmpty()) {
			throw new IllegalArgumentException("An answer has at least one part");
		}
	}

	/**
	 * Names the answer without its text.
	 * @return the model and tier
	 */
	@Override
	public String toString() {
		return "CachedAnswer[model=" + this.model + ", tier=" + this.tier + ", parts=" + this.parts.size() + "]";
	}

	/**
	 * One generation.
	 *
	 * @param text its text
	 * @param finishReason why it ended, or {@code null} when the provider did not say
	 * @since 0.1.0
	 */
	public record Part(String text, @Nullable String finishReason) {

		/**
		 * Names the part without its text.
		 * @return the length of the text and why it ended
		 */
		@Override
		public String toString() {
			return "Part[length=" + this.text.length() + ", finishReason=" + this.finishReason + "]";
		}

	}

}

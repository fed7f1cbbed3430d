package io.github.costwise.cache.response;

import java.util.HashSet;
import java.util.Set;

import io.github.costwise.Money;
import io.github.costwise.Tier;
import io.github.costwise.answer.Recording;
import io.github.costwise.cache.policy.AdmissionRules;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CachedAnswer;
import io.github.costwise.model.RecordedAnswer;
import io.github.costwise.model.TokenUsage;

/**
 * What the model answered a turn. Immutable.
 *
 * @param given the answer
 * @param model the model that answered, possibly empty
 * @param tier the tier that answered
 * @param usage what the turn used
 * @param cost what it cost
 * @param toolsRan names of the tools that ran
 * @since 0.1.0
 */
public record FreshAnswer(Recording given, String model, Tier tier, TokenUsage usage, Money cost,
		Set<String> toolsRan) {

	/** Names of the tools that ran, those of the provider included. */
	Set<String> ran() {
		if (this.usage.get(BilledUnit.WEB_SEARCH) == 0) {
			return this.toolsRan;
		}
		Set<String> ran = new HashSet<>(this.toolsRan);
		ran.add(AdmissionRules.WEB_SEARCH);
		return ran;
	}

	CachedAnswer toCached() {
		RecordedAnswer recorded = this.given.recorded();
		if (recorded == null) {
			throw new IllegalStateException("The answer cannot be given again");
		}
		return new CachedAnswer(recorded, this.model, this.tier, this.usage, this.cost);
	}

}

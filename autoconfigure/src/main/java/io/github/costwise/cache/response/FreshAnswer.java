package io.github.costwise.cache.response;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.springframework.ai.chat.model.Generation;

import io.github.costwise.accounting.Tier;
import io.github.costwise.cache.CachedAnswer;
import io.github.costwise.cache.CachedAnswer.Part;
import io.github.costwise.cache.policy.AdmissionRules;
import io.github.costwise.pricing.BilledUnit;
import io.github.costwise.pricing.Money;
import io.github.costwise.pricing.TokenUsage;

/**
 * What the model answered a turn. Immutable by convention: nobody changes the
 * generations.
 *
 * @param generations what was generated
 * @param model the model that answered, possibly empty
 * @param tier the tier that answered
 * @param usage what the turn used
 * @param cost what it cost
 * @param toolsRan names of the tools that ran
 * @since 0.1.0
 */
public record FreshAnswer(List<Generation> generations, String model, Tier tier, TokenUsage usage, Money cost,
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
		List<Part> parts = this.generations.stream()
			.map((generation) -> new Part(String.valueOf(generation.getOutput().getText()),
					generation.getMetadata().getFinishReason()))
			.toList();
		return new CachedAnswer(parts, this.model, this.tier, this.usage, this.cost);
	}

}

package io.github.costwise.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.pipeline.CallLimits;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.pipeline.CostPolicy;
import io.github.costwise.pricing.Money;

/**
 * Makes policies of properties, and refuses what they cannot mean.
 */
final class PolicyFactory {

	private static final Set<String> PLANNED = Set.of("cache", "routing", "fallback", "pruning", "prompt-cache",
			"output", "budget", "quality");

	private PolicyFactory() {
	}

	static CostPolicies create(Map<String, CostwiseProperties.Policy> properties) {
		List<CostPolicy> policies = new ArrayList<>();
		properties.forEach((name, policy) -> policies.add(create(name, policy)));
		return new CostPolicies(policies);
	}

	private static CostPolicy create(String name, CostwiseProperties.Policy policy) {
		policy.getPillars().forEach((pillar, settings) -> check(name, pillar, settings));
		try {
			Money maxCost = (policy.getMaxCostUsd() != null) ? Money.ofUsd(policy.getMaxCostUsd()) : null;
			return new CostPolicy(name, new CallLimits(policy.getMaxOutputTokens(), policy.getMaxCalls(), maxCost));
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw new CostwiseConfigurationException(
					"'costwise.policies." + name + "' has a limit that is not usable: " + ex.getMessage() + ".",
					"Give limits above zero, and 'max-cost-usd' with at most nine decimal places.", ex);
		}
	}

	private static void check(String policy, String pillar, CostwiseProperties.Pillar settings) {
		String property = "costwise.policies." + policy + ".pillars." + pillar;
		if (!PLANNED.contains(pillar)) {
			throw new CostwiseConfigurationException("'" + property + "' names no pillar.",
					"Remove it. Pillars are: " + String.join(", ", new TreeSet<>(PLANNED)) + ".");
		}
		if (settings.isEnabled()) {
			throw new CostwiseConfigurationException(
					"'" + property + ".enabled' is true, but this version of Costwise does not have that pillar.",
					"Remove the property, or set it to false.");
		}
	}

}

package io.github.costwise.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.springframework.core.env.Environment;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.autoconfigure.CostwiseProperties.Policy;
import io.github.costwise.cache.policy.CachePolicy;
import io.github.costwise.fallback.FallbackPolicy;
import io.github.costwise.pipeline.CallLimits;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.pipeline.CostPolicy;
import io.github.costwise.pricing.Money;
import io.github.costwise.quality.GateRules;
import io.github.costwise.routing.RoutingPolicy;

/**
 * Makes policies of properties, and refuses what they cannot mean.
 */
final class PolicyFactory {

	private static final String PREFIX = CostwiseProperties.PREFIX + ".policies";

	private PolicyFactory() {
	}

	static CostPolicies create(Map<String, Policy> properties, Environment environment) {
		boolean tiers = Configured.anyOf(environment, OnTiersCondition.TIERS);
		List<CostPolicy> policies = new ArrayList<>();
		properties.forEach((name, policy) -> policies.add(create(name, policy, tiers)));
		return new CostPolicies(policies);
	}

	private static CostPolicy create(String name, Policy policy, boolean tiers) {
		CallLimits limits = part(name, "",
				"Give limits above zero, and 'max-cost-usd' with at most nine decimal places.", () -> limits(policy));
		return new CostPolicy(name, limits, cache(name, policy), routing(name, policy, tiers),
				fallback(name, policy, tiers), gate(name, policy));
	}

	private static CallLimits limits(Policy policy) {
		Money maxCost = (policy.getMaxCostUsd() != null) ? Money.ofUsd(policy.getMaxCostUsd()) : null;
		return new CallLimits(policy.getMaxOutputTokens(), policy.getMaxCalls(), maxCost);
	}

	private static <T> T part(String name, String part, String action, Supplier<T> made) {
		try {
			return made.get();
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw new CostwiseConfigurationException(
					"'" + PREFIX + "." + name + part + "' is not usable: " + ex.getMessage() + ".", action, ex);
		}
	}

	private static CachePolicy cache(String name, Policy policy) {
		CachePolicyProperties cache = policy.getCache();
		if (cache == null) {
			return CachePolicy.OBSERVE;
		}
		try {
			return cache.toPolicy();
		}
		catch (CostwiseConfigurationException ex) {
			throw new CostwiseConfigurationException("In '" + PREFIX + "." + name + ".cache': " + ex.problem(),
					ex.action(), ex);
		}
	}

	private static RoutingPolicy routing(String name, Policy policy, boolean tiers) {
		RoutingPolicyProperties routing = policy.getRouting();
		if (routing == null) {
			return RoutingPolicy.OBSERVE;
		}
		if (routing.mode() == RoutingPolicy.Mode.ENFORCE && !tiers) {
			throw withoutTiers(name, "routing.mode' is 'enforce'");
		}
		return part(name, ".routing",
				"Give a target quality above 0 and below 1, a margin from 0 to below 1, and rules "
						+ "with a name, a destination and something to fit.",
				routing::toPolicy);
	}

	private static FallbackPolicy fallback(String name, Policy policy, boolean tiers) {
		RoutingPolicyProperties.Fallback fallback = policy.getFallback();
		if (fallback == null) {
			return FallbackPolicy.OFF;
		}
		if (fallback.enabled() && !tiers) {
			throw withoutTiers(name, "fallback' is on");
		}
		return part(name, ".fallback",
				"Give at least one attempt, times above zero, and no other reaction than 'stop' to "
						+ "invalid requests.",
				fallback::toPolicy);
	}

	private static GateRules gate(String name, Policy policy) {
		RoutingPolicyProperties.Gate gate = policy.getGate();
		if (gate == null) {
			return GateRules.OFF;
		}
		boolean routed = policy.getRouting() != null && policy.getRouting().mode() == RoutingPolicy.Mode.ENFORCE;
		if (gate.mode() != GateRules.Mode.OFF && !routed) {
			throw new CostwiseConfigurationException(
					"'" + PREFIX + "." + name + ".gate' is on, but the policy does not choose models.",
					"Set '" + PREFIX + "." + name + ".routing.mode' to enforce, or remove the gate.");
		}
		return part(name, ".gate", "Give 'plain-above' a value from 0 to 1.", gate::toRules);
	}

	private static CostwiseConfigurationException withoutTiers(String name, String what) {
		return new CostwiseConfigurationException(
				"'" + PREFIX + "." + name + "." + what + ", but there are no tiers to choose from.",
				"Configure '" + OnTiersCondition.TIERS + "', such as '" + OnTiersCondition.TIERS
						+ ".light.targets[0].model', or remove it.");
	}

}

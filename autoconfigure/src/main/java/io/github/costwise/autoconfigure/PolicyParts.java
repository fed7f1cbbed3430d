package io.github.costwise.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.autoconfigure.CostwiseProperties.Policy;
import io.github.costwise.cache.policy.CachePolicy;
import io.github.costwise.fallback.FallbackPolicy;
import io.github.costwise.budget.queue.QueuePriority;
import io.github.costwise.pipeline.CachePillar;
import io.github.costwise.pipeline.CallBudgets;
import io.github.costwise.pipeline.Fallbacks;
import io.github.costwise.pipeline.Gates;
import io.github.costwise.pipeline.PolicyPart;
import io.github.costwise.pipeline.TurnRouter;
import io.github.costwise.quality.GateRules;
import io.github.costwise.routing.RoutingPolicy;

/**
 * The parts of policies that there are. They are checked also where their pillar is not
 * there.
 */
@Configuration(proxyBeanMethods = false)
class PolicyParts {

	@Bean
	PolicyPartFactory<CachePolicy> costwiseCachePolicyPart() {
		return new PolicyPartFactory<>(CachePillar.POLICY, PolicyParts::cache, "Give values that fit.");
	}

	@Bean
	PolicyPartFactory<RoutingPolicy> costwiseRoutingPolicyPart(Environment environment) {
		boolean tiers = Configured.anyOf(environment, OnTiersCondition.TIERS);
		return new PolicyPartFactory<>(TurnRouter.POLICY, (prefix, policy) -> routing(prefix, policy, tiers),
				"Give a target quality above 0 and below 1, a margin from 0 to below 1, and rules "
						+ "with a name, a destination and something to fit.");
	}

	@Bean
	PolicyPartFactory<FallbackPolicy> costwiseFallbackPolicyPart(Environment environment) {
		boolean tiers = Configured.anyOf(environment, OnTiersCondition.TIERS);
		return new PolicyPartFactory<>(Fallbacks.POLICY, (prefix, policy) -> fallback(prefix, policy, tiers),
				"Give at least one attempt, times above zero, and no other reaction than 'stop' to "
						+ "invalid requests.");
	}

	@Bean
	PolicyPartFactory<GateRules> costwiseGatePolicyPart() {
		return new PolicyPartFactory<>(Gates.POLICY, PolicyParts::gate, "Give 'plain-above' a value from 0 to 1.");
	}

	@Bean
	PolicyPartFactory<QueuePriority> costwiseBudgetPolicyPart() {
		return new PolicyPartFactory<>(CallBudgets.POLICY,
				(prefix, policy) -> (policy.getBudget() != null) ? policy.getBudget().priority() : null,
				"Give 'priority' one of high, normal and low.");
	}

	private static @Nullable CachePolicy cache(String prefix, Policy policy) {
		CachePolicyProperties cache = policy.getCache();
		try {
			return (cache != null) ? cache.toPolicy() : null;
		}
		catch (CostwiseConfigurationException ex) {
			throw new CostwiseConfigurationException("In '" + prefix + ".cache': " + ex.problem(), ex.action(), ex);
		}
	}

	private static @Nullable RoutingPolicy routing(String prefix, Policy policy, boolean tiers) {
		RoutingPolicyProperties routing = policy.getRouting();
		if (routing != null && routing.mode() == RoutingPolicy.RoutingMode.ENFORCE && !tiers) {
			throw withoutTiers(prefix + ".routing.mode' is 'enforce'");
		}
		return (routing != null) ? routing.toPolicy() : null;
	}

	private static @Nullable FallbackPolicy fallback(String prefix, Policy policy, boolean tiers) {
		RoutingPolicyProperties.Fallback fallback = policy.getFallback();
		if (fallback != null && fallback.enabled() && !tiers) {
			throw withoutTiers(prefix + ".fallback' is on");
		}
		return (fallback != null) ? fallback.toPolicy() : null;
	}

	private static CostwiseConfigurationException withoutTiers(String what) {
		return new CostwiseConfigurationException("'" + what + ", but there are no tiers to choose from.",
				"Configure '" + OnTiersCondition.TIERS + "', such as '" + OnTiersCondition.TIERS
						+ ".light.targets[0].model', or remove it.");
	}

	private static @Nullable GateRules gate(String prefix, Policy policy) {
		RoutingPolicyProperties.Gate gate = policy.getGate();
		if (gate == null) {
			return null;
		}
		boolean routed = policy.getRouting() != null && policy.getRouting().mode() == RoutingPolicy.RoutingMode.ENFORCE;
		if (gate.mode() != GateRules.GateMode.OFF && !routed) {
			throw new CostwiseConfigurationException(
					"'" + prefix + ".gate' is on, but the policy does not choose models.",
					"Set '" + prefix + ".routing.mode' to enforce, or remove the gate.");
		}
		return gate.toRules();
	}

}

package io.github.costwise.autoconfigure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CallLimits;
import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.Money;
import io.github.costwise.autoconfigure.CostwiseProperties.Policy;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.pipeline.CostPolicy;
import io.github.costwise.pipeline.PolicyPart;

/**
 * Makes policies of properties, and refuses what they cannot mean.
 */
final class PolicyFactory {

	private static final String PREFIX = CostwiseProperties.PREFIX + ".policies.";

	private final List<PolicyPartFactory<?>> parts;

	PolicyFactory(List<PolicyPartFactory<?>> parts) {
		this.parts = parts;
	}

	CostPolicies create(Map<String, Policy> properties) {
		List<CostPolicy> policies = new ArrayList<>();
		properties.forEach((name, policy) -> policies.add(create(name, policy)));
		return new CostPolicies(policies);
	}

	private CostPolicy create(String name, Policy policy) {
		CallLimits limits = usable(PREFIX + name,
				"Give limits above zero, and 'max-cost-usd' with at most nine decimal places.", () -> limits(policy));
		Map<PolicyPart<?>, Object> said = new HashMap<>();
		for (PolicyPartFactory<?> factory : this.parts) {
			Object part = usable(PREFIX + name + "." + factory.part().name(), factory.remedy(),
					() -> factory.maker().create(PREFIX + name, policy));
			if (part != null) {
				said.put(factory.part(), part);
			}
		}
		return new CostPolicy(name, limits, said);
	}

	private static CallLimits limits(Policy policy) {
		Money maxCost = (policy.getMaxCostUsd() != null) ? Money.ofUsd(policy.getMaxCostUsd()) : null;
		return new CallLimits(policy.getMaxOutputTokens(), policy.getMaxCalls(), maxCost);
	}

	private static <T extends @Nullable Object> T usable(String where, String remedy, Supplier<T> made) {
		try {
			return made.get();
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw new CostwiseConfigurationException("'" + where + "' is not usable: " + ex.getMessage() + ".", remedy,
					ex);
		}
	}

}

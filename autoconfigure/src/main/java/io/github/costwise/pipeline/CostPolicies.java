package io.github.costwise.pipeline;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CallLimits;
import io.github.costwise.CostwiseConfigurationException;

/**
 * The configured policies; the one named {@value CostPolicy#DEFAULT} always exists.
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class CostPolicies {

	private final Map<String, CostPolicy> policies = new LinkedHashMap<>();

	private final CostPolicy defaultPolicy;

	/**
	 * Creates the set of policies.
	 * @param policies the configured policies
	 */
	public CostPolicies(Collection<CostPolicy> policies) {
		policies.forEach((policy) -> this.policies.put(policy.name(), policy));
		this.defaultPolicy = this.policies.computeIfAbsent(CostPolicy.DEFAULT,
				(name) -> new CostPolicy(name, CallLimits.NONE));
	}

	/**
	 * Returns the policy of a name.
	 * @param name the name, or {@code null} for the default policy
	 * @return the policy
	 * @throws CostwiseConfigurationException if there is none of that name
	 */
	public CostPolicy get(@Nullable String name) {
		if (name == null) {
			return this.defaultPolicy;
		}
		CostPolicy policy = this.policies.get(name);
		if (policy == null) {
			throw new CostwiseConfigurationException(
					"The policy '" + name + "' does not exist. Configured are: " + String.join(", ", names()) + ".",
					"Name one of these, or configure it under 'costwise.policies." + name + "'.");
		}
		return policy;
	}

	/**
	 * Returns the names of all policies.
	 * @return the names
	 */
	public Set<String> names() {
		return Collections.unmodifiableSet(this.policies.keySet());
	}

}

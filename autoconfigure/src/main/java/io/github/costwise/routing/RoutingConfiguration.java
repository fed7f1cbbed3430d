package io.github.costwise.routing;

import java.util.Map;
import java.util.TreeMap;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.spi.ModelRouter;

/**
 * Everything that decisions of one version follow from: the targets, what is known about
 * requests, and what each policy says. Equal parts have equal versions. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class RoutingConfiguration {

	private final RoutingTable table;

	private final RoutingModel model;

	private final Map<String, RoutingPolicy> policies;

	private final Map<String, ModelRouter> routers = new TreeMap<>();

	private final String version;

	/**
	 * Creates a configuration.
	 * @param table the targets
	 * @param model what is known about requests
	 * @param policies what the policies say, by their names
	 * @throws CostwiseConfigurationException if a rule names no tier or target of the
	 * table
	 */
	public RoutingConfiguration(RoutingTable table, RoutingModel model, Map<String, RoutingPolicy> policies) {
		this.table = table;
		this.model = model;
		this.policies = Map.copyOf(policies);
		policies.forEach((name, policy) -> this.routers.put(name, router(name, policy)));
		this.version = ConfigurationVersion.of(table, model, policies);
	}

	private ModelRouter router(String name, RoutingPolicy policy) {
		try {
			return new TieredModelRouter(this.table, this.model, policy.rules(), policy.settings());
		}
		catch (CostwiseConfigurationException ex) {
			throw new CostwiseConfigurationException(
					"In 'costwise.policies." + name + ".routing.rules': " + ex.problem(), ex.action(), ex);
		}
	}

	/**
	 * Returns this configuration with other knowledge about requests.
	 * @param model the routing model
	 * @return a configuration of another version
	 */
	public RoutingConfiguration with(RoutingModel model) {
		return new RoutingConfiguration(this.table, model, this.policies);
	}

	/**
	 * Returns what tells this configuration from others.
	 * @return a short text
	 */
	public String version() {
		return this.version;
	}

	/**
	 * Returns the targets.
	 * @return the table
	 */
	public RoutingTable table() {
		return this.table;
	}

	/**
	 * Returns what is known about requests.
	 * @return the routing model
	 */
	public RoutingModel model() {
		return this.model;
	}

	/**
	 * Returns the router of a policy.
	 * @param policy name of the policy
	 * @return the router
	 * @throws IllegalArgumentException if there is no such policy
	 */
	public ModelRouter router(String policy) {
		ModelRouter router = this.routers.get(policy);
		if (router == null) {
			throw new IllegalArgumentException("No policy " + policy);
		}
		return router;
	}

}

package io.github.costwise.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.springframework.core.io.Resource;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.pipeline.Rollout;
import io.github.costwise.pipeline.TurnRouter;
import io.github.costwise.routing.RoutingConfiguration;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.routing.RoutingPolicy;
import io.github.costwise.routing.RoutingTable;

/**
 * Makes routing configurations of properties, and refuses what they cannot mean.
 */
final class RolloutFactory {

	private static final String STABLE = RoutingProperties.PREFIX;

	private static final String CANDIDATE = RoutingProperties.PREFIX + ".candidate";

	private final RoutingTableFactory tables;

	private final Map<String, RoutingPolicy> policies = new HashMap<>();

	RolloutFactory(RoutingTableFactory tables, CostPolicies policies) {
		this.tables = tables;
		policies.names().forEach((name) -> this.policies.put(name, TurnRouter.POLICY.of(policies.get(name))));
	}

	Rollout create(RoutingProperties properties) {
		RoutingTable table = this.tables.create(properties.tiers(), STABLE + ".tiers");
		RoutingModel model = (properties.weights() != null) ? model(properties.weights(), STABLE + ".weights")
				: RoutingModel.shipped();
		Rollout rollout = new Rollout(new RoutingConfiguration(table, model, this.policies));
		RoutingProperties.CandidateProperties candidate = properties.candidate();
		if (candidate != null) {
			rollout.offer(configuration(candidate, table, model), terms(candidate));
		}
		return rollout;
	}

	private RoutingConfiguration configuration(RoutingProperties.CandidateProperties candidate, RoutingTable table,
			RoutingModel model) {
		RoutingTable own = (candidate.tiers() != null) ? this.tables.create(candidate.tiers(), CANDIDATE + ".tiers")
				: table;
		RoutingModel ownModel = (candidate.weights() != null) ? model(candidate.weights(), CANDIDATE + ".weights")
				: model;
		try {
			return new RoutingConfiguration(own, ownModel, this.policies);
		}
		catch (CostwiseConfigurationException ex) {
			throw new CostwiseConfigurationException("With '" + CANDIDATE + ".tiers': " + ex.problem(), ex.action(),
					ex);
		}
	}

	private static Rollout.Terms terms(RoutingProperties.CandidateProperties candidate) {
		try {
			return new Rollout.Terms(candidate.share(), candidate.shadow(), candidate.leastQuality(),
					candidate.mostDrop(), candidate.leastTurns());
		}
		catch (IllegalArgumentException ex) {
			throw new CostwiseConfigurationException("'" + CANDIDATE + "' is not usable: " + ex.getMessage() + ".",
					"Give shares between 0 and 1 and at least one turn.", ex);
		}
	}

	private static RoutingModel model(Resource weights, String property) {
		try {
			return RoutingModel.read(weights.getContentAsString(StandardCharsets.UTF_8));
		}
		catch (IOException | CostwiseConfigurationException ex) {
			throw unreadable(weights, property, ex);
		}
	}

	static CostwiseConfigurationException unreadable(Resource weights, String property, Exception cause) {
		String problem = (cause instanceof CostwiseConfigurationException ours) ? ours.problem()
				: (cause instanceof IOException) ? cause.toString() : cause.getMessage() + ".";
		return new CostwiseConfigurationException(
				"The file " + weights + " of '" + property + "' is not usable: " + problem,
				"Name a file that a calibration has written, or remove the property.", cause);
	}

}

package io.github.costwise.autoconfigure;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.pipeline.Gates;
import io.github.costwise.pipeline.Rollout;
import io.github.costwise.pipeline.TurnRouter;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.spi.QualityGate;
import io.github.costwise.spi.TextEncoder;

/**
 * Auto-configuration of the quality gate, where tiers are configured.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		after = { PricingAutoConfiguration.class, UsageAutoConfiguration.class, EncodingAutoConfiguration.class },
		before = CostwiseAutoConfiguration.class,
		afterName = "io.github.costwise.embedding.autoconfigure.EmbeddingAutoConfiguration")
@ConditionalOnClass(ChatClient.class)
@ConditionalOnCostwise
@Conditional(OnTiersCondition.class)
@EnableConfigurationProperties({ RoutingProperties.class, CostwiseProperties.class })
public final class GateAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	QualityGate costwiseQualityGate(RoutingProperties properties, Rollout rollout,
			ObjectProvider<TextEncoder> encoder) {
		RoutingModel stable = rollout.now().stable().model();
		return QualityGateFactory.create(properties.gateWeights(),
				(encoder.getIfAvailable() != null) ? stable : stable.forEncoder("none"));
	}

	@Bean
	@ConditionalOnMissingBean
	Gates costwiseGates(QualityGate gate, TurnRouter router, CostPolicies policies, Faults faults,
			CostwiseProperties properties, RoutingProperties routing, ListableBeanFactory beans) {
		if (routing.gateWeights() != null && !beans.containsBean("costwiseQualityGate")) {
			throw QualityGateFactory.unused();
		}
		for (String name : policies.names()) {
			String second = Gates.POLICY.of(policies.get(name)).second();
			if (second != null && router.table().target(second).isEmpty()) {
				throw new CostwiseConfigurationException(
						"'costwise.policies." + name + ".gate.second' is '" + second + "', which is no target.",
						"Name one of: " + router.table().targets().stream().map(RouteTarget::name).sorted().toList()
								+ ".");
			}
		}
		return new Gates(gate, properties.getMode(), faults);
	}

}

package io.github.costwise.autoconfigure;

import java.util.List;
import java.util.Objects;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.advisor.ShadowCalls;
import io.github.costwise.background.Background;
import io.github.costwise.cache.learning.BudgetedJudge;
import io.github.costwise.pipeline.Calibrator;
import io.github.costwise.pipeline.CostAccountant;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.pipeline.Rollout;
import io.github.costwise.pipeline.ShadowLabels;
import io.github.costwise.pipeline.TurnPipeline;
import io.github.costwise.routing.calibration.LabelFile;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.time.Time;

/**
 * Auto-configuration of what learns which model suffices, where tiers are configured.
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
public final class CalibrationAutoConfiguration {

	@Bean
	@ConditionalOnSetting("costwise.routing.labels.file")
	@ConditionalOnMissingBean(name = "costwiseLabelFile")
	LabelFile costwiseLabelFile(RoutingProperties properties) {
		RoutingProperties.Labels labels = Objects.requireNonNull(properties.labels());
		return new LabelFile(Objects.requireNonNull(labels.file()), labels.maxSize().toBytes());
	}

	@Bean
	@ConditionalOnSetting("costwise.routing.labels.file")
	@ConditionalOnMissingBean(name = "costwiseCalibrator")
	Calibrator costwiseCalibrator(LabelFile labels, RoutingProperties properties, ObjectProvider<TextEncoder> encoder,
			Rollout rollout) {
		return new Calibrator(labels, Objects.requireNonNull(properties.labels()).weights(), encoder.getIfAvailable(),
				rollout);
	}

	@Bean
	@ConditionalOnSetting("costwise.routing.labels.file")
	@ConditionalOnMissingBean(name = "costwiseTrialCalls")
	ShadowCalls costwiseTrialCalls(LabelFile labels, RoutingProperties properties, BudgetedJudge judge,
			CostPolicies policies, CostAccountant accountant, Background background, CostwiseProperties costwise,
			Time time) {
		double share = Objects.requireNonNull(properties.labels()).share();
		try {
			return new ShadowCalls(new ShadowLabels(labels, share, judge, background.faults()),
					new TurnPipeline(policies, accountant, List.of(), time), background);
		}
		catch (IllegalArgumentException ex) {
			throw new CostwiseConfigurationException("'costwise.routing.labels.share' is " + share + ".",
					"Set it to the share of the turns of which another model is asked too, from 0 to 1.", ex);
		}
	}

}

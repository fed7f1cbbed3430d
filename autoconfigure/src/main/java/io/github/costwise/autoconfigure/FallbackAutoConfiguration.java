package io.github.costwise.autoconfigure;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.util.ClassUtils;

import io.github.costwise.advisor.DeadlineWorkers;
import io.github.costwise.advisor.TargetModels;
import io.github.costwise.background.Background;
import io.github.costwise.fallback.FallbackRate;
import io.github.costwise.fallback.TargetHealth;
import io.github.costwise.fallback.classify.FailureClassifiers;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.pipeline.CostEventPublisher;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.pipeline.Fallbacks;
import io.github.costwise.pipeline.TurnRouter;
import io.github.costwise.spi.FailureClassifier;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.time.Time;

/**
 * Auto-configuration of fallback, where tiers are configured.
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
@EnableConfigurationProperties({ FallbackProperties.class, RoutingProperties.class })
public final class FallbackAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TargetHealth costwiseTargetHealth(FallbackProperties properties, Time time) {
		return new TargetHealth(properties.health().toSettings(), time.clock());
	}

	@Bean
	@ConditionalOnMissingBean
	FallbackRate costwiseFallbackRate(FallbackProperties properties, CostEventPublisher events, Time time) {
		return new FallbackRate(properties.spike().toSettings(), time.clock(), events::publish);
	}

	/** The ledger is a parameter so that it is closed after the calls in flight. */
	@Bean
	@ConditionalOnMissingBean(name = "costwiseDeadlineWorkers")
	DeadlineWorkers costwiseDeadlineWorkers(FallbackProperties properties, UsageLedger ledger, Background background) {
		boolean propagates = ClassUtils.isPresent("io.micrometer.context.ContextSnapshot", getClass().getClassLoader());
		return new DeadlineWorkers(properties.deadlineThreads(),
				propagates ? new ContextPropagatingTaskDecorator() : (task) -> task, background);
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseFallbacks")
	Fallbacks costwiseFallbacks(TurnRouter router, ObjectProvider<FailureClassifier> classifiers, TargetHealth health,
			TargetModels models, CostPolicies policies, ProviderRetries retries, Time time) {
		if (policies.names().stream().anyMatch((name) -> Fallbacks.POLICY.of(policies.get(name)).enabled())) {
			retries.warn(used(router, models));
		}
		return new Fallbacks(new FailureClassifiers(classifiers.orderedStream().toList(), time.clock()), health, router,
				time);
	}

	private static Map<String, ChatModel> used(TurnRouter router, TargetModels models) {
		Map<String, ChatModel> used = new TreeMap<>(models.all());
		used.keySet().retainAll(router.table().targets().stream().map(RouteTarget::bean).toList());
		return used;
	}

}

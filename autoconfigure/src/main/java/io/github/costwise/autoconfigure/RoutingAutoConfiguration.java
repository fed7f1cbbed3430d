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

import io.github.costwise.CostFeedback;
import io.github.costwise.accounting.Deployments;
import io.github.costwise.accounting.usage.Providers;
import io.github.costwise.advisor.DeadlineWorkers;
import io.github.costwise.advisor.ModelIdentities;
import io.github.costwise.advisor.ProviderOptions;
import io.github.costwise.advisor.RoutedTargets;
import io.github.costwise.advisor.ShadowCalls;
import io.github.costwise.advisor.TargetModels;
import io.github.costwise.advisor.TargetRequests;
import io.github.costwise.background.Background;
import io.github.costwise.fallback.FallbackRate;
import io.github.costwise.fallback.TargetHealth;
import io.github.costwise.pipeline.CallBudgets;
import io.github.costwise.pipeline.CallFlows;
import io.github.costwise.pipeline.CostEventPublisher;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.pipeline.Fallbacks;
import io.github.costwise.pipeline.Gates;
import io.github.costwise.pipeline.Rollout;
import io.github.costwise.pipeline.RouterParts;
import io.github.costwise.pipeline.TurnRouter;
import io.github.costwise.spi.ModelRouter;
import io.github.costwise.spi.PriceCatalog;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.spi.TokenCounter;
import io.github.costwise.time.Time;

/**
 * Auto-configuration of routing, where tiers are configured.
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
public final class RoutingAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RoutingEventLogger costwiseRoutingEventLogger() {
		return new RoutingEventLogger();
	}

	@Bean
	@ConditionalOnMissingBean
	Rollout costwiseRollout(RoutingProperties properties, CostPolicies policies, PriceCatalog catalog,
			Providers providers, ListableBeanFactory beans, CostwiseProperties costwise, ModelIdentities identities,
			CostEventPublisher events, Time time) {
		RoutingTableFactory tables = new RoutingTableFactory(beans, costwise.getChat().getDefaultModel(), catalog,
				providers, identities, time.clock());
		Rollout rollout = new RolloutFactory(tables, policies).create(properties);
		rollout.onRollback(events::publish);
		return rollout;
	}

	@Bean
	@ConditionalOnMissingBean
	TurnRouter costwiseTurnRouter(Rollout rollout, ObjectProvider<ModelRouter> router,
			ObjectProvider<TextEncoder> encoder, TokenCounter counter, Providers providers, TargetHealth health,
			FallbackRate rate, Background background, CostwiseProperties properties, Time time,
			ObjectProvider<CallBudgets> budgets) {
		return new TurnRouter(rollout, new RouterParts(router.getIfAvailable(), encoder.getIfAvailable(), counter,
				providers, health, rate, background, budgets.getIfAvailable()), properties.getMode(), time);
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseFeedback")
	CostFeedback costwiseFeedback(TurnRouter router) {
		return router.feedback();
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseDeployments")
	Deployments costwiseDeployments() {
		return new Deployments();
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseRoutedTargets")
	RoutedTargets costwiseRoutedTargets(TurnRouter router, Fallbacks fallbacks, Gates gates,
			ObjectProvider<ProviderOptions> options, TargetModels models, DeadlineWorkers workers,
			ObjectProvider<ShadowCalls> trials) {
		TargetRequests requests = new TargetRequests(options.orderedStream().toList(), models::all);
		return new RoutedTargets(new CallFlows.Routing(router, fallbacks, gates), requests, models, workers,
				trials.getIfAvailable());
	}

}

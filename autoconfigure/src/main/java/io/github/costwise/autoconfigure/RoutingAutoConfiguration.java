package io.github.costwise.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.util.ClassUtils;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.Faults;
import io.github.costwise.accounting.Deployments;
import io.github.costwise.accounting.UsageLedger;
import io.github.costwise.accounting.usage.Providers;
import io.github.costwise.accounting.usage.TokenCounter;
import io.github.costwise.advisor.DeadlineWorkers;
import io.github.costwise.advisor.ModelIdentities;
import io.github.costwise.advisor.ProviderOptions;
import io.github.costwise.advisor.RoutedTargets;
import io.github.costwise.advisor.TargetModels;
import io.github.costwise.advisor.TargetRequests;
import io.github.costwise.advisor.TrialCalls;
import io.github.costwise.background.Background;
import io.github.costwise.cache.learning.BudgetedJudge;
import io.github.costwise.encoding.TextEncoder;
import io.github.costwise.fallback.FailureClassifier;
import io.github.costwise.fallback.FallbackRate;
import io.github.costwise.fallback.TargetHealth;
import io.github.costwise.fallback.classify.FailureClassifiers;
import io.github.costwise.pipeline.Calibrator;
import io.github.costwise.pipeline.CallFlows;
import io.github.costwise.pipeline.CostAccountant;
import io.github.costwise.pipeline.CostFeedback;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.pipeline.Fallbacks;
import io.github.costwise.pipeline.Gates;
import io.github.costwise.pipeline.Rollout;
import io.github.costwise.pipeline.TrialLabels;
import io.github.costwise.pipeline.TurnPipeline;
import io.github.costwise.pipeline.TurnRouter;
import io.github.costwise.pricing.PriceCatalog;
import io.github.costwise.quality.QualityGate;
import io.github.costwise.routing.ModelRouter;
import io.github.costwise.routing.RouteTarget;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.routing.calibration.LabelFile;
import io.github.costwise.time.Time;

/**
 * Auto-configuration of routing and fallback, where tiers are configured.
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
@EnableConfigurationProperties({ RoutingProperties.class, FallbackProperties.class, CostwiseProperties.class })
public final class RoutingAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TargetHealth costwiseTargetHealth(FallbackProperties properties, Time time) {
		return new TargetHealth(properties.health().toSettings(), time.clock());
	}

	@Bean
	@ConditionalOnMissingBean
	FallbackRate costwiseFallbackRate(FallbackProperties properties, ApplicationEventPublisher events, Faults faults,
			Time time) {
		return new FallbackRate(properties.spike().toSettings(), time.clock(), publisher(events, faults));
	}

	/** A listener of the application that throws must not fail the turn that told it. */
	private static <E> Consumer<E> publisher(ApplicationEventPublisher events, Faults faults) {
		return (event) -> faults.guard(Faults.Kind.LISTENER, () -> events.publishEvent(event));
	}

	@Bean
	@ConditionalOnMissingBean
	RoutingEventLogger costwiseRoutingEventLogger() {
		return new RoutingEventLogger();
	}

	@Bean
	@ConditionalOnMissingBean
	Rollout costwiseRollout(RoutingProperties properties, CostPolicies policies, PriceCatalog catalog,
			Providers providers, ListableBeanFactory beans, CostwiseProperties costwise, ModelIdentities identities,
			ApplicationEventPublisher events, Faults faults, Time time) {
		RoutingTableFactory tables = new RoutingTableFactory(beans, costwise.getChat().getDefaultModel(), catalog,
				providers, identities, time.clock());
		Rollout rollout = new RolloutFactory(tables, policies).create(properties);
		rollout.onRollback(publisher(events, faults));
		return rollout;
	}

	@Bean
	@ConditionalOnMissingBean
	TurnRouter costwiseTurnRouter(Rollout rollout, ObjectProvider<ModelRouter> router,
			ObjectProvider<TextEncoder> encoder, TokenCounter counter, Providers providers, TargetHealth health,
			FallbackRate rate, Background background, CostwiseProperties properties, Time time) {
		return new TurnRouter(rollout, new TurnRouter.Parts(router.getIfAvailable(), encoder.getIfAvailable(), counter,
				providers, health, rate, background), properties.getMode(), time);
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

	/** The ledger is a parameter so that it is closed after the calls under way. */
	@Bean
	@ConditionalOnMissingBean(name = "costwiseDeadlineWorkers")
	DeadlineWorkers costwiseDeadlineWorkers(FallbackProperties properties, UsageLedger ledger, Background background) {
		boolean propagates = ClassUtils.isPresent("io.micrometer.context.ContextSnapshot", getClass().getClassLoader());
		return new DeadlineWorkers(properties.deadlineThreads(),
				propagates ? new ContextPropagatingTaskDecorator() : (task) -> task, background);
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseRoutedTargets")
	RoutedTargets costwiseRoutedTargets(TurnRouter router, Fallbacks fallbacks, Gates gates,
			ObjectProvider<ProviderOptions> options, TargetModels models, DeadlineWorkers workers,
			ObjectProvider<TrialCalls> trials) {
		TargetRequests requests = new TargetRequests(options.orderedStream().toList(), models::all);
		return new RoutedTargets(new CallFlows.Routing(router, fallbacks, gates), requests, models, workers,
				trials.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseFallbacks")
	Fallbacks costwiseFallbacks(TurnRouter router, ObjectProvider<FailureClassifier> classifiers, TargetHealth health,
			TargetModels models, CostPolicies policies, ProviderRetries retries, Time time) {
		if (policies.names().stream().anyMatch((name) -> policies.get(name).fallback().enabled())) {
			retries.warn(used(router, models));
		}
		return new Fallbacks(new FailureClassifiers(classifiers.orderedStream().toList(), time.clock()), health, router,
				time);
	}

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
			String second = policies.get(name).gate().second();
			if (second != null && router.table().target(second).isEmpty()) {
				throw new CostwiseConfigurationException(
						"'costwise.policies." + name + ".gate.second' is '" + second + "', which is no target.",
						"Name one of: " + router.table().targets().stream().map(RouteTarget::name).sorted().toList()
								+ ".");
			}
		}
		return new Gates(gate, properties.getMode(), faults);
	}

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
	TrialCalls costwiseTrialCalls(LabelFile labels, RoutingProperties properties, BudgetedJudge judge,
			CostPolicies policies, CostAccountant accountant, Background background, CostwiseProperties costwise,
			Time time) {
		double share = Objects.requireNonNull(properties.labels()).share();
		try {
			return new TrialCalls(new TrialLabels(labels, share, judge, background.faults()),
					new TurnPipeline(policies, accountant, List.of(), time), background);
		}
		catch (IllegalArgumentException ex) {
			throw new CostwiseConfigurationException("'costwise.routing.labels.share' is " + share + ".",
					"Set it to the share of the turns of which another model is asked too, from 0 to 1.", ex);
		}
	}

	private static Map<String, ChatModel> used(TurnRouter router, TargetModels models) {
		Map<String, ChatModel> used = new TreeMap<>(models.all());
		used.keySet().retainAll(router.table().targets().stream().map(RouteTarget::bean).toList());
		return used;
	}

}

package io.github.costwise.autoconfigure;

import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

import io.github.costwise.CostCache;
import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.annotation.CostCacheEvictAdvisor;
import io.github.costwise.spi.NonAnswerRule;
import io.github.costwise.answer.none.NonAnswers;
import io.github.costwise.background.Background;
import io.github.costwise.cache.learning.AnswerComparison;
import io.github.costwise.cache.learning.BudgetedJudge;
import io.github.costwise.cache.learning.JudgeBudget;
import io.github.costwise.cache.partition.Partitions;
import io.github.costwise.cache.policy.CacheMode;
import io.github.costwise.cache.policy.SemanticRules;
import io.github.costwise.cache.response.CacheSettings;
import io.github.costwise.cache.response.CacheTasks;
import io.github.costwise.cache.response.LearningGroups;
import io.github.costwise.cache.response.ManagedCache;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.cache.response.SemanticTier;
import io.github.costwise.cache.response.TrafficFile;
import io.github.costwise.cache.response.TrafficLearning;
import io.github.costwise.cache.verify.HitPrior;
import io.github.costwise.faults.Faults;
import io.github.costwise.pipeline.CachePillar;
import io.github.costwise.pipeline.CostMode;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.pipeline.CostPolicy;
import io.github.costwise.pipeline.TurnRouter;
import io.github.costwise.spi.AnswerJudge;
import io.github.costwise.spi.CachePartitionResolver;
import io.github.costwise.spi.LabelLog;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.time.Time;

/**
 * Auto-configuration of the response cache.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		after = { FaultsAutoConfiguration.class, EncodingAutoConfiguration.class, CacheStoreAutoConfiguration.class },
		afterName = "io.github.costwise.embedding.autoconfigure.EmbeddingAutoConfiguration")
@ConditionalOnClass(ChatClient.class)
@ConditionalOnCostwise
@EnableConfigurationProperties({ CacheProperties.class, CostwiseProperties.class })
public final class CacheAutoConfiguration {

	/** Depends on what its tasks use, so that it is closed before that. */
	@Bean
	@ConditionalOnMissingBean(name = "costwiseCacheTasks")
	CacheTasks costwiseCacheTasks(Background background, Time time, ResponseCacheStore store, LabelLog log) {
		return new CacheTasks(background, time);
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseAnswerJudging")
	BudgetedJudge costwiseAnswerJudging(ObjectProvider<TextEncoder> encoder, ObjectProvider<AnswerJudge> judge,
			CacheProperties properties, Time time, Background background) {
		CacheProperties.Judge budget = properties.judge();
		return new BudgetedJudge(new AnswerComparison(encoder.getIfAvailable()), judge.getIfAvailable(),
				new JudgeBudget(budget.perHour(), budget.perDay(), budget.queue()), time.clock(), background);
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseLearningGroups")
	LearningGroups costwiseLearningGroups(LabelLog log, CacheTasks tasks, ResponseCacheStore store) {
		return new LearningGroups(log, tasks, HitPrior.shipped(), store);
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseCachePartitions")
	Partitions costwiseCachePartitions(CacheProperties properties, ObjectProvider<CachePartitionResolver> resolvers,
			Faults faults) {
		return new Partitions(properties.version(), resolvers.orderedStream().toList(), faults);
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseResponseCache")
	ResponseCache costwiseResponseCache(ResponseCacheStore store, Partitions partitions, CacheProperties properties,
			CacheTasks tasks, Faults faults, ObjectProvider<SemanticTier> semantic,
			ObjectProvider<NonAnswerRule> nonAnswers) {
		CacheProperties.FlightProperties flights = properties.singleFlight();
		return new ResponseCache(store, semantic.getIfAvailable(), partitions,
				new CacheSettings(flights.enabled(), flights.patience(), properties.slowAfter(),
						nonAnswers.getIfAvailable(NonAnswers::scored)),
				new SemanticTier.Tools(tasks, faults, traffic(properties.traffic())));
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseCachePillar")
	CachePillar costwiseCachePillar(ResponseCache cache, ObjectProvider<TurnRouter> router,
			CostwiseProperties properties) {
		return new CachePillar(cache, router.getIfAvailable(), properties.getMode());
	}

	private static @Nullable TrafficFile traffic(CacheProperties.Traffic traffic) {
		return (traffic.file() != null) ? TrafficFile.open(Path.of(traffic.file()), traffic.maxSize().toBytes()) : null;
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseSemanticTier")
	@Nullable SemanticTier costwiseSemanticTier(CostPolicies policies, ResponseCacheStore store,
			ObjectProvider<TextEncoder> encoders, ObjectProvider<LearningGroups> groups,
			ObjectProvider<BudgetedJudge> judge, CacheTasks tasks, Faults faults) {
		String policy = semanticPolicy(policies);
		if (policy == null) {
			return null;
		}
		TextEncoder encoder = encoders.getIfAvailable();
		if (encoder == null) {
			throw new CostwiseConfigurationException(
					"The policy '" + policy + "' compares similar questions, but nothing encodes them.",
					"Add the dependency io.github.costwise:costwise-embedding, or name an EmbeddingModel bean in "
							+ "'costwise.embedding.model-bean', or set 'costwise.policies." + policy
							+ ".cache.semantic.enabled' to false.");
		}
		return new SemanticTier(store, encoder, groups.getObject(), judge.getObject(),
				new SemanticTier.Tools(tasks, faults));
	}

	@Bean
	@ConditionalOnSetting("costwise.cache.traffic.learn-from")
	@ConditionalOnMissingBean(name = "costwiseTrafficLearning")
	TrafficLearning costwiseTrafficLearning(CacheProperties properties, CostPolicies policies, LearningGroups groups,
			ObjectProvider<TextEncoder> encoders, Background background) {
		CacheProperties.Traffic traffic = properties.traffic();
		SemanticRules rules = CachePillar.POLICY.of(policies.get(traffic.policy())).semantic();
		TextEncoder encoder = encoders.getIfAvailable();
		if (rules == null || encoder == null) {
			throw new CostwiseConfigurationException(
					"costwise.cache.traffic.learn-from is set, but the policy '" + traffic.policy()
							+ "' does not compare similar questions.",
					"Set 'costwise.policies." + traffic.policy() + ".cache.semantic.enabled' to true, or name another "
							+ "policy in costwise.cache.traffic.policy.");
		}
		TrafficLearning learning = new TrafficLearning(groups, encoder, background);
		learning.start(Path.of(String.valueOf(traffic.learnFrom())), traffic.feature(), rules);
		return learning;
	}

	/** A policy that compares similar questions, or {@code null} when none does. */
	static @Nullable String semanticPolicy(CostPolicies policies) {
		for (String name : policies.names()) {
			CostPolicy policy = policies.get(name);
			if (CachePillar.POLICY.of(policy).semantic() != null
					&& CachePillar.POLICY.of(policy).mode() != CacheMode.OFF) {
				return name;
			}
		}
		return null;
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseCostCache")
	CostCache costwiseCostCache(ResponseCache cache) {
		return new ManagedCache(cache);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static CostCacheEvictAdvisor costwiseCacheEvictAdvisor(ObjectProvider<CostCache> cache,
			ObjectProvider<CostwiseProperties> properties, ObjectProvider<Background> background) {
		return new CostCacheEvictAdvisor(() -> acting(cache, properties), background::getObject);
	}

	/** Where Costwise only observes, it removes nothing by itself. */
	static <T> Optional<T> acting(ObjectProvider<T> cache, ObjectProvider<CostwiseProperties> properties) {
		return (properties.getObject().getMode() == CostMode.ENFORCE) ? Optional.ofNullable(cache.getIfAvailable())
				: Optional.empty();
	}

	@Bean
	static CacheEvictionListener costwiseCacheEvictionListener(ObjectProvider<ResponseCache> cache,
			ObjectProvider<CostwiseProperties> properties, ObjectProvider<Faults> faults) {
		return new CacheEvictionListener(() -> acting(cache, properties), faults);
	}

}

package io.github.costwise.autoconfigure;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.Attribution;
import io.github.costwise.CostCache;
import io.github.costwise.CostOptimized;
import io.github.costwise.background.Background;
import io.github.costwise.cache.CacheEntries;
import io.github.costwise.cache.learning.AnswerComparison;
import io.github.costwise.cache.learning.BudgetedJudge;
import io.github.costwise.cache.learning.JudgeBudget;
import io.github.costwise.cache.memory.InMemoryLabelLog;
import io.github.costwise.cache.memory.InMemoryResponseCacheStore;
import io.github.costwise.cache.memory.MemoryStoreSettings;
import io.github.costwise.cache.partition.Partitions;
import io.github.costwise.cache.response.CacheTasks;
import io.github.costwise.cache.response.LearningGroups;
import io.github.costwise.cache.response.ManagedCache;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.cache.response.SemanticTier;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.spi.AnswerJudge;
import io.github.costwise.spi.AttributionResolver;
import io.github.costwise.spi.LabelLog;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.TestTimes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CacheAutoConfiguration}.
 */
@Tag("chain")
class CacheAutoConfigurationTests {

	private static final String POLICY = "costwise.policies.default.cache.";

	private final ApplicationContextRunner runner = CostwiseRunner.create();

	private final ApplicationContextRunner semantic = this.runner.withPropertyValues(POLICY + "mode=enforce",
			POLICY + "semantic.enabled=true");

	@TempDir
	private Path directory;

	@Test
	void countsInProcessWithoutConfiguration() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(ResponseCache.class)
				.hasSingleBean(CostCache.class)
				.hasSingleBean(CacheTasks.class);
			assertThat(context.getBean(ResponseCacheStore.class)).isInstanceOf(InMemoryResponseCacheStore.class);
			assertThat(context.getBeanProvider(SemanticTier.class).getIfAvailable()).isNull();
			assertThat(context.getBean(ResponseCache.class).semantic()).isNull();
		});
	}

	@Test
	void isOffWithCostwise() {
		this.runner.withPropertyValues("costwise.mode=off")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ResponseCache.class)
				.doesNotHaveBean(CostCache.class)
				.doesNotHaveBean(ResponseCacheStore.class));
	}

	@Test
	void needsNoEncoderWhereThePolicyIsOff() {
		this.semantic.withPropertyValues(POLICY + "mode=off").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(ResponseCache.class).semantic()).isNull();
		});
	}

	@Test
	void startsWithoutChatClients() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(FaultsAutoConfiguration.class, EncodingAutoConfiguration.class,
					CacheStoreAutoConfiguration.class, CacheAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(ChatClient.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ResponseCache.class));
	}

	@Test
	void comparesQuestionsByTheUsersEncoder() {
		this.semantic.withUserConfiguration(Encoding.class)
			.withBean(AttributionResolver.class, () -> () -> new Attribution(null, "acme", null, Map.of()))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(ResponseCache.class).semantic())
					.isSameAs(context.getBean(SemanticTier.class));
			});
	}

	@Test
	void backsOffForTheUsersParts() {
		this.runner.withUserConfiguration(OwnParts.class).run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(ResponseCacheStore.class)
				.hasSingleBean(LabelLog.class)
				.hasSingleBean(BudgetedJudge.class)
				.hasSingleBean(LearningGroups.class)
				.hasSingleBean(Partitions.class)
				.hasSingleBean(CostCache.class);
			OwnParts own = context.getBean(OwnParts.class);
			assertThat(context.getBean(ResponseCacheStore.class)).isSameAs(own.store);
			assertThat(context.getBean(LabelLog.class)).isSameAs(own.log);
		});
	}

	@Test
	void similarQuestionsWithoutAnEncoderFailTheStart() {
		this.semantic.run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("'default'", "nothing encodes");
			assertThat(analysis.getAction()).contains("io.github.costwise:costwise-embedding",
					"costwise.embedding.model-bean", POLICY + "semantic.enabled");
		});
	}

	@Test
	void similarQuestionsOfNobodyFailTheStart() {
		this.semantic.withUserConfiguration(Encoding.class).run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("nothing says which user or tenant");
			assertThat(analysis.getAction()).contains("AttributionResolver", "@CostOptimized", POLICY + "shared");
		});
	}

	@Test
	void anExpressionForTheTenantOrUserSaysWhoseTheyAre() {
		this.semantic.withUserConfiguration(Encoding.class, OfTenants.class)
			.run((context) -> assertThat(context).hasNotFailed());
		this.semantic.withUserConfiguration(Encoding.class, OfUsers.class)
			.run((context) -> assertThat(context).hasNotFailed());
		this.semantic.withUserConfiguration(Encoding.class, OfNobody.class)
			.run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void sharingWithEverybodyMustBeAskedFor() {
		this.semantic.withUserConfiguration(Encoding.class)
			.withPropertyValues(POLICY + "shared=true")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void writesQuestionsToTheTrafficFile() {
		Path file = this.directory.resolve("new/traffic.jsonl");
		this.runner.withPropertyValues("costwise.cache.traffic.file=" + file).run((context) -> {
			assertThat(context).hasNotFailed();
			context.getBean(ResponseCache.class);
			assertThat(file).isEmptyFile();
		});
	}

	@Test
	void aTrafficFileThatCannotBeWrittenFailsTheStart() {
		this.runner.withPropertyValues("costwise.cache.traffic.file=" + this.directory)
			.run((context) -> assertAnalysis(context, "traffic file", "costwise.cache.traffic.file"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			max-temperature            | -1     | Set it to 0 or more
			max-temperature            | NaN    | Set it to 0 or more
			max-question-length        | 0      | Set it to 1 or more
			max-answer-length          | -5     | Set it to 1 or more
			ttl                        | 0s     | Set it to a time from 1s to 3650d
			ttl                        | 4000d  | Set it to a time from 1s to 3650d
			ttl-jitter                 | 0.6    | Set it to a share from 0 to 0.5
			ttl-jitter                 | NaN    | Set it to a share from 0 to 0.5
			stale-while-revalidate     | -1s    | Set it to a time from 0s to 3650d
			semantic.max-error-rate    | 0      | Set it above 0 and up to 0.2
			semantic.max-error-rate    | 0.3    | Set it above 0 and up to 0.2
			semantic.repeat-share      | 0.2    | Set it to a share from 0 to 0.1
			semantic.profile           | brave  | default
			semantic.profile           | static:2 | static:
			""")
	void badSettingOfAPolicyFailsTheStart(String setting, String value, String action) {
		this.runner.withPropertyValues(POLICY + setting + "=" + value).run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("costwise.policies.default.cache", setting);
			assertThat(analysis.getAction()).contains(action);
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			single-flight.patience | 0s
			single-flight.patience | -1s
			single-flight.patience | 11m
			single-flight.patience | 200000000000d
			judge.per-hour         | -1
			judge.per-day          | -1
			judge.queue            | 0
			memory.max-entries     | 0
			memory.max-size        | 1KB
			""")
	void badSettingOfTheCacheFailsTheStart(String setting, String value) {
		this.runner.withPropertyValues("costwise.cache." + setting + "=" + value)
			.run((context) -> assertAnalysis(context, "costwise.cache." + setting, "Set"));
	}

	@Test
	void earlierTrafficThatCannotBeLearntFromFailsTheStart() {
		String learnFrom = "costwise.cache.traffic.learn-from=" + this.directory.resolve("absent");
		this.runner.withPropertyValues(learnFrom)
			.run((context) -> assertAnalysis(context, "does not compare similar questions",
					POLICY + "semantic.enabled"));
		ApplicationContextRunner shared = this.semantic.withUserConfiguration(Encoding.class)
			.withPropertyValues(POLICY + "shared=true", learnFrom);
		shared.run((context) -> assertAnalysis(context, "cannot be read", "costwise.cache.traffic.learn-from"));
		shared.withPropertyValues("costwise.cache.traffic.policy=faq")
			.run((context) -> assertAnalysis(context, "'faq' does not exist", "costwise.policies.faq"));
	}

	@Test
	void aTrafficFileOfNoSizeFailsTheStart() {
		this.runner
			.withPropertyValues("costwise.cache.traffic.file=" + this.directory.resolve("t"),
					"costwise.cache.traffic.max-size=0B")
			.run((context) -> assertAnalysis(context, "costwise.cache.traffic.max-size", "Set"));
	}

	@ParameterizedTest
	@CsvSource({ "default.cache.enabled", "default.cache.semantic.max-error", "faq.cache.tll" })
	void misspeltSettingFailsTheStart(String setting) {
		this.runner.withPropertyValues("costwise.policies." + setting + "=1")
			.run((context) -> assertAnalysis(context, "costwise.policies." + setting, "correct its name"));
	}

	@Test
	void removesWhatAnEventNames() {
		this.runner.run((context) -> {
			ResponseCacheStore store = context.getBean(ResponseCacheStore.class);
			store.put(CacheEntries.entry("p", "q", CacheEntries.vector(1), Instant.now().plusSeconds(600)));
			assertThat(store.stats().entries()).isOne();
			context.publishEvent(CacheEviction.all());
			assertThat(store.stats().entries()).isZero();
		});
	}

	private static void assertAnalysis(AssertableApplicationContext context, String problem, String action) {
		assertThat(context).hasFailed();
		FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
		assertThat(analysis.getDescription()).contains(problem);
		assertThat(analysis.getAction()).contains(action);
	}

	@Configuration(proxyBeanMethods = false)
	static class Encoding {

		@Bean
		TextEncoder encoder() {
			return new EncodingAutoConfigurationTests.Ones();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnParts {

		private final ResponseCacheStore store = new InMemoryResponseCacheStore(MemoryStoreSettings.defaults(),
				Clock.systemUTC());

		private final LabelLog log = new InMemoryLabelLog();

		@Bean
		ResponseCacheStore ownStore() {
			return this.store;
		}

		@Bean
		LabelLog ownLog() {
			return this.log;
		}

		@Bean
		AnswerJudge ownJudge() {
			return (question, one, other) -> false;
		}

		@Bean
		CacheTasks costwiseCacheTasks(Faults faults) {
			return new CacheTasks(new Background(faults), TestTimes.real());
		}

		@Bean
		BudgetedJudge costwiseAnswerJudging(AnswerJudge judge, Faults faults) {
			return new BudgetedJudge(new AnswerComparison(null), judge, JudgeBudget.defaults(), Clock.systemUTC(),
					new Background(faults));
		}

		@Bean
		LearningGroups costwiseLearningGroups(LabelLog ownLog, CacheTasks tasks) {
			return new LearningGroups(ownLog, tasks, null, this.store);
		}

		@Bean
		Partitions costwiseCachePartitions(Faults faults) {
			return new Partitions("own", List.of(), faults);
		}

		@Bean
		CostCache costwiseCostCache(ResponseCache cache) {
			return new ManagedCache(cache);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfTenants {

		@Bean
		Desk desk() {
			return new Desk();
		}

		static class Desk {

			@CostOptimized(tenant = "#tenant")
			public String answer(String tenant) {
				return tenant;
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfUsers {

		@Bean
		Desk desk() {
			return new Desk();
		}

		static class Desk {

			@CostOptimized(user = "#user")
			public String answer(String user) {
				return user;
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OfNobody {

		@Bean
		Desk desk() {
			return new Desk();
		}

		static class Desk {

			@CostOptimized(feature = "desk")
			public String answer(String user) {
				return user;
			}

		}

	}

}

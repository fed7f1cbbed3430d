package io.github.costwise;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.autoconfigure.FailureAnalyses;
import io.github.costwise.cache.response.PolicyCounters;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheLabel;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Methods and events that remove answers from the cache.
 */
@Tag("chain")
class CostCacheEvictTests {

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("model", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
		.withPropertyValues("costwise.policies.default.cache.mode=enforce",
				"costwise.policies.default.cache.tags=prices")
		.withUserConfiguration(Catalog.class);

	@BeforeEach
	void answerAnything() {
		this.provider.handler((request) -> Answer.text("yes"));
	}

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void removesWhatItsExpressionsName() {
		this.runner.run((context) -> {
			assertAsked(context, 1, "acme");
			assertAsked(context, 2, "umbrella");
			shop(context).rename("acme");
			assertAsked(context, 3, "acme");
			assertAsked(context, 3, "umbrella");
		});
	}

	@Test
	void removesByTagAndAll() {
		this.runner.run((context) -> {
			assertAsked(context, 1, "acme");
			shop(context).reprice();
			assertAsked(context, 2, "acme");
			shop(context).clear();
			assertAsked(context, 3, "acme");
		});
	}

	@Test
	void removesNothingWhenTheMethodThrows() {
		this.runner.run((context) -> {
			assertAsked(context, 1, "acme");
			assertThatIllegalStateException().isThrownBy(() -> shop(context).fail());
			assertAsked(context, 1, "acme");
			assertThatIllegalStateException().isThrownBy(() -> shop(context).failAfterwards());
			assertAsked(context, 2, "acme");
		});
	}

	@Test
	void waitsForWhatIsReturned() {
		this.runner.run((context) -> {
			assertAsked(context, 1, "acme");
			Mono<String> saved = shop(context).saveLater();
			assertAsked(context, 1, "acme");
			saved.block();
			assertAsked(context, 2, "acme");
		});
	}

	@Test
	void publishedEvictionIsDone() {
		this.runner.run((context) -> {
			assertAsked(context, 1, "acme");
			context.publishEvent(CacheEviction.label(CacheLabel.tenant("acme")));
			assertAsked(context, 2, "acme");
		});
	}

	@Test
	void annotationThatNamesNothingFailsTheStart() {
		this.runner.withBean(Vague.class).run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("does not say what to remove").contains("Vague.save");
			assertThat(analysis.getAction()).contains("'all'");
		});
	}

	@Test
	void expressionWithAnUnknownNameFailsTheStart() {
		this.runner.withBean(Misspelt.class).run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("@CostCacheEvict on").contains("#tenent");
			assertThat(analysis.getAction()).contains("#tenant");
		});
	}

	private void assertAsked(ApplicationContext context, int requests, String tenant) {
		String answer = CostScope.builder()
			.tenant(tenant)
			.build()
			.get(() -> context.getBean(ChatClient.class).prompt("Is it in stock?").call().content());
		assertThat(answer).isEqualTo("yes");
		assertThat(this.provider.requests()).hasSize(requests);
		PolicyCounters counters = context.getBean(ResponseCache.class).statistics().policy("default");
		Eventually.holds(() -> counters.storedAnswers() >= requests);
	}

	private static Shop shop(ApplicationContext context) {
		return context.getBean(Shop.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class Catalog {

		@Bean
		Shop shop() {
			return new Shop();
		}

		@Bean
		ChatClient client(ChatClient.Builder builder) {
			return builder.build();
		}

	}

	static class Shop {

		@CostCacheEvict(tenant = "#tenant")
		public void rename(String tenant) {
		}

		@CostCacheEvict(tags = "prices")
		public void reprice() {
		}

		@CostCacheEvict(all = true)
		public void clear() {
		}

		@CostCacheEvict(all = true)
		public void fail() {
			throw new IllegalStateException("not saved");
		}

		@CostCacheEvict(all = true, beforeInvocation = true)
		public void failAfterwards() {
			throw new IllegalStateException("not saved");
		}

		@CostCacheEvict(all = true)
		public Mono<String> saveLater() {
			return Mono.fromSupplier(() -> "saved");
		}

	}

	static class Vague {

		@CostCacheEvict
		public void save() {
		}

	}

	static class Misspelt {

		@CostCacheEvict(tenant = "#tenent")
		public @Nullable String save(String tenant) {
			return null;
		}

	}

}

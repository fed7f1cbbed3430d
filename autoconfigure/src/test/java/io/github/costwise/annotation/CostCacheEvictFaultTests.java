package io.github.costwise.annotation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import io.github.costwise.CostCacheEvict;
import io.github.costwise.CostScope;
import io.github.costwise.faults.Faults;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Removals that are named by expressions which name nothing, or several.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("chain")
class CostCacheEvictFaultTests {

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("model", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
		.withBean(Shop.class)
		.withPropertyValues("costwise.policies.default.cache.mode=enforce");

	@BeforeEach
	void answerAnything() {
		this.provider.handler((request) -> Answer.text("yes"));
	}

	@AfterEach
	void close() {
		this.provider.close();
	}

	static Stream<Arguments> nameless() {
		return Stream.of(nameless("tenant", (shop) -> shop.tenant(null)),
				nameless("tenant", (shop) -> shop.tenant(" ")),
				nameless("tenant", (shop) -> shop.tenant(Optional.empty())),
				nameless("tenant", (shop) -> shop.tenant(List.of())),
				nameless("tenant", (shop) -> shop.tenant(new String[] { null })),
				nameless("tenant", (shop) -> shop.tenant(new Object())),
				nameless("user", (shop) -> shop.user(Map.of())), nameless("user", (shop) -> shop.user(null)),
				nameless("feature", (shop) -> shop.feature(null)), nameless("tags", (shop) -> shop.tags(null)));
	}

	private static Arguments nameless(String attribute, Consumer<Shop> call) {
		return Arguments.of(attribute, call);
	}

	@ParameterizedTest
	@MethodSource("nameless")
	void whatNamesNothingIsReportedWithMethodAndAttribute(String attribute, Consumer<Shop> call,
			CapturedOutput output) {
		this.runner.run((context) -> {
			assertAsked(context, 1, "acme");
			call.accept(context.getBean(Shop.class));
			assertAsked(context, 1, "acme");
			assertThat(context.getBean(Faults.class).count(Faults.Kind.SCOPE)).isEqualTo(1);
			assertThat(output).containsPattern("WARN.*@CostCacheEvict on .*Shop\\." + attribute + "\\(\\): .*'"
					+ attribute + "' .*removed no answers");
		});
	}

	@Test
	void oneAttributeThatNamesNothingKeepsNoOther() {
		this.runner.run((context) -> {
			assertAsked(context, 1, "acme");
			context.getBean(Shop.class).both("acme", null);
			assertAsked(context, 2, "acme");
			assertThat(context.getBean(Faults.class).count(Faults.Kind.SCOPE)).isEqualTo(1);
		});
	}

	@Test
	void eachElementIsRemoved() {
		this.runner.run((context) -> {
			assertAsked(context, 1, "acme");
			assertAsked(context, 2, "umbrella");
			context.getBean(Shop.class).tenant(List.of("acme", "umbrella"));
			assertAsked(context, 3, "acme");
			assertAsked(context, 4, "umbrella");
			context.getBean(Shop.class).tenant(new String[] { "acme", "umbrella" });
			assertAsked(context, 5, "acme");
			assertAsked(context, 6, "umbrella");
			assertThat(context.getBean(Faults.class).count(Faults.Kind.SCOPE)).isZero();
		});
	}

	@Test
	void textThatLacksAPartIsRemovedAndReported(CapturedOutput output) {
		this.runner.run((context) -> {
			context.getBean(Shop.class).part(null);
			assertThat(context.getBean(Faults.class).count(Faults.Kind.SCOPE)).isEqualTo(1);
			assertThat(output).containsPattern("WARN.*Shop\\.part\\(\\): .*'feature' gave a name that lacks a part");
		});
	}

	@Test
	void futureIsWaitedFor() {
		this.runner.run((context) -> {
			assertAsked(context, 1, "acme");
			CompletableFuture<String> order = new CompletableFuture<>();
			CompletableFuture<String> saved = context.getBean(Shop.class).later("acme", order);
			assertAsked(context, 1, "acme");
			order.complete("7");
			assertThat(saved.join()).isEqualTo("7");
			assertAsked(context, 2, "acme");
		});
	}

	private void assertAsked(ApplicationContext context, int requests, String tenant) {
		String answer = CostScope.builder()
			.tenant(tenant)
			.build()
			.get(() -> context.getBean(ChatClient.Builder.class).build().prompt("In stock?").call().content());
		assertThat(answer).isEqualTo("yes");
		assertThat(this.provider.requests()).hasSize(requests);
	}

	static class Shop {

		@CostCacheEvict(tenant = "#value")
		public void tenant(@Nullable Object value) {
		}

		@CostCacheEvict(user = "#value.get('user').toString()")
		public void user(@Nullable Map<String, String> value) {
		}

		@CostCacheEvict(feature = "#{#value}")
		public void feature(@Nullable String value) {
		}

		@CostCacheEvict(tags = "#{#value}")
		public void tags(@Nullable String value) {
		}

		@CostCacheEvict(tenant = "#tenant", user = "#user")
		public void both(String tenant, @Nullable String user) {
		}

		@CostCacheEvict(feature = "desk-#{#region}")
		public void part(@Nullable String region) {
		}

		@CostCacheEvict(tenant = "#tenant")
		public CompletableFuture<String> later(String tenant, CompletableFuture<String> order) {
			return order.thenApply((number) -> number);
		}

	}

}

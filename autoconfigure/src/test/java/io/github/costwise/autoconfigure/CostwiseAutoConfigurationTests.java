package io.github.costwise.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.Map;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import io.github.costwise.Attribution;
import io.github.costwise.CostOptimized;
import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.UnknownModelPriceException;
import io.github.costwise.advisor.CostCallAdvisor;
import io.github.costwise.advisor.CostTurnAdvisor;
import io.github.costwise.advisor.openai.OpenAiAttempts;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CostEvent;
import io.github.costwise.model.RoutingRollback;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.pipeline.CostEventPublisher;
import io.github.costwise.model.CallRecord.Coverage;
import io.github.costwise.model.CallRecord.Operation;
import io.github.costwise.model.CostSummary;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.spi.AttributionResolver;
import io.github.costwise.spi.CostListener;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.SeenRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * How the core reaches every client, what it refuses at start, and that nothing that goes
 * wrong in it fails a call.
 */
@Tag("chain")
class CostwiseAutoConfigurationTests {

	private final LoopbackProvider server = new LoopbackProvider().handler((request) -> Answer.text("hi"));

	private final ApplicationContextRunner bare = CostwiseRunner.create();

	private final ApplicationContextRunner runner = this.bare.withBean("model", ChatModel.class,
			() -> LoopbackModels.openAi(this.server));

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void injectedBuilderCarriesBothAdvisorsOnce() {
		this.runner.run((context) -> {
			assertAdvisedOnce(context.getBean(ChatClient.Builder.class).build());
			assertAdvisedOnce(context.getBean(ChatClient.Builder.class).build().mutate().build());
			assertAdvisedOnce(context.getBean(ChatClient.Builder.class).clone().build());
		});
	}

	@Test
	void clientsMadeByHandCarryBothAdvisorsOnce() {
		this.runner.withUserConfiguration(Clients.class).run((context) -> {
			assertAdvisedOnce(context.getBean("created", ChatClient.class));
			assertAdvisedOnce(context.getBean("built", ChatClient.class));
			context.getBean("created", ChatClient.class).prompt("Q").call().content();
			assertThat(CostwiseRunner.calls(context)).singleElement()
				.extracting((call) -> call.ending().coverage())
				.isEqualTo(Coverage.UNATTRIBUTED);
		});
	}

	@Test
	void defaultParametersOfAClientSurvive() {
		this.runner.withUserConfiguration(Clients.class)
			.run((context) -> assertThat(SeenRequest.of(context.getBean("built", ChatClient.class)).request().context())
				.containsEntry("own", "value"));
	}

	@Test
	void clientThatIsNotSpringAisOwnIsLeftUnchanged() {
		ChatClient client = mock(ChatClient.class);
		this.runner.withBean("mocked", ChatClient.class, () -> client)
			.run((context) -> assertThat(context.getBean("mocked")).isSameAs(client));
	}

	@Test
	void callsPastTheAdvisorsAreUnmanagedAndOthersNever() {
		this.bare.withUserConfiguration(ObservedModels.class)
			.withBean("server", LoopbackProvider.class, () -> this.server)
			.run((context) -> {
				ChatModel model = context.getBean(ChatModel.class);
				ChatClient managed = context.getBean("created", ChatClient.class);
				managed.prompt("Q").call().content();
				managed.prompt("Q").stream().content().blockLast();
				assertThat(CostwiseRunner.total(context).unmanagedCalls()).isZero();
				model.call(new Prompt(new UserMessage("Q")));
				model.stream(new Prompt(new UserMessage("Q"))).blockLast();
				ChatClient.create(model).prompt("Q").call().content();
				// A client ends the observation of a stream after the stream.
				Eventually.holds(() -> CostwiseRunner.total(context).unmanagedCalls() == 3);
				CostSummary total = CostwiseRunner.total(context);
				assertThat(total.calls()).isEqualTo(5);
				assertThat(total.unmanaged().nanos()).isPositive();
				assertThat(total.unattributed().nanos()).isPositive();
				assertThat(total.unmanaged().plus(total.unattributed())).isEqualTo(total.cost());
			});
	}

	@Test
	void embeddingCallsAreAccountedForWithTheirScope() {
		this.bare.withUserConfiguration(ObservedModels.class, EmbeddingService.class)
			.withBean("server", LoopbackProvider.class, () -> this.server)
			.run((context) -> {
				context.getBean(EmbeddingService.class).embed("text");
				assertThat(CostwiseRunner.calls(context)).singleElement().satisfies((call) -> {
					assertThat(call.target().operation()).isEqualTo(Operation.EMBEDDING);
					assertThat(call.attribution().feature()).isEqualTo("search");
					assertThat(call.usage().tokens().promptTokens()).isPositive();
					assertThat(call.price().amount().nanos()).isPositive();
				});
			});
	}

	@Test
	void attemptsHiddenInTheSdkAreSeenInCallAndStream() {
		this.bare.withUserConfiguration(RetryingModel.class)
			.withBean("server", LoopbackProvider.class, () -> this.server)
			.run((context) -> {
				ChatClient client = context.getBean(ChatClient.Builder.class).build();
				this.server.enqueue(Answer.error(429).header("retry-after-ms", "1"), Answer.text("hi"));
				client.prompt("Q").call().content();
				this.server.enqueue(Answer.error(500).header("retry-after-ms", "1"), Answer.text("hi"));
				client.prompt("Q").stream().content().blockLast();
				assertThat(CostwiseRunner.calls(context)).hasSize(2);
				assertThat(CostwiseRunner.calls(context).get(0).ending().attempts())
					.extracting(CallRecord.HttpAttempt::outcome)
					.containsExactly("http_429", "ok");
				assertThat(CostwiseRunner.calls(context).get(1).ending().attempts())
					.extracting(CallRecord.HttpAttempt::outcome)
					.containsExactly("http_500", "ok");
				assertThat(this.server.requests()).allSatisfy((request) -> assertThat(request.headers().keySet())
					.noneMatch((name) -> name.toLowerCase().contains("costwise")));
			});
	}

	@Test
	void attributionResolverCompletesTheScope() {
		this.runner.withBean(AttributionResolver.class, () -> () -> new Attribution(null, "acme", "ann", Map.of()))
			.run((context) -> {
				ChatClient client = context.getBean(ChatClient.Builder.class).build();
				client.prompt("Q").call().content();
				client.prompt("Q").stream().content().blockLast();
				assertThat(CostwiseRunner.calls(context)).hasSize(2)
					.allSatisfy((call) -> assertThat(call.attribution().tenant()).isEqualTo("acme"));
			});
	}

	@Test
	void offRemovesEverything() {
		this.runner.withPropertyValues("costwise.mode=off").withUserConfiguration(Clients.class).run((context) -> {
			assertThat(context).doesNotHaveBean(CostTurnAdvisor.class).doesNotHaveBean(CostPolicies.class);
			context.getBean("created", ChatClient.class).prompt("Q").call().content();
			assertThat(CostwiseRunner.calls(context)).isEmpty();
		});
	}

	@Test
	void observeEnforcesNoLimit() {
		this.runner
			.withPropertyValues("costwise.mode=observe", "costwise.policies.default.max-output-tokens=5",
					"costwise.pricing.unknown-model=block")
			.run((context) -> {
				context.getBean(ChatClient.Builder.class)
					.build()
					.prompt("Q")
					.options(OpenAiChatOptions.builder().model("no-such-model"))
					.call()
					.content();
				assertThat(this.server.requests().get(0).body().toString()).doesNotContain("max_");
				assertThat(CostwiseRunner.total(context).unknownPriceCalls()).isOne();
			});
	}

	@Test
	void unknownModelIsRefusedWhenBlocked() {
		this.runner
			.withPropertyValues("costwise.pricing.unknown-model=block",
					"costwise.accounting.providers.[127.0.0.1]=openai")
			.run((context) -> {
				ChatClient client = context.getBean(ChatClient.Builder.class).build();
				assertThatExceptionOfType(UnknownModelPriceException.class)
					.isThrownBy(() -> client.prompt("Q")
						.options(OpenAiChatOptions.builder().model("no-such-model"))
						.call()
						.content())
					.withMessageContaining("openai/no-such-model")
					.withMessageContaining("costwise.pricing.models");
				assertThat(this.server.requests()).isEmpty();
			});
	}

	@Test
	void listenersAndTheApplicationReceiveTheSameEvents() {
		List<CostEvent> listened = new CopyOnWriteArrayList<>();
		CostListener listener = new CostListener() {

			@Override
			public void on(CostEvent event) {
				listened.add(event);
			}

		};
		this.runner.withBean(CostListener.class, () -> listener)
			.withUserConfiguration(ListeningMethods.class)
			.run((context) -> {
				context.getBean(ChatClient.Builder.class).build().prompt("Q").call().content();
				ListeningMethods application = context.getBean(ListeningMethods.class);
				assertThat(listened).hasSize(2).isEqualTo(application.all);
				assertThat(application.turns).hasSize(1);
				context.getBean(CostEventPublisher.class).publish(new RoutingRollback("a", "b", "worse"));
				assertThat(listened).hasSize(3).isEqualTo(application.all);
			});
	}

	static class ListeningMethods {

		private final List<CostEvent> all = new CopyOnWriteArrayList<>();

		private final List<TurnRecord> turns = new CopyOnWriteArrayList<>();

		@EventListener
		void on(CostEvent event) {
			this.all.add(event);
		}

		@EventListener
		void on(TurnRecord turn) {
			this.turns.add(turn);
		}

	}

	@Test
	void nothingThatGoesWrongFailsACall() {
		UsageLedger ledger = mock(UsageLedger.class);
		willThrow(new IllegalStateException("down")).given(ledger).append(any(CallRecord.class));
		CostListener listener = new CostListener() {

			@Override
			public void onCall(CallRecord call) {
				throw new IllegalStateException("listener");
			}

		};
		AttributionResolver resolver = mock(AttributionResolver.class);
		given(resolver.resolve()).willThrow(new IllegalStateException("resolver"));
		this.runner.withBean(UsageLedger.class, () -> ledger)
			.withBean(CostListener.class, () -> listener)
			.withBean(AttributionResolver.class, () -> resolver)
			.run((context) -> {
				ChatClient client = context.getBean(ChatClient.Builder.class).build();
				assertThat(client.prompt("Q").call().content()).isEqualTo("hi");
				assertThat(client.prompt("Q").stream().content().blockLast()).isEqualTo("hi");
				Faults faults = context.getBean(Faults.class);
				assertThat(List.of(faults.count(Faults.Kind.LEDGER), faults.count(Faults.Kind.LISTENER)))
					.containsOnly(2L);
				assertThat(faults.count(Faults.Kind.SCOPE)).isPositive();
			});
	}

	@Test
	void severalModelsNeedADefault() {
		this.runner.withBean("other", ChatModel.class, () -> LoopbackModels.anthropic(this.server))
			.withUserConfiguration(InjectedBuilder.class)
			.run((context) -> {
				assertThat(context).hasFailed();
				FailureAnalysis analysis = new AmbiguousChatModelFailureAnalyzer().analyze(context.getStartupFailure());
				assertThat(analysis).isNotNull();
				assertThat(analysis.getAction()).contains("costwise.chat.default-model");
				assertThat(analysis.getDescription()).contains("model, other");
				assertThat(context.getStartupFailure()).hasRootCauseInstanceOf(NoUniqueBeanDefinitionException.class);
			});
	}

	@Test
	void defaultModelIsBehindTheBuilder() {
		this.runner.withBean("other", ChatModel.class, () -> LoopbackModels.anthropic(this.server))
			.withPropertyValues("costwise.chat.default-model=other")
			.run((context) -> {
				context.getBean(ChatClient.Builder.class).build().prompt("Q").call().content();
				assertThat(CostwiseRunner.calls(context).get(0).target().provider()).isEqualTo("anthropic");
			});
	}

	@Test
	void defaultModelThatDoesNotExistFailsTheStart() {
		assertProblem(this.runner.withPropertyValues("costwise.chat.default-model=nobody"),
				"no chat model bean has that name", "Name one of these");
	}

	@Test
	void settingThatNoPolicyHasFailsTheStart() {
		assertProblem(this.runner.withPropertyValues("costwise.policies.cheap.cash.mode=enforce"),
				"costwise.policies.cheap.cash.mode", "correct its name");
		assertProblem(this.runner.withPropertyValues("costwise.policies.cheap.cache.ttll=1h"),
				"costwise.policies.cheap.cache.ttll", "correct its name");
	}

	@Test
	void limitThatIsNotUsableFailsTheStart() {
		assertProblem(this.runner.withPropertyValues("costwise.policies.cheap.max-calls=0"), "maxCalls", "above zero");
		assertProblem(this.runner.withPropertyValues("costwise.policies.cheap.max-cost-usd=-1"), "maxCost",
				"above zero");
	}

	private static void assertProblem(ApplicationContextRunner runner, String problem, String action) {
		runner.run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new CostwiseConfigurationFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains(problem);
			assertThat(analysis.getAction()).contains(action);
			assertThat(analysis.getCause()).isInstanceOf(CostwiseConfigurationException.class);
		});
	}

	private static void assertAdvisedOnce(ChatClient client) {
		List<? extends Advisor> advisors = SeenRequest.of(client).advisors();
		assertThat(advisors).filteredOn(CostTurnAdvisor.class::isInstance).hasSize(1);
		assertThat(advisors).filteredOn(CostCallAdvisor.class::isInstance).hasSize(1);
	}

	@Configuration(proxyBeanMethods = false)
	static class Clients {

		@Bean
		ChatClient created(ChatModel model) {
			return ChatClient.create(model);
		}

		@Bean
		ChatClient built(ChatModel model) {
			return ChatClient.builder(model).defaultAdvisors((advisors) -> advisors.param("own", "value")).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InjectedBuilder {

		@Bean
		String client(ChatClient.Builder builder) {
			return builder.build().toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ObservedModels {

		@Bean
		ChatModel model(LoopbackProvider server, ObservationRegistry observations) {
			return LoopbackModels.openAi(server, (options) -> options, observations, List.of());
		}

		@Bean
		EmbeddingModel embeddings(LoopbackProvider server, ObservationRegistry observations) {
			return LoopbackModels.openAiEmbedding(server, observations);
		}

		@Bean
		ChatClient created(ChatModel model) {
			return ChatClient.create(model);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RetryingModel {

		@Bean
		ChatModel model(LoopbackProvider server, OpenAiAttempts attempts) {
			return LoopbackModels.openAi(server, (options) -> {
				options.maxRetries(2);
				return options;
			}, ObservationRegistry.NOOP, List.of(attempts));
		}

	}

	static class EmbeddingService {

		private final EmbeddingModel embeddings;

		EmbeddingService(EmbeddingModel embeddings) {
			this.embeddings = embeddings;
		}

		@CostOptimized(feature = "search")
		public float[] embed(String text) {
			return this.embeddings.embed(text);
		}

	}

}

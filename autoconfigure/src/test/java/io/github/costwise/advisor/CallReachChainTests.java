package io.github.costwise.advisor;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.Money;
import io.github.costwise.advisor.anthropic.AnthropicAttempts;
import io.github.costwise.advisor.openai.OpenAiAttempts;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.PriceState;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.Fault;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatRuntimeException;

/**
 * Calls that were interrupted or cancelled are distinguished by whether they were sent,
 * on the real clients.
 */
@Tag("chain")
class CallReachChainTests {

	private final LoopbackProvider server = new LoopbackProvider();

	/** Sends the requests of streams, one after another. */
	private final ExecutorService requests = Executors.newSingleThreadExecutor();

	@AfterEach
	void close() {
		Thread.interrupted();
		this.requests.shutdownNow();
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource(value = Client.class, names = { "OPENAI", "ANTHROPIC", "GOOGLE", "PLAIN_OPENAI" })
	void anInterruptedCallThatReachedTheProviderIsBilledByItsPrompt(Client client) {
		run(client, (chat, context) -> {
			Thread waiting = Thread.currentThread();
			this.server.handler((request) -> {
				waiting.interrupt();
				return Answer.text("late").gate(new Semaphore(0));
			});
			assertThatRuntimeException().isThrownBy(() -> chat.prompt("A question").call().content());
			Thread.interrupted();
			CallRecord call = only(context);
			assertThat(this.server.requests()).isNotEmpty();
			assertThat(call.outcome()).isNotEqualTo(Outcome.SUCCEEDED);
			assertThat(call.usage().source()).isEqualTo(UsageSource.ESTIMATED);
			assertThat(call.usage().tokens().promptTokens()).isPositive();
			assertThat(call.usage().tokens().outputTokens()).isZero();
			assertThat(call.price().state()).isEqualTo(PriceState.ESTIMATED);
			assertThat(call.price().reasons()).contains(PriceReason.USAGE_COUNTED);
		});
	}

	@ParameterizedTest
	@EnumSource(value = Client.class, names = { "OPENAI", "ANTHROPIC", "GOOGLE", "PLAIN_OPENAI" })
	void aCallOfAThreadThatWasInterruptedBeforeCostsNothing(Client client) {
		run(client, (chat, context) -> {
			Thread.currentThread().interrupt();
			assertThatRuntimeException().isThrownBy(() -> chat.prompt("A question").call().content());
			Thread.interrupted();
			assertNothing(only(context));
		});
	}

	@ParameterizedTest
	@EnumSource(value = Client.class, names = { "OPENAI", "ANTHROPIC", "GOOGLE" })
	void aCallThatFailsWithoutAResponseCostsNothing(Client client) {
		this.server.handler((request) -> Answer.text("x").fault(Fault.reset(Fault.Point.BEFORE_HEADERS)));
		run(client, (chat, context) -> {
			assertThatRuntimeException().isThrownBy(() -> chat.prompt("A question").call().content());
			assertNothing(only(context));
		});
	}

	@ParameterizedTest
	@EnumSource(value = Client.class, names = { "OPENAI", "ANTHROPIC" })
	void aStreamThatIsCancelledBeforeItIsSentCostsNothing(Client client) throws InterruptedException {
		CountDownLatch sending = holdRequests();
		run(client, (chat, context) -> {
			Disposable subscription = chat.prompt("A question").stream().content().subscribe();
			subscription.dispose();
			CallRecord call = only(context);
			assertThat(call.outcome()).isEqualTo(Outcome.CANCELLED);
			assertNothing(call);
		});
		sending.countDown();
		this.requests.shutdown();
		assertThat(this.requests.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void aStreamOfAClientWithoutAttemptsIsBilledAsSoonAsItBegins() {
		CountDownLatch sending = holdRequests();
		run(Client.PLAIN_OPENAI, (chat, context) -> {
			chat.prompt("A question").stream().content().subscribe().dispose();
			assertThat(only(context).usage().tokens().promptTokens()).isPositive();
		});
		sending.countDown();
	}

	private CountDownLatch holdRequests() {
		CountDownLatch sending = new CountDownLatch(1);
		this.requests.execute(() -> {
			try {
				sending.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		return sending;
	}

	@ParameterizedTest
	@EnumSource(value = Client.class, names = { "OPENAI", "ANTHROPIC" })
	void aStreamThatIsCancelledWhileTheServerWorksIsBilledByItsPrompt(Client client) {
		run(client, (chat, context) -> {
			Semaphore arrived = new Semaphore(0);
			this.server.handler((request) -> {
				arrived.release();
				return Answer.text("x").gate(new Semaphore(0));
			});
			Disposable subscription = chat.prompt("A question").stream().content().subscribe();
			arrived.acquireUninterruptibly();
			subscription.dispose();
			CallRecord call = only(context);
			assertThat(call.outcome()).isEqualTo(Outcome.CANCELLED);
			assertThat(call.usage().tokens().promptTokens()).isPositive();
			assertThat(call.price().state()).isEqualTo(PriceState.ESTIMATED);
		});
	}

	private static void assertNothing(CallRecord call) {
		assertThat(call.usage().source()).isEqualTo(UsageSource.NONE);
		assertThat(call.usage().tokens().promptTokens()).isZero();
		assertThat(call.price().amount()).isEqualTo(Money.ZERO);
	}

	private void run(Client client, Scenario scenario) {
		ApplicationContextRunner runner = CostwiseRunner.create()
			.withPropertyValues("costwise.accounting.providers.[127.0.0.1]=openai")
			.withUserConfiguration(Models.class)
			.withBean("server", LoopbackProvider.class, () -> this.server)
			.withBean("requests", ExecutorService.class, () -> this.requests)
			.withBean("client", Client.class, () -> client);
		runner.run((context) -> scenario.accept(context.getBean(ChatClient.Builder.class).build(), context));
	}

	private static CallRecord only(ApplicationContext context) {
		assertThat(CostwiseRunner.calls(context)).hasSize(1);
		return CostwiseRunner.calls(context).get(0);
	}

	interface Scenario {

		void accept(ChatClient client, ApplicationContext context);

	}

	@Configuration(proxyBeanMethods = false)
	static class Models {

		@Bean
		ChatModel model(Client client, LoopbackProvider server, ApplicationContext context) {
			return client.model.apply(server, context);
		}

	}

	enum Client {

		OPENAI((server, context) -> LoopbackModels.openAi(server, (options) -> options, ObservationRegistry.NOOP,
				List.of(context.getBean(OpenAiAttempts.class),
						(client) -> client.dispatcherExecutorService(context.getBean(ExecutorService.class))))),

		PLAIN_OPENAI((server, context) -> LoopbackModels.openAi(server, (options) -> options, ObservationRegistry.NOOP,
				List.of((client) -> client.dispatcherExecutorService(context.getBean(ExecutorService.class))))),

		ANTHROPIC((server, context) -> LoopbackModels.anthropic(server, (options) -> options, ObservationRegistry.NOOP,
				List.of(context.getBean(AnthropicAttempts.class),
						(client) -> client.dispatcherExecutorService(context.getBean(ExecutorService.class))))),

		GOOGLE((server, context) -> LoopbackModels.google(server));

		private final BiFunction<LoopbackProvider, ApplicationContext, ChatModel> model;

		Client(BiFunction<LoopbackProvider, ApplicationContext, ChatModel> model) {
			this.model = model;
		}

	}

}

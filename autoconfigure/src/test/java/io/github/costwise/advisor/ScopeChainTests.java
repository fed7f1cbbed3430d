package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextSnapshotFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import io.github.costwise.CostOptimized;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Coverage;
import io.github.costwise.spi.UsageLedger.LedgerEvent;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The scope of an annotated method reaches the calls made in it, on whichever thread they
 * run.
 */
@Tag("chain")
class ScopeChainTests {

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("model", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
		.withUserConfiguration(Desk.class);

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void blockingMethod() {
		this.provider.enqueue(Answer.text("hi"));
		run((context) -> {
			service(context).blocking("acme", "Q");
			assertThat(call(context).attribution().feature()).isEqualTo("blocking");
			assertThat(call(context).attribution().tenant()).isEqualTo("acme");
			assertThat(call(context).ending().coverage()).isEqualTo(Coverage.MANAGED);
		});
	}

	@Test
	void fluxSubscribedLater() {
		this.provider.enqueue(Answer.chunks("a", "b"));
		run((context) -> {
			Flux<String> answer = service(context).flux("Q");
			List<String> chunks = elsewhere(() -> answer.collectList().block());
			assertThat(chunks).containsExactly("a", "b");
			assertThat(call(context).attribution().feature()).isEqualTo("flux");
		});
	}

	@Test
	void monoThatAsksWhenSubscribed() {
		this.provider.enqueue(Answer.text("hi"));
		run((context) -> {
			Mono<String> answer = service(context).mono("Q");
			String text = elsewhere(() -> answer.block());
			assertThat(text).isEqualTo("hi");
			assertThat(call(context).attribution().feature()).isEqualTo("mono");
		});
	}

	@Test
	void streamBlockedInsideTheMethodWithMemory() {
		this.provider.enqueue(Answer.chunks("a", "b"));
		run((context) -> {
			service(context).streamBlocked("Q");
			assertThat(call(context).attribution().feature()).isEqualTo("streamBlocked");
		});
	}

	@Test
	void asyncMethod() {
		this.provider.enqueue(Answer.text("hi"));
		run((context) -> {
			service(context).async("Q").join();
			assertThat(call(context).attribution().feature()).isEqualTo("async");
		});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreads() {
		this.provider.handler((request) -> Answer.text("hi"));
		run((context) -> {
			ExecutorService executor = newExecutor();
			List<Callable<String>> tasks = IntStream.range(0, 50)
				.<Callable<String>>mapToObj((i) -> () -> service(context).blocking("tenant" + i, "Q"))
				.toList();
			assertThat(invokeAll(executor, tasks)).hasSize(50).containsOnly("hi");
			executor.shutdown();
			assertThat(CostwiseRunner.calls(context)).extracting((call) -> call.attribution().tenant())
				.doesNotHaveDuplicates()
				.hasSize(50);
		});
	}

	private static ExecutorService newExecutor() {
		try {
			return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static <T> List<T> invokeAll(ExecutorService executor, List<Callable<T>> tasks) {
		try {
			List<T> results = new ArrayList<>();
			for (Future<T> future : executor.invokeAll(tasks)) {
				results.add(future.get());
			}
			return results;
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void executorThatPropagatesContext() {
		this.provider.enqueue(Answer.text("hi"));
		run((context) -> {
			service(context).propagating("Q");
			assertThat(call(context).attribution().feature()).isEqualTo("propagating");
		});
	}

	@Test
	void bareExecutorIsCountedAsUnattributed() {
		this.provider.enqueue(Answer.text("hi"));
		run((context) -> {
			service(context).bare("Q");
			assertThat(call(context).ending().coverage()).isEqualTo(Coverage.UNATTRIBUTED);
			assertThat(CostwiseRunner.total(context).unattributedCalls()).isOne();
		});
	}

	@Test
	void nestedMethodKeepsTenantAndSetsItsOwnFeature() {
		this.provider.enqueue(Answer.text("hi"), Answer.text("there"));
		run((context) -> {
			service(context).outer(context.getBean(Inner.class), "acme");
			List<CallRecord> calls = CostwiseRunner.calls(context);
			assertThat(calls).extracting((call) -> call.attribution().feature())
				.containsExactlyInAnyOrder("outer", "inner");
			assertThat(calls).extracting((call) -> call.attribution().tenant()).containsOnly("acme");
		});
	}

	@Test
	void callInsideAToolKnowsTheTurnThatCalledIt() {
		this.provider.enqueue(Answer.tool("ask", "{}"), Answer.text("inner"), Answer.text("outer"));
		run((context) -> {
			service(context).withTool(context.getBean(AskTool.class));
			assertNestedTurn(context);
		});
	}

	@Test
	void callInsideAToolOfAStreamKnowsTheTurnThatCalledIt() {
		this.provider.enqueue(Answer.tool("ask", "{}"), Answer.text("inner"), Answer.chunks("out", "er"));
		run((context) -> {
			assertThat(service(context).streamWithTool(context.getBean(AskTool.class)).collectList().block())
				.containsExactly("out", "er");
			assertNestedTurn(context);
		});
	}

	/**
	 * On a thread that knows nothing, and not on the common pool: the client streams
	 * there, and on a small machine the pool has one thread.
	 */
	private static <T> T elsewhere(Callable<T> action) {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			return invokeAll(executor, List.of(action)).get(0);
		}
		finally {
			executor.shutdown();
		}
	}

	private void assertNestedTurn(ApplicationContext context) {
		List<LedgerEvent> turns = CostwiseRunner.events(context);
		assertThat(turns).hasSize(2);
		LedgerEvent inner = turns.stream()
			.filter((event) -> event.turn().identity().parentTurnId() != null)
			.findFirst()
			.get();
		LedgerEvent outer = turns.stream()
			.filter((event) -> event.turn().identity().parentTurnId() == null)
			.findFirst()
			.get();
		assertThat(inner.turn().identity().parentTurnId()).isEqualTo(outer.turn().id());
		assertThat(inner.turn().attribution().feature()).isEqualTo("tool");
		assertThat(inner.calls()).hasSize(1);
		assertThat(outer.calls()).extracting(CallRecord::purpose)
			.containsExactly(CallRecord.Purpose.ANSWER, CallRecord.Purpose.TOOL_ROUND);
		assertThat(CostwiseRunner.total(context).unmanagedCalls()).isZero();
		assertThat(CostwiseRunner.total(context).unattributedCalls()).isZero();
	}

	private void run(CostwiseRunner.ContextConsumer consumer) {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			consumer.accept(context);
		});
	}

	private static Service service(ApplicationContext context) {
		return context.getBean(Service.class);
	}

	private static CallRecord call(ApplicationContext context) {
		List<CallRecord> calls = CostwiseRunner.calls(context);
		assertThat(calls).hasSize(1);
		return calls.get(0);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	static class Desk {

		@Bean
		Service service(ChatClient.Builder builder) {
			return new Service(builder.build());
		}

		@Bean
		Inner inner(ChatClient.Builder builder) {
			return new Inner(builder.build());
		}

		@Bean
		AskTool askTool(ChatClient.Builder builder) {
			return new AskTool(builder.build());
		}

	}

	static class AskTool {

		private final ChatClient client;

		AskTool(ChatClient client) {
			this.client = client;
		}

		@Tool(description = "Asks another model")
		public @Nullable String ask() {
			return this.client.prompt("inner question").call().content();
		}

	}

	static class Inner {

		private final ChatClient client;

		Inner(ChatClient client) {
			this.client = client;
		}

		@CostOptimized(feature = "inner")
		public void ask() {
			this.client.prompt("Q").call().content();
		}

	}

	static class Service {

		private final ChatClient client;

		Service(ChatClient client) {
			this.client = client;
		}

		@CostOptimized(feature = "blocking", tenant = "#tenant")
		public @Nullable String blocking(String tenant, String question) {
			return this.client.prompt(question).call().content();
		}

		@CostOptimized(feature = "flux")
		public Flux<String> flux(String question) {
			return this.client.prompt(question).stream().content();
		}

		@CostOptimized(feature = "mono")
		public Mono<String> mono(String question) {
			return Mono.fromCallable(() -> this.client.prompt(question).call().content());
		}

		@CostOptimized(feature = "streamBlocked")
		public void streamBlocked(String question) {
			this.client.prompt(question)
				.advisors(MessageChatMemoryAdvisor.builder(MessageWindowChatMemory.builder().build()).build())
				.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, "1"))
				.stream()
				.content()
				.blockLast();
		}

		@Async
		@CostOptimized(feature = "async")
		public CompletableFuture<@Nullable String> async(String question) {
			return CompletableFuture.completedFuture(this.client.prompt(question).call().content());
		}

		@CostOptimized(feature = "propagating")
		public void propagating(String question) {
			ExecutorService executor = Executors.newSingleThreadExecutor();
			CompletableFuture.supplyAsync(() -> this.client.prompt(question).call().content(),
					ContextExecutorService.wrap(executor, () -> ContextSnapshotFactory.builder().build().captureAll()))
				.join();
			executor.shutdown();
		}

		@CostOptimized(feature = "bare")
		public void bare(String question) {
			CompletableFuture.supplyAsync(() -> this.client.prompt(question).call().content()).join();
		}

		@CostOptimized(feature = "outer", tenant = "#tenant")
		public void outer(Inner inner, String tenant) {
			this.client.prompt("Q").call().content();
			inner.ask();
		}

		@CostOptimized(feature = "tool")
		public @Nullable String withTool(AskTool tool) {
			return this.client.prompt("Q").tools(tool).call().content();
		}

		@CostOptimized(feature = "tool")
		public Flux<String> streamWithTool(AskTool tool) {
			return this.client.prompt("Q").tools(tool).stream().content();
		}

	}

}

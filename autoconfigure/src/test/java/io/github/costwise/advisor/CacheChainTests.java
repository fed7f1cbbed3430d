package io.github.costwise.advisor;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.SafeGuardAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.CacheMetadata;
import io.github.costwise.CostCache;
import io.github.costwise.CostScope;
import io.github.costwise.Money;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.model.TurnRecord.CacheOutcome;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The response cache in the chain of real clients.
 */
@Tag("chain")
class CacheChainTests {

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("model", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
		.withPropertyValues("costwise.policies.default.cache.mode=enforce");

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void sameQuestionIsAnsweredWithoutACall() {
		this.provider.enqueue(Answer.text("Paris"));
		run((context) -> {
			ChatResponse first = ask(context, "acme", "What is the capital of France?");
			ChatResponse second = ask(context, "acme", "What is the  capital of France? ");
			assertThat(text(second)).isEqualTo("Paris");
			assertThat(this.provider.requests()).hasSize(1);
			assertThat(first.getMetadata().<String>get(CacheMetadata.HIT)).isNull();
			assertThat(second.getMetadata().<String>get(CacheMetadata.KIND)).isIn("EXACT", "SHARED");
			assertThat(second.getMetadata().getUsage().getTotalTokens()).isZero();
			List<TurnRecord> turns = turns(context);
			assertThat(turns).extracting(TurnRecord::cacheOutcome).containsExactly(CacheOutcome.HIT, CacheOutcome.MISS);
			assertThat(turns.get(0).cost().saved().total()).isEqualTo(turns.get(1).cost().amount())
				.isGreaterThan(Money.ZERO);
			assertThat(turns.get(0).cost().amount()).isEqualTo(Money.ZERO);
		});
	}

	@Test
	void streamsAreStoredAtTheirEndAndReplayed() {
		this.provider.enqueue(Answer.chunks("The capital of France ", "is Paris, and has been ", "for a long time, ",
				"as every child learns at school."));
		run((context) -> {
			List<String> first = stream(context, "acme", "Capital of France?").collectList().block();
			List<String> second = stream(context, "acme", "Capital of France?").collectList().block();
			assertThat(String.join("", second)).isEqualTo(String.join("", first));
			assertThat(second).hasSizeGreaterThan(1);
			assertThat(this.provider.requests()).hasSize(1);
			assertThat(turns(context)).extracting(TurnRecord::cacheOutcome)
				.containsExactly(CacheOutcome.HIT, CacheOutcome.MISS);
		});
	}

	@Test
	void tenantsShareNothing() {
		this.provider.enqueue(Answer.text("one"), Answer.text("two"));
		run((context) -> {
			assertThat(text(ask(context, "acme", "Q?"))).isEqualTo("one");
			assertThat(text(ask(context, "umbrella", "Q?"))).isEqualTo("two");
			assertThat(text(ask(context, "acme", "Q?"))).isEqualTo("one");
		});
	}

	@Test
	void guardBeforeTheModelKeepsTheCacheOut() {
		this.provider.enqueue(Answer.text("one"), Answer.text("two"));
		run((context) -> {
			ChatClient client = client(context).mutate()
				.defaultAdvisors(SafeGuardAdvisor.builder().sensitiveWords(List.of("secret")).build())
				.build();
			assertThat(client.prompt("Q?").call().content()).isEqualTo("one");
			assertThat(client.prompt("Q?").call().content()).isEqualTo("two");
			assertThat(turns(context)).extracting(TurnRecord::cacheOutcome).containsOnly(CacheOutcome.BYPASSED);
		});
	}

	@Test
	void guardThatThePolicyNamesMayBeSkipped() {
		this.provider.enqueue(Answer.text("one"));
		run("costwise.policies.default.cache.safe-advisors=SafeGuardAdvisor", (context) -> {
			ChatClient client = client(context).mutate()
				.defaultAdvisors(SafeGuardAdvisor.builder().sensitiveWords(List.of("secret")).build())
				.build();
			assertThat(client.prompt("Q?").call().content()).isEqualTo("one");
			assertThat(client.prompt("Q?").call().content()).isEqualTo("one");
		});
	}

	@Test
	void offeredToolsKeepTheCacheOutUnlessAllowed() {
		this.provider.enqueue(Answer.text("one"), Answer.text("two"), Answer.tool("look", "{}"), Answer.text("three"));
		run((context) -> {
			ask(context, "acme", "Q?", new Looking());
			assertThat(text(ask(context, "acme", "Q?", new Looking()))).isEqualTo("two");
			assertThat(turns(context)).extracting(TurnRecord::cacheOutcome).containsOnly(CacheOutcome.BYPASSED);
		});
		run("costwise.policies.default.cache.allowed-tools=look", (context) -> {
			assertThat(text(ask(context, "acme", "Q?", new Looking()))).isEqualTo("three");
			assertThat(text(ask(context, "acme", "Q?", new Looking()))).isEqualTo("three");
		});
	}

	@Test
	void memoryRemembersHits() {
		this.provider.enqueue(Answer.text("Paris"));
		run((context) -> {
			MessageWindowChatMemory memory = MessageWindowChatMemory.builder().build();
			ChatClient client = client(context).mutate()
				.defaultAdvisors(MessageChatMemoryAdvisor.builder(memory).build())
				.build();
			for (String conversation : List.of("1", "2")) {
				client.prompt("Capital of France?")
					.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, conversation))
					.call()
					.content();
			}
			assertThat(this.provider.requests()).hasSize(1);
			assertThat(memory.get("2")).extracting((message) -> message.getText())
				.containsExactly("Capital of France?", "Paris");
		});
	}

	@Test
	void burstOfTheSameQuestionMakesOneCall() {
		Semaphore gate = new Semaphore(0);
		this.provider.enqueue(Answer.text("once").gate(gate));
		run((context) -> {
			ExecutorService executor = Executors.newFixedThreadPool(20);
			try {
				List<Future<String>> answers = IntStream.range(0, 20)
					.mapToObj((i) -> executor.submit((Callable<String>) () -> text(ask(context, "acme", "Q?"))))
					.toList();
				gate.release();
				for (Future<String> answer : answers) {
					assertThat(get(answer)).isEqualTo("once");
				}
			}
			finally {
				executor.shutdown();
			}
			assertThat(this.provider.requests()).hasSize(1);
		});
	}

	@Test
	void markedHitIsGone() {
		this.provider.enqueue(Answer.text("wrong"), Answer.text("right"));
		run((context) -> {
			ask(context, "acme", "Q?");
			String hit = ask(context, "acme", "Q?").getMetadata().get(CacheMetadata.HIT);
			context.getBean(CostCache.class).markWrong(hit);
			assertThat(text(ask(context, "acme", "Q?"))).isEqualTo("right");
		});
	}

	@Test
	void withoutConfigurationItOnlyCounts() {
		this.provider.enqueue(Answer.text("one"), Answer.text("two"));
		run("costwise.policies.default.cache.mode=observe", (context) -> {
			ask(context, "acme", "Q?");
			assertThat(text(ask(context, "acme", "Q?"))).isEqualTo("two");
			assertThat(turns(context)).extracting(TurnRecord::cacheOutcome).containsOnly(CacheOutcome.NOT_USED);
		});
	}

	private static String get(Future<String> future) {
		try {
			return future.get();
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void run(CostwiseRunner.ContextConsumer consumer) {
		run("costwise.mode=enforce", consumer);
	}

	private void run(String property, CostwiseRunner.ContextConsumer consumer) {
		this.runner.withPropertyValues(property).run((context) -> {
			assertThat(context).hasNotFailed();
			consumer.accept(context);
		});
	}

	private static ChatClient client(ApplicationContext context) {
		return context.getBean(ChatClient.Builder.class).build();
	}

	private static ChatResponse ask(ApplicationContext context, String tenant, String question, Object... tools) {
		ChatResponse response = scope(tenant)
			.get(() -> client(context).prompt(question).tools(tools).call().chatResponse());
		assertThat(response).isNotNull();
		return response;
	}

	private static Flux<String> stream(ApplicationContext context, String tenant, String question) {
		return scope(tenant).get(() -> client(context).prompt(question).stream().content());
	}

	private static CostScope scope(String tenant) {
		return CostScope.builder().feature("desk").tenant(tenant).build();
	}

	private static @Nullable String text(ChatResponse response) {
		return response.getResult().getOutput().getText();
	}

	private static List<TurnRecord> turns(ApplicationContext context) {
		return CostwiseRunner.events(context).stream().map((event) -> event.turn()).toList();
	}

	static class Looking {

		@Tool(description = "Looks")
		String look() {
			return "seen";
		}

	}

}

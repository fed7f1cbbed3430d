package io.github.costwise.advisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.CostScope;
import io.github.costwise.Tier;
import io.github.costwise.advisor.anthropic.AnthropicAttempts;
import io.github.costwise.advisor.openai.OpenAiAttempts;
import io.github.costwise.model.CallRecord;
import io.github.costwise.spi.CostListener;
import io.github.costwise.spi.UsageLedger.LedgerEvent;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackExchange;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.LoopbackRequest;
import io.github.costwise.testsupport.LoopbackRequest.Protocol;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with the real clients of two providers, both on one server that fails by
 * a script. Each question has a name, so that many can be asked at once.
 */
final class FaultBench implements AutoCloseable {

	static final Duration LIMIT = Duration.ofSeconds(60);

	private static final Pattern NAME = Pattern.compile("question-([a-z0-9-]+)");

	private final LoopbackProvider server = new LoopbackProvider();

	private final BlockingQueue<CallRecord> settled = new LinkedBlockingQueue<>();

	private final List<CallRecord> seen = new ArrayList<>();

	private final ApplicationContextRunner runner;

	FaultBench(Provider... peers) {
		this.runner = targets("standard", peers).apply(CostwiseRunner.create()
			.withBean("server", LoopbackProvider.class, () -> this.server)
			.withBean("settled", CostListener.class, () -> new Settled(this.settled))
			.withUserConfiguration(Models.class)
			.withPropertyValues("costwise.accounting.providers.[127.0.0.1]=openai")
			.withPropertyValues("costwise.chat.default-model=openAi", "costwise.policies.default.routing.mode=enforce",
					"costwise.policies.default.fallback.enabled=true", "costwise.fallback.health.minimum-calls=1000",
					"costwise.fallback.health.window=1000"));
	}

	LoopbackProvider server() {
		return this.server;
	}

	ApplicationContextRunner runner() {
		return this.runner;
	}

	/** Waits until calls have been settled since the last time, and returns them. */
	List<CallRecord> settled(int calls) {
		List<CallRecord> records = new ArrayList<>();
		while (records.size() < calls) {
			try {
				CallRecord next = this.settled.poll(20, TimeUnit.SECONDS);
				assertThat(next).as("call %d of %d", records.size() + 1, calls).isNotNull();
				records.add(next);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return records;
	}

	/**
	 * Waits until a question has a number of settled calls, in the order of their ends.
	 */
	List<CallRecord> settled(String name, int calls) {
		List<CallRecord> found = settledOf(name);
		while (found.size() < calls) {
			this.seen.addAll(settled(1));
			found = settledOf(name);
		}
		return found;
	}

	private List<CallRecord> settledOf(String name) {
		return this.seen.stream().filter((call) -> name.equals(call.attribution().feature())).toList();
	}

	/**
	 * Loads what the first calls load, which may take longer than time-outs of tests.
	 * Leaves no connection open: clients repeat a request in silence when one breaks that
	 * was used before.
	 */
	void warm(ApplicationContext context, boolean streamed) {
		this.server.handler((request) -> {
			boolean fails = name(request).equals("warm-fallback") && request.protocol() == Provider.OPENAI.protocol;
			return (fails ? Answer.error(500) : Answer.text("warm")).header("connection", "close");
		});
		ask(client(context), "warm", streamed);
		ask(client(context), "warm-fallback", streamed);
	}

	static Targets targets(String tier, Provider... providers) {
		return (runner) -> {
			ApplicationContextRunner with = runner;
			for (int i = 0; i < providers.length; i++) {
				String prefix = "costwise.routing.tiers." + tier + ".targets[" + i + "].";
				with = with.withPropertyValues(prefix + "bean=" + providers[i].bean,
						prefix + "model=" + providers[i].model(tier));
			}
			return with;
		};
	}

	static ChatClient client(ApplicationContext context) {
		return context.getBean(ChatClient.Builder.class).build();
	}

	/** Asks in a scope whose feature is the name of the question. */
	static Given ask(ChatClient client, String name, boolean streamed) {
		return scope(name).get(() -> answer(client.prompt("question-" + name), streamed));
	}

	static CostScope scope(String name) {
		return CostScope.builder().feature(name).tier(Tier.STANDARD).build();
	}

	static Given answer(ChatClient.ChatClientRequestSpec prompt, boolean streamed) {
		StringBuilder seen = new StringBuilder();
		try {
			if (streamed) {
				prompt.stream().content().doOnNext(seen::append).blockLast(LIMIT);
			}
			else {
				seen.append(prompt.call().content());
			}
			return new Given(seen.toString(), null);
		}
		catch (RuntimeException ex) {
			return new Given(seen.toString(), ex);
		}
	}

	static String name(LoopbackRequest request) {
		Matcher matcher = NAME.matcher(request.body().toString());
		assertThat(matcher.find()).isTrue();
		return matcher.group(1);
	}

	/** What the server got of a question. */
	List<LoopbackExchange> exchanges(String name) {
		return this.server.exchanges().stream().filter((exchange) -> name(exchange.request()).equals(name)).toList();
	}

	/** The turn of a question; there must be exactly one. */
	static LedgerEvent event(ApplicationContext context, String name) {
		List<LedgerEvent> events = CostwiseRunner.events(context)
			.stream()
			.filter((event) -> name.equals(event.turn().attribution().feature()))
			.toList();
		assertThat(events).as(name).hasSize(1);
		return events.get(0);
	}

	@Override
	public void close() {
		this.server.close();
	}

	/**
	 * What a caller got.
	 *
	 * @param text what it saw of an answer
	 * @param error what it ended with, or {@code null}
	 */
	record Given(String text, @Nullable RuntimeException error) {

	}

	/** Adds targets to a configuration. */
	interface Targets {

		ApplicationContextRunner apply(ApplicationContextRunner runner);

	}

	enum Provider {

		OPENAI("openAi", Protocol.OPENAI, "gpt-5-mini", "gpt-5"),

		ANTHROPIC("anthropic", Protocol.ANTHROPIC, "claude-haiku-4-5", "claude-opus-4-5");

		final String bean;

		final Protocol protocol;

		private final String model;

		private final String premium;

		Provider(String bean, Protocol protocol, String model, String premium) {
			this.bean = bean;
			this.protocol = protocol;
			this.model = model;
			this.premium = premium;
		}

		String model(String tier) {
			return tier.equals("premium") ? this.premium : this.model;
		}

		Provider other() {
			return (this == OPENAI) ? ANTHROPIC : OPENAI;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Models {

		@Bean
		ChatModel openAi(LoopbackProvider server, OpenAiAttempts attempts, @Value("${retries:0}") int retries) {
			return LoopbackModels.openAi(server, (options) -> options.maxRetries(retries).timeout(LIMIT),
					ObservationRegistry.NOOP, List.of(attempts));
		}

		@Bean
		ChatModel anthropic(LoopbackProvider server, AnthropicAttempts attempts, @Value("${retries:0}") int retries) {
			return LoopbackModels.anthropic(server, (options) -> options.maxRetries(retries).timeout(LIMIT),
					ObservationRegistry.NOOP, List.of(attempts));
		}

	}

	record Settled(BlockingQueue<CallRecord> calls) implements CostListener {

		@Override
		public void onCall(CallRecord call) {
			this.calls.add(call);
		}

	}

	static class Tools {

		@Tool
		String time() {
			return "noon";
		}

	}

}

package io.github.costwise.advisor;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientBuilderConfigurer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

import io.github.costwise.advisor.anthropic.AnthropicAttempts;
import io.github.costwise.advisor.openai.OpenAiAttempts;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.Fault;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatRuntimeException;

/**
 * What the clients of OpenAI and Anthropic drop of a usage is taken from the bodies that
 * pass them, in calls and in streams.
 */
@Tag("chain")
class WireUsageChainTests {

	private final LoopbackProvider server = new LoopbackProvider();

	@AfterEach
	void close() {
		this.server.close();
	}

	/** OpenAI, API reference of chat completions, 2026-11: the tier that was used. */
	@Test
	void openAiNamesTheTierThatItServed() {
		String usage = "\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":1000,\"total_tokens\":2000},"
				+ "\"service_tier\":\"flex\"}";
		this.server.enqueue(Answer.text("a").model("gpt-5-nano-2025-08-07").body(chat("gpt-5-nano-2025-08-07", usage)),
				Answer.chunks()
					.events(event(chunk("\"choices\":[" + delta("a", null) + "]}")),
							event(chunk("\"choices\":[" + delta("", "stop") + "]}")),
							event(chunk("\"choices\":[]," + usage)), event("[DONE]")));
		run(OpenAi.class, "openai", (client, context) -> {
			both(client);
			assertThat(calls(context)).hasSize(2).allSatisfy((call) -> {
				assertThat(call.target().serviceTier()).isEqualTo(ServiceTier.FLEX);
				assertThat(call.usage().source()).isEqualTo(UsageSource.REPORTED);
				assertThat(call.price().state()).isEqualTo(PriceState.EXACT);
			});
			assertThat(calls(context).get(0).price().amount()).hasToString("0.000225000 USD");
		});
	}

	/** xAI, usage and pricing of server-side tools, 2026-11. */
	@Test
	void fieldsThatTheClientDoesNotKnowAreRead() {
		String usage = "\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":100,\"total_tokens\":1100,"
				+ "\"server_side_tool_usage_details\":{\"web_search_calls\":2,\"x_search_calls\":1}}}";
		this.server.enqueue(Answer.text("a").body(chat("grok-4.5", usage)), Answer.chunks()
			.events(event(chunk("\"choices\":[" + delta("a", "stop") + "]," + usage)), event("[DONE]")));
		run(OpenAi.class, "xai", (client, context) -> {
			both(client);
			assertThat(calls(context)).hasSize(2)
				.allSatisfy((call) -> assertThat(call.usage().tokens().get(BilledUnit.WEB_SEARCH)).isEqualTo(3));
		});
	}

	/**
	 * Moonshot (2025-11) puts the usage of a stream into its last choice, Groq (2025-06)
	 * aside.
	 */
	@Test
	void aUsageThatTheClientDoesNotFindIsRead() {
		String usage = "\"usage\":{\"prompt_tokens\":19,\"completion_tokens\":21,\"total_tokens\":40}";
		this.server.enqueue(
				Answer.chunks()
					.events(event(chunk("\"choices\":[" + delta("a", null) + "]}")),
							event(chunk("\"choices\":[{\"index\":0," + "\"delta\":{},\"finish_reason\":\"stop\","
									+ usage + "}]}")),
							event("[DONE]")),
				Answer.chunks()
					.events(event(chunk("\"choices\":[" + delta("a", null) + "]}")), event(chunk(
							"\"choices\":[" + delta("", "stop") + "],\"x_groq\":{\"id\":\"req\"," + usage + "}}")),
							event("[DONE]")));
		run(OpenAi.class, "openai", (client, context) -> {
			stream(client);
			stream(client);
			assertThat(calls(context)).hasSize(2).allSatisfy((call) -> {
				assertThat(call.usage().tokens()).hasToString("{INPUT=19, OUTPUT=21}");
				assertThat(call.usage().source()).isEqualTo(UsageSource.REPORTED);
			});
		});
	}

	/** vLLM, continuous usage statistics, 2025-09: every chunk has the counts so far. */
	@Test
	void usageInEveryChunkCountsOnce() {
		this.server.enqueue(Answer.chunks()
			.events(event(chunk("\"choices\":[" + delta("a", null) + "]," + usage(20, 1))),
					event(chunk("\"choices\":[" + delta("b", "stop") + "]," + usage(20, 2))),
					event(chunk("\"choices\":[]," + usage(20, 2))), event(chunk("\"choices\":[]," + usage(20, 2))),
					event("[DONE]")));
		run(OpenAi.class, "openai", (client, context) -> {
			stream(client);
			assertThat(only(context).usage().tokens()).hasToString("{INPUT=20, OUTPUT=2}");
			assertThat(only(context).price().state()).isEqualTo(PriceState.EXACT);
		});
	}

	/** Anthropic, streaming of messages, 2026-11: what only the first event tells. */
	@Test
	void whatTheFirstEventOfAStreamTellsIsKept() {
		this.server
			.enqueue(Answer.chunks()
				.events(claude("\"cache_creation_input_tokens\":1733,"
						+ "\"cache_read_input_tokens\":512,\"cache_creation\":{\"ephemeral_5m_input_tokens\":1000,"
						+ "\"ephemeral_1h_input_tokens\":733},\"service_tier\":\"standard\",", "\"output_tokens\":5")));
		run(Anthropic.class, "anthropic", (client, context) -> {
			assertThat(stream(client)).isEqualTo("The answer is 42.");
			assertThat(only(context).usage().tokens())
				.hasToString("{INPUT=10, CACHE_READ=512, CACHE_WRITE_5M=1000, CACHE_WRITE_1H=733, OUTPUT=5}");
			assertThat(only(context).usage().source()).isEqualTo(UsageSource.REPORTED);
			assertThat(only(context).price().state()).isEqualTo(PriceState.EXACT);
		});
	}

	/** Anthropic, data residency, 2026-02: the region that served, in its first event. */
	@Test
	void theRegionThatServedIsSeenInStreamsToo() {
		this.server.enqueue(Answer.chunks().events(claude("\"inference_geo\":\"us\",", "\"output_tokens\":5")));
		run(Anthropic.class, "anthropic", (client, context) -> {
			stream(client);
			assertThat(only(context).price().state()).isEqualTo(PriceState.ESTIMATED);
		});
	}

	@Test
	void aCancelledStreamKeepsWhatItsFirstEventTold() {
		Semaphore gate = new Semaphore(3);
		this.server.enqueue(
				Answer.chunks().events(claude("\"cache_read_input_tokens\":5120,", "\"output_tokens\":50")).gate(gate));
		run(ImpatientAnthropic.class, "anthropic", (client, context) -> {
			assertThat(client.prompt("Q").stream().content().doFinally((signal) -> gate.release(100)).blockFirst())
				.isEqualTo("The answer is 42.");
			CallRecord call = only(context);
			assertThat(call.outcome()).isEqualTo(Outcome.CANCELLED);
			assertThat(call.usage().tokens().get(BilledUnit.INPUT)).isEqualTo(10);
			assertThat(call.usage().tokens().get(BilledUnit.CACHE_READ)).isEqualTo(5120);
			assertThat(call.usage().tokens().outputTokens()).isBetween(4L, 10L);
			assertThat(call.usage().source()).isEqualTo(UsageSource.PARTLY_ESTIMATED);
			assertThat(call.price().state()).isEqualTo(PriceState.ESTIMATED);
		});
	}

	@Test
	void aStreamThatBreaksBeforeItsTextKeepsWhatItsFirstEventTold() {
		this.server.enqueue(Answer.chunks()
			.events(claude("\"cache_read_input_tokens\":5120,", "\"output_tokens\":50"))
			.fault(Fault.cutAfter(1)));
		run(Anthropic.class, "anthropic", (client, context) -> {
			assertThatRuntimeException().isThrownBy(() -> stream(client));
			assertThat(only(context).usage().tokens().get(BilledUnit.CACHE_READ)).isEqualTo(5120);
			assertThat(only(context).price().state()).isEqualTo(PriceState.ESTIMATED);
		});
	}

	/** An advisor of the application may send requests of its own on the same thread. */
	@Test
	void theUsageOfAnotherRequestIsNotTakenForThatOfTheCall() {
		this.server.enqueue(Answer.text("before").id("r1").usage("{\"input_tokens\":1,\"output_tokens\":1}"),
				Answer.text("answer").id("r2").usage("{\"input_tokens\":20,\"output_tokens\":2}"),
				Answer.text("after").id("r3").usage("{\"input_tokens\":300,\"output_tokens\":3}"));
		run(Anthropic.class, "anthropic", (client, context) -> {
			ChatModel model = context.getBean(ChatModel.class);
			ChatClient judging = client.mutate().defaultAdvisors(new Judging(model)).build();
			assertThat(judging.prompt("Q").call().content()).isEqualTo("answer");
			assertThat(only(context).usage().tokens()).hasToString("{INPUT=20, OUTPUT=2}");
		});
	}

	@Test
	void aStreamIsReadWhereverItIsCut() {
		String text = String.join("", claude("\"cache_read_input_tokens\":512,", "\"output_tokens\":5"));
		run(Anthropic.class, "anthropic", (client, context) -> {
			int requests = 0;
			for (int cut = 1; cut < text.length(); cut += 7) {
				this.server.enqueue(Answer.chunks().events(text.substring(0, cut), text.substring(cut)));
				assertThat(stream(client)).isEqualTo("The answer is 42.");
				requests++;
			}
			assertThat(calls(context)).hasSize(requests)
				.allSatisfy((call) -> assertThat(call.usage().tokens())
					.hasToString("{INPUT=10, CACHE_READ=512, OUTPUT=5}"));
		});
	}

	@Test
	void aLineOfMegabytesPasses() {
		String large = "x".repeat(3_000_000);
		String usage = usage(20, 4);
		this.server.enqueue(Answer.text("a").body(chat("gpt-5-mini", usage).replace("The answer", large)),
				Answer.chunks()
					.events(event(chunk("\"choices\":[" + delta(large, "stop") + "]}")),
							event(chunk("\"choices\":[]," + usage)), event("[DONE]")));
		run(OpenAi.class, "openai", (client, context) -> {
			assertThat(client.prompt("Q").call().content()).hasSizeGreaterThan(3_000_000);
			assertThat(stream(client)).isEqualTo(large);
			assertThat(calls(context)).hasSize(2)
				.allSatisfy((call) -> assertThat(call.usage().tokens()).hasToString("{INPUT=20, OUTPUT=4}"));
		});
	}

	@Test
	void aMalformedBodyFailsAsItDidAndLosesNothingThatWasRead() {
		String body = chat("gpt-5-mini", usage(20, 4));
		this.server.enqueue(Answer.text("a").body(body.substring(0, body.length() - 1)),
				Answer.text("a").body("{\"usage\":{\"prompt_tokens\":"));
		run(OpenAi.class, "openai", (client, context) -> {
			assertThatRuntimeException().isThrownBy(() -> client.prompt("Q").call().content());
			assertThatRuntimeException().isThrownBy(() -> client.prompt("Q").call().content());
			assertThat(calls(context)).extracting(CallRecord::outcome).containsExactly(Outcome.FAILED, Outcome.FAILED);
			assertThat(calls(context).get(0).usage().tokens()).hasToString("{INPUT=20, OUTPUT=4}");
			assertThat(calls(context).get(1).usage().source()).isEqualTo(UsageSource.ESTIMATED);
			assertThat(context.getBean(Faults.class).count(Faults.Kind.USAGE)).isZero();
		});
	}

	/** A body that the client itself asked to be compressed is left unchanged. */
	@ParameterizedTest
	@CsvSource({ "false, REPORTED", "true, ESTIMATED" })
	void compressedBodiesPass(boolean asked, UsageSource source) throws IOException {
		HttpServer gzip = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		gzip.createContext("/", (exchange) -> {
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			exchange.getResponseHeaders().add("Content-Encoding", "gzip");
			exchange.sendResponseHeaders(200, 0);
			try (OutputStream body = new GZIPOutputStream(exchange.getResponseBody())) {
				body.write(chat("gpt-5-mini", usage(20, 4)).getBytes(StandardCharsets.UTF_8));
			}
		});
		gzip.start();
		try {
			String url = "http://127.0.0.1:" + gzip.getAddress().getPort() + "/v1";
			run(OpenAi.class, "openai", (client, context) -> {
				Map<String, String> headers = asked ? Map.of("Accept-Encoding", "gzip") : Map.of();
				ChatModel model = LoopbackModels.openAi(this.server,
						(builder) -> builder.baseUrl(url).customHeaders(headers), ObservationRegistry.NOOP,
						List.of(context.getBean(OpenAiAttempts.class)));
				ChatClient other = context.getBean(ChatClientBuilderConfigurer.class)
					.configure(ChatClient.builder(model))
					.build();
				ask(other);
				assertThat(only(context).usage().source()).isEqualTo(source);
				assertThat(context.getBean(Faults.class).count(Faults.Kind.USAGE)).isZero();
			});
		}
		finally {
			gzip.stop(0);
		}
	}

	private static void ask(ChatClient client) {
		try {
			client.prompt("Q").call().content();
		}
		catch (RuntimeException ex) {
			// What the client cannot read fails, with and without Costwise.
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "costwise.accounting.wire-usage.enabled=false", "costwise.accounting.http-attempts=false" })
	void switchedOffTheClientsWordCounts(String property) {
		this.server.enqueue(Answer.chunks()
			.events(claude(
					"\"cache_creation_input_tokens\":30,\"cache_creation\":" + "{\"ephemeral_1h_input_tokens\":30},",
					"\"output_tokens\":5,\"cache_creation_input_tokens\":30")));
		runner(Anthropic.class, "anthropic").withPropertyValues(property).run((context) -> {
			ChatClient client = context.getBean(ChatClient.Builder.class).build();
			assertThat(stream(client)).isEqualTo("The answer is 42.");
			assertThat(only(context).usage().tokens()).hasToString("{INPUT=10, CACHE_WRITE_5M=30, OUTPUT=5}");
		});
	}

	private static String chat(String model, String rest) {
		return "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"" + model
				+ "\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"The answer is 42.\"},"
				+ "\"finish_reason\":\"stop\"}]," + rest;
	}

	private static String chunk(String rest) {
		return "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-5-mini\"," + rest;
	}

	private static String delta(String text, String finishReason) {
		return "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"" + text + "\"},\"finish_reason\":"
				+ ((finishReason != null) ? '"' + finishReason + '"' : "null") + "}";
	}

	private static String usage(int prompt, int completion) {
		return "\"usage\":{\"prompt_tokens\":" + prompt + ",\"completion_tokens\":" + completion + ",\"total_tokens\":"
				+ (prompt + completion) + "}}";
	}

	private static String event(String data) {
		return "data: " + data + "\n\n";
	}

	static String[] claude(String start, String delta) {
		List<String> events = new ArrayList<>();
		events.add("{\"type\":\"message_start\",\"message\":{\"id\":\"m1\",\"type\":\"message\",\"role\":\"assistant\","
				+ "\"model\":\"claude-sonnet-4-5-20250929\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
				+ "\"usage\":{" + start + "\"input_tokens\":10,\"output_tokens\":1}}}");
		events
			.add("{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}");
		events.add("{\"type\":\"content_block_delta\",\"index\":0,"
				+ "\"delta\":{\"type\":\"text_delta\",\"text\":\"The answer is 42.\"}}");
		events.add("{\"type\":\"content_block_stop\",\"index\":0}");
		events.add("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
				+ "\"usage\":{" + delta + "}}");
		events.add("{\"type\":\"message_stop\"}");
		return events.stream()
			.map((data) -> "event: " + data.substring(9, data.indexOf('"', 9)) + "\ndata: " + data + "\n\n")
			.toArray(String[]::new);
	}

	private static void both(ChatClient client) {
		client.prompt("Q").call().content();
		stream(client);
	}

	private static String stream(ChatClient client) {
		return String.join("", client.prompt("Q").stream().content().collectList().block(Duration.ofSeconds(20)));
	}

	private static List<CallRecord> calls(ApplicationContext context) {
		return CostwiseRunner.calls(context);
	}

	private static CallRecord only(ApplicationContext context) {
		assertThat(calls(context)).hasSize(1);
		return calls(context).get(0);
	}

	private ApplicationContextRunner runner(Class<?> models, String provider) {
		return CostwiseRunner.create()
			.withUserConfiguration(models)
			.withBean("server", LoopbackProvider.class, () -> this.server)
			.withPropertyValues("costwise.accounting.providers.[127.0.0.1]=" + provider);
	}

	private void run(Class<?> models, String provider, Scenario test) {
		runner(models, provider)
			.run((context) -> test.accept(context.getBean(ChatClient.Builder.class).build(), context));
	}

	@Configuration(proxyBeanMethods = false)
	static class OpenAi {

		@Bean
		ChatModel model(LoopbackProvider server, OpenAiAttempts attempts) {
			return LoopbackModels.openAi(server, (options) -> options, ObservationRegistry.NOOP, List.of(attempts));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Anthropic {

		@Bean
		ChatModel model(LoopbackProvider server, ObjectProvider<AnthropicAttempts> attempts) {
			return LoopbackModels.anthropic(server, (options) -> options, ObservationRegistry.NOOP,
					List.copyOf(attempts.stream().toList()));
		}

	}

	/** Its client does not let go of a stream that it waits for before the time is up. */
	@Configuration(proxyBeanMethods = false)
	static class ImpatientAnthropic {

		@Bean
		ChatModel model(LoopbackProvider server, AnthropicAttempts attempts) {
			return LoopbackModels.anthropic(server, (options) -> options.timeout(Duration.ofSeconds(5)),
					ObservationRegistry.NOOP, List.of(attempts));
		}

	}

	/** Asks the model by itself, before and after each call. */
	private record Judging(ChatModel model) implements CallAdvisor {

		@Override
		public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
			this.model.call("before?");
			ChatClientResponse response = chain.nextCall(request);
			this.model.call("after?");
			return response;
		}

		@Override
		public String getName() {
			return "judging";
		}

		@Override
		public int getOrder() {
			return Ordered.LOWEST_PRECEDENCE - 1;
		}

	}

	private interface Scenario {

		void accept(ChatClient client, ApplicationContext context);

	}

}

package io.github.costwise.advisor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.google.genai.Client;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.ProxyOptions;
import com.google.genai.types.ProxyType;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.google.genai.GoogleGenAiChatModel;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.google.genai.common.GoogleGenAiServiceTier;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.advisor.anthropic.AnthropicAttempts;
import io.github.costwise.advisor.openai.OpenAiAttempts;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.PriceReason;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Usage bodies as providers send them, in calls and streams of the real clients: every
 * bucket, the amount to the nano-dollar, its state and its reasons. The bodies follow the
 * documents that {@code usage-and-price.json} names beside each.
 */
@Tag("chain")
class UsageAndPriceChainTests {

	private final LoopbackProvider server = new LoopbackProvider();

	@AfterEach
	void close() {
		this.server.close();
	}

	static Stream<UsageCase> cases() {
		try (InputStream in = UsageAndPriceChainTests.class.getResourceAsStream("usage-and-price.json")) {
			return UsageCase.read(Objects.requireNonNull(in).readAllBytes()).stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource("cases")
	void isBookedAsItIsBilled(UsageCase body) {
		this.server.enqueue(body.call(), body.stream());
		ApplicationContextRunner runner = CostwiseRunner.create()
			.withUserConfiguration(Models.class)
			.withBean(LoopbackProvider.class, () -> this.server)
			.withBean(UsageCase.class, () -> body);
		if (!body.provider().isEmpty()) {
			runner = runner.withPropertyValues("costwise.accounting.providers.[127.0.0.1]=" + body.provider());
		}
		runner.run((context) -> {
			ChatClient client = context.getBean(ChatClient.Builder.class).build();
			assertThat(client.prompt("What is it?").call().content()).isEqualTo("It is 42.");
			assertThat(client.prompt("What is it?").stream().content().collectList().block()).isNotEmpty();
			List<CallRecord> calls = CostwiseRunner.calls(context);
			assertThat(calls).hasSize(2);
			check(calls.get(0), body.expected());
			check(calls.get(1), body.node().has("stream") ? body.node().path("stream") : body.expected());
		});
	}

	private static void check(CallRecord call, JsonNode expected) {
		String seen = call.usage().tokens() + " " + call.price() + " " + call.usage().source() + " "
				+ call.target().provider();
		String form = (call.timing().streamed() ? "stream: " : "call: ") + seen;
		assertThat(call.price().state()).as(form).hasToString(expected.path("state").asString());
		if (expected.path("usage").isString()) {
			assertThat(call.usage().tokens()).as(form).hasToString(expected.path("usage").asString());
			assertThat(call.price().amount().toUsd().toPlainString()).as(form)
				.isEqualTo(expected.path("usd").asString());
		}
		else {
			assertThat(call.usage().tokens().promptTokens()).as(form).isPositive();
			assertThat(call.usage().tokens().outputTokens()).as(form).isPositive();
			assertThat(call.price().amount().nanos()).as(form).isPositive();
		}
		List<String> reasons = call.price().reasons().stream().map(PriceReason::id).sorted().toList();
		List<String> alternatives = new ArrayList<>();
		expected.path("reasons").forEach((reason) -> alternatives.add(reason.asString()));
		assertThat(reasons).as(form).hasSameSizeAs(alternatives);
		for (int i = 0; i < reasons.size(); i++) {
			assertThat(List.of(alternatives.get(i).split("\\|"))).as(form).contains(reasons.get(i));
		}
	}

	/** Addresses of providers are reached through a proxy, which is the server itself. */
	@Configuration(proxyBeanMethods = false)
	static class Models {

		@Bean
		ChatModel model(UsageCase body, LoopbackProvider server, ApplicationContext context) {
			return switch (body.client()) {
				case "openai" -> LoopbackModels.openAi(server, (options) -> openAi(options, body, server),
						ObservationRegistry.NOOP, List.of(context.getBean(OpenAiAttempts.class)));
				case "anthropic" -> LoopbackModels.anthropic(server, (options) -> anthropic(options, body, server),
						ObservationRegistry.NOOP, List.of(context.getBean(AnthropicAttempts.class)));
				default -> google(body, server);
			};
		}

		private static OpenAiChatOptions.Builder openAi(OpenAiChatOptions.Builder options, UsageCase body,
				LoopbackProvider server) {
			options.model(body.model()).serviceTier(body.text("tier")).extraBody(body.extra());
			String host = body.text("host");
			return (host != null) ? options.baseUrl(host).proxy(proxy(server)) : options;
		}

		private static AnthropicChatOptions.Builder anthropic(AnthropicChatOptions.Builder options, UsageCase body,
				LoopbackProvider server) {
			options.model(body.model()).inferenceGeo(body.text("geo"));
			String host = body.text("host");
			return (host != null) ? options.baseUrl(host).proxy(proxy(server)) : options;
		}

		private static Proxy proxy(LoopbackProvider server) {
			URI url = URI.create(server.url());
			return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(url.getHost(), url.getPort()));
		}

		private static ChatModel google(UsageCase body, LoopbackProvider server) {
			String host = body.text("host");
			Client.Builder client = Client.builder()
				.apiKey("test")
				.httpOptions(HttpOptions.builder().baseUrl((host != null) ? host : server.url()).build());
			if (host != null) {
				URI url = URI.create(server.url());
				client.clientOptions(ClientOptions.builder()
					.proxyOptions(ProxyOptions.builder()
						.type(new ProxyType("HTTP"))
						.host(url.getHost())
						.port(url.getPort())
						.build())
					.build());
			}
			return GoogleGenAiChatModel.builder().genAiClient(client.build()).options(options(body)).build();
		}

		private static GoogleGenAiChatOptions options(UsageCase body) {
			@Nullable String tier = body.text("tier");
			return GoogleGenAiChatOptions.builder()
				.model(body.model())
				.serviceTier((tier != null) ? GoogleGenAiServiceTier.valueOf(tier) : null)
				.googleSearchRetrieval(body.is("search"))
				.build();
		}

	}

}

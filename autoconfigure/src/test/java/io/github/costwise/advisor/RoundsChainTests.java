package io.github.costwise.advisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.Money;
import io.github.costwise.advisor.anthropic.AnthropicAttempts;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Coverage;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rounds that Anthropic makes for one answer are billed one by one, in calls and in
 * streams.
 */
@Tag("chain")
class RoundsChainTests {

	private final LoopbackProvider server = new LoopbackProvider();

	@AfterEach
	void close() {
		this.server.close();
	}

	/**
	 * Anthropic, advisor tool, 2026-11: the advisor's tokens are billed at its own rates.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aRoundOfAnotherModelIsACallOfItsOwn(boolean streamed) {
		enqueue("claude-sonnet-5", "\"input_tokens\":60,\"cache_read_input_tokens\":120000,"
				+ "\"cache_creation_input_tokens\":0,\"output_tokens\":900,\"iterations\":["
				+ "{\"type\":\"message\",\"input_tokens\":30,\"cache_read_input_tokens\":60000,\"output_tokens\":300},"
				+ "{\"type\":\"advisor_message\",\"model\":\"claude-opus-5\",\"input_tokens\":61000,"
				+ "\"cache_read_input_tokens\":0,\"output_tokens\":700},"
				+ "{\"type\":\"message\",\"input_tokens\":30,\"cache_read_input_tokens\":60000,\"output_tokens\":600}]");
		run(streamed, (context) -> {
			List<CallRecord> calls = CostwiseRunner.calls(context);
			assertThat(calls).extracting((call) -> call.target().answeredModel())
				.containsExactlyInAnyOrder("claude-sonnet-5", "claude-opus-5");
			assertThat(calls).extracting((call) -> call.price().state()).containsOnly(PriceState.EXACT);
			assertThat(calls).extracting(CallRecord::turnId).containsOnly(calls.get(0).turnId());
			assertThat(calls).extracting(CallRecord::id).doesNotHaveDuplicates();
			assertThat(sum(calls)).isEqualTo(Money.ofNanos(355_620_000));
			TurnRecord turn = CostwiseRunner.events(context).get(0).turn();
			assertThat(turn.cost().amount()).isEqualTo(sum(calls));
			assertThat(turn.cost().calls()).isEqualTo(2);
		});
	}

	/**
	 * Anthropic, advisor tool, 2026-11, and models and their aliases, 2026-11. Each row
	 * has the model that answers, its rounds, and the calls that they are.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					a cheap adviser    | claude-opus-5    | message::1000:100 advisor_message:claude-haiku-4-5:5000:200                               | claude-haiku-4-5 0.006000000 EXACT, claude-opus-5 0.007500000 EXACT
					two advisers       | claude-haiku-4-5 | message::1000:100 advisor_message:claude-opus-5:2000:300 advisor_message:claude-sonnet-5:400:50 | claude-haiku-4-5 0.001500000 EXACT, claude-opus-5 0.017500000 EXACT, claude-sonnet-5 0.001300000 EXACT
					asked twice        | claude-haiku-4-5 | message::1000:100 advisor_message:claude-opus-5:2000:300 message::500:50 advisor_message:claude-opus-5:2500:10 | claude-haiku-4-5 0.002250000 EXACT, claude-opus-5 0.012750000 EXACT, claude-opus-5 0.017500000 EXACT
					a dated name       | claude-haiku-4-5 | message:claude-haiku-4-5-20251001:1000:100 advisor_message:claude-haiku-4-5-20251001:10:1 | claude-haiku-4-5 0.001515000 EXACT
					a long prompt      | claude-haiku-4-5 | message::1000:100 advisor_message:claude-sonnet-4-5:300000:100                            | claude-haiku-4-5 0.001500000 EXACT, claude-sonnet-4-5 1.802250000 EXACT
					an unknown adviser | claude-haiku-4-5 | message::1000:100 advisor_message:claude-nobody:2000:300                                  | claude-haiku-4-5 0.001500000 EXACT, claude-nobody 0.000000000 UNKNOWN
					a compaction       | claude-opus-5    | compaction:claude-haiku-4-5:180000:3500 message::1000:100                                 | claude-haiku-4-5 0.197500000 EXACT, claude-opus-5 0.007500000 EXACT
					""")
	void roundsOfOtherModelsAreBilledByTheirOwnRates(String what, String model, String rounds, String expected) {
		enqueue(model, usage(rounds));
		enqueue(model, usage(rounds));
		runner(Anthropic.class).run((context) -> {
			ChatClient client = context.getBean(ChatClient.Builder.class).build();
			for (boolean streamed : new boolean[] { false, true }) {
				assertThat(ask(client, streamed)).isEqualTo("The answer is 42.");
				List<CallRecord> calls = CostwiseRunner.calls(context)
					.stream()
					.filter((call) -> call.timing().streamed() == streamed)
					.toList();
				assertThat(calls.stream().map(RoundsChainTests::line).sorted().collect(Collectors.joining(", ")))
					.as("%s, streamed: %s", what, streamed)
					.isEqualTo(expected);
				assertThat(CostwiseRunner.events(context).get(0).turn().cost().amount()).isEqualTo(sum(calls));
			}
		});
	}

	private static String line(CallRecord call) {
		return call.target().answeredModel() + " " + call.price().amount().toUsd().toPlainString() + " "
				+ call.price().state();
	}

	/** The totals are those of the messages, as Anthropic counts them. */
	private static String usage(String rounds) {
		List<String> written = new ArrayList<>();
		int input = 0;
		int output = 0;
		for (String round : rounds.split(" ")) {
			String[] parts = round.split(":");
			if (parts[0].equals("message")) {
				input += Integer.parseInt(parts[2]);
				output += Integer.parseInt(parts[3]);
			}
			written
				.add("{\"type\":\"" + parts[0] + "\"," + (parts[1].isEmpty() ? "" : "\"model\":\"" + parts[1] + "\",")
						+ "\"input_tokens\":" + parts[2] + ",\"output_tokens\":" + parts[3] + "}");
		}
		return "\"input_tokens\":" + input + ",\"output_tokens\":" + output + ",\"iterations\":["
				+ String.join(",", written) + "]";
	}

	/** Anthropic, compaction, 2026-01: its round is not contained in the totals. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aCompactionIsBilledBesideTheTotals(boolean streamed) {
		enqueue("claude-sonnet-5",
				"\"input_tokens\":45000,\"output_tokens\":1234,\"iterations\":["
						+ "{\"type\":\"compaction\",\"input_tokens\":180000,\"output_tokens\":3500},"
						+ "{\"type\":\"message\",\"input_tokens\":45000,\"output_tokens\":1234}]");
		run(streamed, (context) -> {
			assertThat(CostwiseRunner.calls(context)).hasSize(1);
			CallRecord call = CostwiseRunner.calls(context).get(0);
			assertThat(call.usage().tokens()).hasToString("{INPUT=225000, OUTPUT=4734}");
			assertThat(call.price().state()).isEqualTo(PriceState.EXACT);
			assertThat(call.price().amount()).isEqualTo(Money.ofNanos(225_000L * 2000 + 4734 * 10_000));
		});
	}

	/**
	 * Anthropic, long context, 2025-08: above 200,000 tokens of one request, 6 and 22.5
	 * USD.
	 */
	@ParameterizedTest
	@CsvSource({ "false, 150000, EXACT, 900000000", "true, 150000, EXACT, 900000000",
			"false, 150001, ESTIMATED, 1800000000", "true, 150001, ESTIMATED, 1800000000" })
	void theLongContextTierIsChosenForEachRound(boolean streamed, int first, PriceState state, long nanos) {
		enqueue("claude-sonnet-4-5",
				"\"input_tokens\":300000,\"output_tokens\":10,\"iterations\":["
						+ "{\"type\":\"message\",\"input_tokens\":" + first + ",\"output_tokens\":5},"
						+ "{\"type\":\"message\",\"input_tokens\":150000,\"output_tokens\":5}]");
		run(streamed, (context) -> {
			CallRecord call = CostwiseRunner.calls(context).get(0);
			assertThat(call.usage().tokens()).hasToString("{INPUT=300000, OUTPUT=10}");
			assertThat(call.price().state()).isEqualTo(state);
			assertThat(call.price().input()).isEqualTo(Money.ofNanos(nanos));
		});
	}

	@Test
	void aCallPastTheAdvisorsIsBilledByItsRoundsToo() {
		enqueue("claude-sonnet-5", "\"input_tokens\":60,\"output_tokens\":900,\"iterations\":["
				+ "{\"type\":\"message\",\"input_tokens\":60,\"output_tokens\":900},"
				+ "{\"type\":\"advisor_message\",\"model\":\"claude-opus-5\",\"input_tokens\":61000,\"output_tokens\":700}]");
		runner(Observed.class).run((context) -> {
			context.getBean(ChatModel.class).call(new Prompt("Q"));
			List<CallRecord> calls = CostwiseRunner.calls(context);
			assertThat(calls).extracting((call) -> call.ending().coverage()).containsOnly(Coverage.UNMANAGED);
			assertThat(calls).extracting((call) -> call.target().answeredModel() + " " + call.usage().tokens())
				.containsExactlyInAnyOrder("claude-sonnet-5 {INPUT=60, OUTPUT=900}",
						"claude-opus-5 {INPUT=61000, OUTPUT=700}");
			assertThat(sum(calls)).isEqualTo(Money.ofNanos(60 * 2000 + 900 * 10_000 + 61_000L * 5000 + 700 * 25_000));
		});
	}

	private static Money sum(List<CallRecord> calls) {
		return calls.stream().map((call) -> call.price().amount()).reduce(Money.ZERO, Money::plus);
	}

	private void enqueue(String model, String usage) {
		this.server.enqueue(Answer.chunks("The answer ", "is 42.").model(model).usage("{" + usage + "}"));
	}

	private void run(boolean streamed, Scenario test) {
		runner(Anthropic.class).run((context) -> {
			ChatClient client = context.getBean(ChatClient.Builder.class).build();
			assertThat(ask(client, streamed)).isEqualTo("The answer is 42.");
			test.accept(context);
		});
	}

	private ApplicationContextRunner runner(Class<?> models) {
		return CostwiseRunner.create()
			.withUserConfiguration(models)
			.withBean("server", LoopbackProvider.class, () -> this.server)
			.withPropertyValues("costwise.accounting.providers.[127.0.0.1]=anthropic");
	}

	private static String ask(ChatClient client, boolean streamed) {
		return streamed
				? String.join("", client.prompt("Q").stream().content().collectList().block(Duration.ofSeconds(20)))
				: client.prompt("Q").call().content();
	}

	@Configuration(proxyBeanMethods = false)
	static class Anthropic {

		@Bean
		ChatModel model(LoopbackProvider server, AnthropicAttempts attempts) {
			return LoopbackModels.anthropic(server, (options) -> options, ObservationRegistry.NOOP, List.of(attempts));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Observed {

		@Bean
		ChatModel model(LoopbackProvider server, ObservationRegistry observations) {
			return LoopbackModels.anthropic(server, (options) -> options, observations, List.of());
		}

	}

	private interface Scenario {

		void accept(ApplicationContext context);

	}

}

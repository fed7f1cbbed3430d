package io.github.costwise.accounting.usage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.metadata.DefaultUsage;

import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.PriceReason;
import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;
import io.github.costwise.spi.UsageNormalizer.UsageContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link Iterations} and for the usage and rounds that are made of them. */
@Tag("unit")
class IterationsTests {

	private static final UsageContext CONTEXT = new UsageContext("anthropic", "claude-sonnet-5", false, false);

	private final UsageNormalizers normalizers = new UsageNormalizers(List.of(), new Faults());

	@Test
	void anAnswerWithoutRoundsIsOne() {
		assertThat(rounds(body(10, 5))).isEqualTo(UsageRounds.NONE);
		assertThat(rounds(body(10, 5, round("message", null, 10, 5)))).isEqualTo(UsageRounds.NONE);
		assertThat(usage(body(10, 5, round("message", null, 10, 5))).source()).isEqualTo(UsageSource.REPORTED);
	}

	@Test
	void roundsOfTheAnswerArePricedOneByOne() {
		Map<String, Object> body = body(30, 15, round("message", null, 10, 5), round("message", null, 20, 10));
		assertThat(rounds(body).own()).extracting((round) -> round.usage().toString())
			.startsWith("{INPUT=10, OUTPUT=5}", "{INPUT=20, OUTPUT=10}");
		assertThat(usage(body).usage()).hasToString("{INPUT=30, OUTPUT=15}");
		assertThat(usage(body).source()).isEqualTo(UsageSource.REPORTED);
	}

	@Test
	void aCompactionComesOnTopOfTheTotals() {
		Map<String, Object> body = body(23, 10, round("compaction", null, 180, 35), round("message", null, 23, 10));
		assertThat(rounds(body).own()).extracting((round) -> round.usage().promptTokens()).startsWith(23L, 180L);
		assertThat(usage(body).usage()).hasToString("{INPUT=203, OUTPUT=45}");
		assertThat(usage(body).source()).isEqualTo(UsageSource.REPORTED);
	}

	@Test
	void totalsThatContainTheCompactionAreNotCountedTwice() {
		Map<String, Object> body = body(203, 45, round("compaction", null, 180, 35), round("message", null, 23, 10));
		assertThat(usage(body).usage()).hasToString("{INPUT=203, OUTPUT=45}");
		assertThat(rounds(body).own()).extracting((round) -> round.usage().promptTokens()).startsWith(180L, 23L);
	}

	@Test
	void aRoundOfAnotherModelIsNoPartOfTheUsage() {
		Map<String, Object> body = body(30, 15, round("message", null, 10, 5),
				round("advisor_message", "claude-opus-5", 6100, 700),
				round("message", "claude-sonnet-5-20260901", 20, 10));
		assertThat(usage(body).usage()).hasToString("{INPUT=30, OUTPUT=15}");
		assertThat(usage(body).source()).isEqualTo(UsageSource.REPORTED);
		assertThat(rounds(body).others()).hasSize(1);
		assertThat(rounds(body).others().get(0).model()).isEqualTo("claude-opus-5");
		assertThat(rounds(body).others().get(0).used().usage()).hasToString("{INPUT=6100, OUTPUT=700}");
	}

	@Test
	void aRoundOfAnotherModelThatTheTotalsContainIsTakenOut() {
		Map<String, Object> body = body(30, 15, round("message", null, 10, 5),
				round("message", "claude-haiku-4-5", 20, 10));
		assertThat(usage(body).usage()).hasToString("{INPUT=10, OUTPUT=5}");
		assertThat(rounds(body).others().get(0).used().usage()).hasToString("{INPUT=20, OUTPUT=10}");
	}

	@Test
	void roundsThatDoNotMakeUpTheTotalsAreKnownAsOneSum() {
		Map<String, Object> body = body(31, 15, round("message", null, 10, 5), round("message", null, 20, 10));
		assertThat(rounds(body).own()).isEmpty();
		assertThat(usage(body).usage()).hasToString("{INPUT=31, OUTPUT=15}");
		assertThat(usage(body).source()).isEqualTo(UsageSource.PARTLY_ESTIMATED);
		Map<String, Object> mixed = body(31, 15, round("message", null, 10, 5),
				round("message", "claude-opus-5", 20, 10));
		assertThat(usage(mixed).usage()).hasToString("{INPUT=31, OUTPUT=15}");
		assertThat(usage(mixed).source()).isEqualTo(UsageSource.PARTLY_ESTIMATED);
		assertThat(rounds(mixed)).isEqualTo(UsageRounds.NONE);
	}

	@Test
	void aRoundOfAnUnknownKindMayBeOfAnotherModel() {
		Map<String, Object> body = body(10, 5, round("message", null, 10, 5), round("advisor_message", null, 20, 10));
		assertThat(usage(body).usage()).hasToString("{INPUT=30, OUTPUT=15}");
		assertThat(usage(body).source()).isEqualTo(UsageSource.PARTLY_ESTIMATED);
	}

	@Test
	void feesAreNoPartOfAnyRound() {
		Map<String, Object> body = body(30, 15, round("message", null, 10, 5), round("message", null, 20, 10));
		body.put("server_tool_use", Map.of("web_search_requests", 2));
		assertThat(usage(body).usage()).hasToString("{INPUT=30, OUTPUT=15, WEB_SEARCH=2}");
		assertThat(rounds(body).own()).extracting((round) -> round.usage().toString())
			.containsExactly("{INPUT=10, OUTPUT=5}", "{INPUT=20, OUTPUT=10}", "{WEB_SEARCH=2}");
	}

	@Test
	void oddRoundsAreSafe() {
		Map<String, Object> body = body(10, 5);
		for (Object odd : List.of("x", 5, List.of(), List.of("x", 7), List.of(Map.of()), Map.of("type", "message"),
				List.of(Map.of("input_tokens", "many", "model", 7)), List.of(Map.of("input_tokens", -5)))) {
			body.put("iterations", odd);
			assertThat(usage(body).usage().promptTokens()).isGreaterThanOrEqualTo(10);
			assertThat(rounds(body)).isNotNull();
		}
	}

	@Test
	void otherNamesOfTheModelAreNoOtherModel() {
		for (String name : List.of("claude-sonnet-5-20260901", "claude-sonnet-5@20260901", "claude-sonnet-5-latest",
				"anthropic/claude-sonnet-5", "us.anthropic.claude-sonnet-5-v1:0")) {
			Map<String, Object> body = body(30, 15, round("message", name, 10, 5), round("message", name, 20, 10));
			assertThat(rounds(body).others()).as(name).isEmpty();
			assertThat(rounds(body).own()).as(name).hasSize(3);
			assertThat(usage(body).usage()).as(name).hasToString("{INPUT=30, OUTPUT=15}");
		}
	}

	@Test
	void oneRoundOfAnotherModelInABodyOfAnotherFormMayBeBilledBesideIt() {
		for (String name : List.of("claude-opus-5", "claude-sonnet-5")) {
			NormalizedUsage normalized = usage(new LinkedHashMap<>(Map.of("prompt_tokens", 10, "completion_tokens", 5,
					"iterations", List.of(round("advisor_message", name, 6100, 700)))));
			assertThat(normalized.reasons().contains(PriceReason.ROUNDS_SUMMED)).as(name)
				.isEqualTo(name.equals("claude-opus-5"));
		}
	}

	@Test
	void roundsInABodyOfAnotherFormAreASum() {
		NormalizedUsage normalized = usage(new LinkedHashMap<>(Map.of("prompt_tokens", 30, "completion_tokens", 15,
				"iterations", List.of(round("message", null, 10, 5), round("message", null, 20, 10)))));
		assertThat(normalized.source()).isEqualTo(UsageSource.PARTLY_ESTIMATED);
	}

	private NormalizedUsage usage(Map<String, Object> body) {
		return this.normalizers.normalize(new DefaultUsage(0, 0, 0, body), CONTEXT);
	}

	private UsageRounds rounds(Map<String, Object> body) {
		return this.normalizers.rounds(new DefaultUsage(0, 0, 0, body), CONTEXT);
	}

	@SafeVarargs
	private static Map<String, Object> body(int input, int output, Map<String, Object>... rounds) {
		Map<String, Object> body = new LinkedHashMap<>(Map.of("input_tokens", input, "output_tokens", output));
		if (rounds.length > 0) {
			body.put("iterations", new ArrayList<>(List.of(rounds)));
		}
		return body;
	}

	private static Map<String, Object> round(String type, @Nullable String model, int input, int output) {
		Map<String, Object> round = new LinkedHashMap<>(
				Map.of("type", type, "input_tokens", input, "output_tokens", output));
		if (model != null) {
			round.put("model", model);
		}
		return round;
	}

}

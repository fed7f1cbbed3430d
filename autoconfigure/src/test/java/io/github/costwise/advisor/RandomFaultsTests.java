package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.CostScope;
import io.github.costwise.Tier;
import io.github.costwise.advisor.FaultBench.Given;
import io.github.costwise.advisor.FaultBench.Provider;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.Fault;
import io.github.costwise.testsupport.Fault.Point;
import io.github.costwise.testsupport.LoopbackExchange;
import io.github.costwise.testsupport.LoopbackRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random faults at random targets: whatever happens, a turn has one end, its ledger is
 * what the server saw, nothing goes to a cheaper tier, and all of it happens again.
 */
@Timeout(300)
@Tag("chain")
class RandomFaultsTests {

	private static final int TURNS = 60;

	private static final List<String> TIERS = List.of("light", "standard", "premium");

	private static final Map<Provider, List<String>> MODELS = Map.of(Provider.OPENAI,
			List.of("gpt-5-nano", "gpt-5-mini", "gpt-5"), Provider.ANTHROPIC,
			List.of("claude-haiku-4-5", "claude-sonnet-4-5", "claude-opus-4-5"));

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5 })
	void turnsEndOnceAndTheLedgerIsWhatTheServerSaw(long seed) {
		List<String> first = run(seed);
		assertThat(first).hasSize(TURNS);
		assertThat(run(seed)).isEqualTo(first);
	}

	private static List<String> run(long seed) {
		Table table = new Table(new Random(seed));
		List<String> turns = new ArrayList<>();
		try (FaultBench bench = new FaultBench()) {
			Script script = new Script(seed);
			bench.server().handler(script::answer);
			table.configure(bench.runner()).run((context) -> {
				Random random = new Random(seed + 1);
				for (int i = 0; i < TURNS; i++) {
					turns.add(turn(bench, context, table, new Ask("t" + i, random)));
				}
			});
		}
		return turns;
	}

	private static String turn(FaultBench bench, ApplicationContext context, Table table, Ask ask) {
		ChatClient client = FaultBench.client(context);
		Given given = CostScope.builder()
			.feature(ask.name)
			.tier(table.tiers().get(ask.draw % table.tiers().size()))
			.build()
			.get(() -> {
				ChatClient.ChatClientRequestSpec prompt = client.prompt("question-" + ask.name);
				return FaultBench.answer(ask.tools ? prompt.tools(new FaultBench.Tools()) : prompt, ask.streamed);
			});
		List<LoopbackExchange> exchanges = bench.exchanges(ask.name);
		List<CallRecord> calls = FaultBench.event(context, ask.name).calls();
		verifyEnd(ask, given, exchanges);
		verifyLedger(ask, exchanges, calls);
		verifyLevels(ask, table, exchanges);
		return ask.name + " " + exchanges.stream().map((exchange) -> exchange.request().model()).toList()
				+ calls.stream().map((call) -> call.purpose() + " " + call.outcome()).toList() + given.text() + " "
				+ ((given.error() != null) ? given.error().getClass().getSimpleName() : "");
	}

	private static void verifyEnd(Ask ask, Given given, List<LoopbackExchange> exchanges) {
		assertThat(exchanges).as(ask.name).isNotEmpty();
		boolean answered = isGood(exchanges.get(exchanges.size() - 1).answer());
		assertThat(given.error() == null).as(ask.name + " " + given).isEqualTo(answered);
		assertThat(given.text()).as(ask.name)
			.isEqualTo(answered ? "good " + exchanges.get(exchanges.size() - 1).request().model() : "");
	}

	private static void verifyLedger(Ask ask, List<LoopbackExchange> exchanges, List<CallRecord> calls) {
		assertThat(calls).as(ask.name).hasSameSizeAs(exchanges);
		boolean failedBefore = false;
		for (int i = 0; i < calls.size(); i++) {
			CallRecord call = calls.get(i);
			Answer answer = exchanges.get(i).answer();
			String what = ask.name + " " + i + " " + call;
			assertThat(call.target().requestedModel()).as(what).isEqualTo(exchanges.get(i).request().model());
			assertThat(call.outcome()).as(what).isEqualTo(isGood(answer) ? Outcome.SUCCEEDED : Outcome.FAILED);
			assertThat(call.purpose()).as(what)
				.isEqualTo(failedBefore ? Purpose.FALLBACK : (i == 0) ? Purpose.ANSWER : Purpose.TOOL_ROUND);
			assertThat(call.ending().attempts()).as(what).hasSize(1);
			if (isGood(answer)) {
				assertThat(call.usage().source()).as(what).isEqualTo(UsageSource.REPORTED);
				assertThat(call.usage().tokens().promptTokens() + call.usage().tokens().outputTokens()).as(what)
					.isEqualTo(15);
			}
			failedBefore = !isGood(answer);
		}
	}

	private static void verifyLevels(Ask ask, Table table, List<LoopbackExchange> exchanges) {
		int asked = table.level(exchanges.get(0).request().model());
		assertThat(exchanges).as(ask.name)
			.allSatisfy(
					(exchange) -> assertThat(table.level(exchange.request().model())).isGreaterThanOrEqualTo(asked));
	}

	private static boolean isGood(Answer answer) {
		return Script.GOOD.contains(answer);
	}

	/** What one turn asks for. */
	private static final class Ask {

		private final String name;

		private final boolean streamed;

		private final boolean tools;

		private final int draw;

		Ask(String name, Random random) {
			this.name = name;
			this.streamed = random.nextBoolean();
			this.tools = random.nextInt(3) == 0;
			this.draw = random.nextInt(100);
		}

	}

	/** Two to four targets of random tiers. */
	private static final class Table {

		private final Map<String, List<Map.Entry<Provider, String>>> targets = new TreeMap<>();

		Table(Random random) {
			int count = 2 + random.nextInt(3);
			while (this.targets.values().stream().mapToInt(List::size).sum() < count) {
				int level = random.nextInt(TIERS.size());
				Provider provider = Provider.values()[random.nextInt(2)];
				Map.Entry<Provider, String> target = Map.entry(provider, MODELS.get(provider).get(level));
				List<Map.Entry<Provider, String>> tier = this.targets.computeIfAbsent(TIERS.get(level),
						(name) -> new ArrayList<>());
				if (!tier.contains(target)) {
					tier.add(target);
				}
			}
		}

		ApplicationContextRunner configure(ApplicationContextRunner runner) {
			ApplicationContextRunner with = runner;
			for (Map.Entry<String, List<Map.Entry<Provider, String>>> tier : this.targets.entrySet()) {
				for (int i = 0; i < tier.getValue().size(); i++) {
					String prefix = "costwise.routing.tiers." + tier.getKey() + ".targets[" + i + "].";
					with = with.withPropertyValues(prefix + "bean=" + tier.getValue().get(i).getKey().bean,
							prefix + "model=" + tier.getValue().get(i).getValue());
				}
			}
			return with;
		}

		List<Tier> tiers() {
			return this.targets.keySet().stream().map((name) -> Tier.valueOf(name.toUpperCase(Locale.ROOT))).toList();
		}

		int level(String model) {
			return MODELS.values().stream().mapToInt((models) -> models.indexOf(model)).max().orElseThrow();
		}

	}

	/**
	 * Answers by the name of the question and how often it was asked, however they
	 * interleave.
	 */
	private static final class Script {

		private static final Set<Answer> GOOD = ConcurrentHashMap.newKeySet();

		private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

		private final long seed;

		Script(long seed) {
			this.seed = seed;
		}

		Answer answer(LoopbackRequest request) {
			String name = FaultBench.name(request);
			int number = this.asked.computeIfAbsent(name, (key) -> new AtomicInteger()).getAndIncrement();
			Random random = new Random(this.seed * 1_000_003 + name.hashCode() * 31L + number);
			Answer fault = fault(random.nextInt(20));
			if (fault != null) {
				return fault.header("connection", "close");
			}
			boolean rounds = request.body().toString().contains("\"time\"");
			boolean tool = rounds && random.nextInt(3) == 0;
			Answer good = (tool ? Answer.tool("time", "{}") : Answer.chunks("good ", request.model()))
				.header("connection", "close");
			GOOD.add(good);
			return good;
		}

		private static @Nullable Answer fault(int draw) {
			int[] errors = { 401, 404, 429, 500, 503, 529 };
			if (draw < errors.length) {
				return Answer.error(errors[draw]);
			}
			return switch (draw) {
				case 6 -> FaultMatrixTests.lost(Fault.reset(Point.BEFORE_HEADERS));
				case 7 -> FaultMatrixTests.lost(Fault.reset(Point.MID_HEADERS));
				case 8 -> FaultMatrixTests.lost(Fault.reset(Point.BEFORE_BODY));
				case 9 -> FaultMatrixTests.lost(Fault.reset(Point.MID_CHUNK));
				case 10 -> FaultMatrixTests.refusal("content_policy_violation", "content policy");
				case 11 -> FaultMatrixTests.refusal("invalid_request_error", "Unknown field");
				case 12 -> FaultMatrixTests.refusal("context_length_exceeded", "prompt is too long");
				case 13 -> Answer.text("").body("event: message_start\ndata: {\"type\": \"me\n\n");
				default -> null;
			};
		}

	}

}

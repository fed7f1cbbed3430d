package io.github.costwise.advisor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.StructuredOutputValidationAdvisor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.Attribution;
import io.github.costwise.BudgetExceededException;
import io.github.costwise.BudgetRefusal;
import io.github.costwise.CostBudgets;
import io.github.costwise.CostScope;
import io.github.costwise.Money;
import io.github.costwise.accounting.InMemoryUsageLedger;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.FakeTime;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.TestTimes;
import io.github.costwise.time.Time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of budgets while time passes, streams last and applications restart; with
 * the numbers worked out by hand.
 */
@Timeout(120)
@Tag("chain")
class BudgetLifeScenarioTests {

	private static final String ALL = "costwise.budgets.limits.all.";

	private static final long CENT = BudgetClients.CENT;

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final ApplicationContextRunner runner = BudgetClients.runner(this.provider);

	@AfterEach
	void close() {
		this.executor.shutdownNow();
		this.provider.close();
	}

	private static boolean passes(ApplicationContext context) {
		try {
			BudgetClients.ask(context);
			return true;
		}
		catch (BudgetExceededException ex) {
			return false;
		}
	}

	private static int passed(ApplicationContext context, int times) {
		int passed = 0;
		for (int i = 0; i < times; i++) {
			passed += passes(context) ? 1 : 0;
		}
		return passed;
	}

	private static ChatClient client(ApplicationContext context) {
		return context.getBean(ChatClient.Builder.class).build();
	}

	/** A stream may last longer than a hold of an instance that is gone. */
	@Test
	void holdOfALongStreamLastsAsLongAsTheStream() {
		FakeTime clock = new FakeTime(Instant.parse("2026-11-30T12:00:00Z"));
		Semaphore gate = new Semaphore(1);
		this.provider.handler((request) -> (request.number() == 1)
				? Answer.chunks("a", "b").usage(BudgetClients.USUAL).gate(gate) : BudgetClients.usual());
		this.runner.withBean(Time.class, clock::time)
			.withPropertyValues(ALL + "limit=0.05 USD", "costwise.budgets.holds.expiry=60s",
					"costwise.budgets.output.assumed=2900")
			.run((context) -> {
				Future<String> stream = this.executor.submit(() -> client(context).prompt("Hello?")
					.options(BudgetClients.asking(2_900))
					.stream()
					.content()
					.blockLast());
				Eventually.holds(() -> BudgetClients.state(context, "all").holds() == 1);
				for (int second : List.of(61, 120, 299)) {
					clock.advance(Duration.ofSeconds(second).minus(Duration.between(start(), clock.instant())));
					assertThatExceptionOfType(BudgetExceededException.class)
						.isThrownBy(() -> BudgetClients.ask(context, 2_900))
						.satisfies((ex) -> assertThat(ex.refusal()).isEqualTo(BudgetRefusal.HOLDS));
				}
				gate.release(10);
				stream.get();
				assertThat(BudgetClients.state(context, "all").held()).isZero();
				assertThat(BudgetClients.state(context, "all").spent()).isEqualTo(2 * CENT);
			});
	}

	private static Instant start() {
		return Instant.parse("2026-11-30T12:00:00Z");
	}

	/** Half a cent of an answer was sent when its reader left. */
	@Test
	void answersThatAreStoppedAreBookedAsFarAsTheyCame() {
		String half = " yes".repeat(500);
		this.provider.handler((request) -> Answer.chunks(half, " and", " so", " on").usage(BudgetClients.USUAL));
		this.runner.withPropertyValues(ALL + "limit=0.10 USD").run((context) -> {
			String question = " yes".repeat(992);
			int sent = 0;
			for (int i = 0; i < 20; i++) {
				try {
					client(context).prompt(question)
						.options(BudgetClients.asking(1_900))
						.stream()
						.content()
						.take(1)
						.blockLast();
					sent++;
				}
				catch (BudgetExceededException ex) {
					assertThat(ex.refusal()).isEqualTo(BudgetRefusal.SPENT);
				}
				Eventually.holds(() -> BudgetClients.state(context, "all").holds() == 0);
			}
			assertThat(sent).isEqualTo(14);
			assertThat(BudgetClients.state(context, "all").spent()).isBetween(83 * CENT / 10, 85 * CENT / 10)
				.isEqualTo(BudgetClients.booked(context));
		});
	}

	@Test
	void everyRepeatOfAnInvalidAnswerCounts() {
		this.provider.handler((request) -> Answer.text((request.number() < 3) ? "none" : "{\"name\":\"Paris\"}")
			.usage(BudgetClients.USUAL));
		this.runner
			.withPropertyValues(ALL + "limit=1 USD", ALL + "per=tag:team, tag:team",
					"costwise.budgets.limits.calls.limit=10 calls")
			.run((context) -> {
				ChatClient.ChatClientRequestSpec request = client(context).prompt("Hello?")
					.options(BudgetClients.asking(1_900))
					.advisors(StructuredOutputValidationAdvisor.builder()
						.outputType(Named.class)
						.maxRepeatAttempts(3)
						.build());
				CostScope.builder().tag("team", "a").build().run(() -> request.call().content());
				assertThat(this.provider.requests()).hasSize(3);
				assertThat(BudgetClients.state(context, "all").spent()).isEqualTo(6 * CENT)
					.isEqualTo(BudgetClients.booked(context));
				assertThat(BudgetClients.state(context, "calls").spent()).isEqualTo(3);
			});
	}

	/** What a provider counts as cached is a part of its prompt, and no more. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void cachedPartIsPaidOnceAndNeverBelowZero(boolean streamed) {
		this.provider.handler((request) -> Answer.text("yes")
			.usage("{\"prompt_tokens\":100000,\"completion_tokens\":10,\"total_tokens\":100010,"
					+ "\"prompt_tokens_details\":{\"cached_tokens\":80000}}"));
		this.runner.withPropertyValues(ALL + "limit=1 USD").run((context) -> {
			BudgetClients.ask(context, streamed);
			assertThat(BudgetClients.state(context, "all").spent()).isEqualTo(28_000_000 + 100_000);
		});
	}

	/** What is shown as the end of a window is the first moment that is admitted. */
	@ParameterizedTest
	@ValueSource(strings = { "2027-01-30T23:00:00Z, month, first-day=31, 2027-01-31T00:00:00Z",
			"2027-01-31T09:00:00Z, month, first-day=31, 2027-02-28T00:00:00Z",
			"2027-02-28T09:00:00Z, month, first-day=31, 2027-03-31T00:00:00Z",
			"2027-01-30T09:00:00Z, week, week-start=sunday, 2027-01-31T00:00:00Z",
			"2027-01-31T09:00:00Z, week, week-start=sunday, 2027-02-07T00:00:00Z",
			"2027-03-10T05:59:59Z, day, starts-at=06:00, 2027-03-10T06:00:00Z" })
	void resetIsTheFirstMomentThatIsAdmitted(String row) {
		String[] parts = row.split(", ");
		FakeTime clock = new FakeTime(Instant.parse(parts[0]));
		Instant reset = Instant.parse(parts[3]);
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.withBean(Time.class, () -> TestTimes.real(clock))
			.withPropertyValues(ALL + "limit=0.02 USD", ALL + "window=" + parts[1], ALL + parts[2])
			.run((context) -> {
				assertThat(passed(context, 2)).isOne();
				CostBudgets.Account account = context.getBean(CostBudgets.class).of(Attribution.NONE).get(0);
				assertThat(account.reset()).isEqualTo(reset);
				clock.advance(Duration.between(clock.instant(), reset).minusNanos(1));
				assertThat(passes(context)).isFalse();
				clock.advance(Duration.ofNanos(1));
				assertThat(passes(context)).isTrue();
			});
	}

	@Test
	void noMinuteOfAnyBeginHasMoreThanItsLimit() {
		FakeTime clock = new FakeTime(Instant.parse("2026-11-30T12:00:00Z"));
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.withBean(Time.class, () -> TestTimes.real(clock))
			.withPropertyValues(ALL + "limit=15 calls", ALL + "window=1m")
			.run((context) -> {
				clock.advance(Duration.ofMinutes(10));
				List<Instant> sent = new ArrayList<>();
				for (int i = 0; i < 120; i++) {
					int passed = passed(context, 2);
					for (int j = 0; j < passed; j++) {
						sent.add(clock.instant());
					}
					clock.advance(Duration.ofSeconds(1));
				}
				for (Instant begin : sent) {
					assertThat(sent).filteredOn((at) -> !at.isBefore(begin) && at.isBefore(begin.plusSeconds(60)))
						.hasSizeLessThanOrEqualTo(15);
				}
				assertThat(sent).hasSize(30);
			});
	}

	@Test
	void windowsOfTwoBudgetsRefuseNothingThatFitsBoth() {
		FakeTime clock = new FakeTime(Instant.parse("2026-11-30T12:00:00Z"));
		this.provider.handler((request) -> Answer.text("yes").usage(BudgetClients.usage(11, 20)));
		this.runner.withBean(Time.class, () -> TestTimes.real(clock))
			.withPropertyValues(ALL + "limit=186 tokens", ALL + "window=1m",
					"costwise.budgets.limits.calls.limit=500 calls", "costwise.budgets.limits.calls.window=1m")
			.run((context) -> {
				int passed = 0;
				for (int i = 0; i < 60; i++) {
					passed += passesWith(context, 20) ? 1 : 0;
					clock.advance(Duration.ofSeconds(10));
				}
				assertThat(passed).isEqualTo(60);
			});
	}

	private static boolean passesWith(ApplicationContext context, int tokens) {
		try {
			BudgetClients.ask(context, tokens);
			return true;
		}
		catch (BudgetExceededException ex) {
			return false;
		}
	}

	/** Spend is kept by what was spent, whatever its budget is called. */
	@Test
	void budgetThatIsRenamedIsNotNew() {
		UsageLedger ledger = new InMemoryUsageLedger(InMemoryUsageLedger.Settings.DEFAULTS, Clock.systemUTC());
		this.provider.handler((request) -> BudgetClients.usual());
		ApplicationContextRunner restarting = this.runner.withBean(UsageLedger.class, () -> ledger);
		restarting.withPropertyValues("costwise.budgets.limits.before.limit=0.04 USD")
			.run((context) -> assertThat(passed(context, 1)).isOne());
		restarting.withPropertyValues("costwise.budgets.limits.after.limit=0.04 USD").run((context) -> {
			assertThat(BudgetClients.state(context, "after").spent()).isEqualTo(2 * CENT);
			assertThat(passed(context, 3)).isOne();
		});
	}

	/**
	 * What went past the own budget is the overflow's after a restart, and nothing twice.
	 */
	@Test
	void restartBooksWhatOverflowedWhereItWas() {
		UsageLedger ledger = new InMemoryUsageLedger(InMemoryUsageLedger.Settings.DEFAULTS, Clock.systemUTC());
		this.provider.handler((request) -> BudgetClients.usual());
		ApplicationContextRunner restarting = this.runner.withBean(UsageLedger.class, () -> ledger)
			.withPropertyValues("costwise.budgets.limits.own.limit=0.04 USD",
					"costwise.budgets.limits.own.overflow=pool", "costwise.budgets.limits.pool.limit=0.10 USD");
		restarting.run((context) -> assertThat(passed(context, 3)).isEqualTo(3));
		restarting.run((context) -> {
			assertThat(BudgetClients.state(context, "own").spent()).isEqualTo(4 * CENT);
			assertThat(BudgetClients.state(context, "pool").spent()).isEqualTo(2 * CENT);
			assertThat(passed(context, 10)).isEqualTo(4);
		});
	}

	/** Two agents at once share what their run holds. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void agentsOfARunShareWhatItHolds(boolean streamed) throws Exception {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.withPropertyValues(ALL + "limit=1 USD").run((context) -> {
			CostBudgets budgets = context.getBean(CostBudgets.class);
			Money cents = Money.ofNanos(10 * CENT);
			try (CostBudgets.Held run = budgets.hold(Attribution.NONE, cents, Duration.ofMinutes(10))) {
				CostScope scope = CostScope.builder().feature("research").drawsOn(run).build();
				List<Future<?>> agents = new ArrayList<>();
				for (int agent = 0; agent < 2; agent++) {
					agents.add(this.executor.submit(() -> scope.run(() -> askFour(context, streamed))));
				}
				for (Future<?> agent : agents) {
					agent.get();
				}
				assertThat(this.provider.requests()).hasSize(5);
				assertThat(BudgetClients.state(context, "all").spent()).isEqualTo(10 * CENT);
				assertThat(BudgetClients.state(context, "all").held()).isZero();
				assertThat(passes(context)).isTrue();
			}
			assertThat(BudgetClients.state(context, "all").holds()).isZero();
			assertThat(CostwiseRunner.calls(context)).hasSize(6);
		});
	}

	/** What others hold at the same moment may leave too little for one of them. */
	private static void askFour(ApplicationContext context, boolean streamed) {
		int asked = 0;
		while (asked < 4) {
			try {
				BudgetClients.ask(context, streamed);
				asked++;
			}
			catch (BudgetExceededException ex) {
				assertThat(ex.refusal()).isEqualTo(BudgetRefusal.DRAWN);
				if (BudgetClients.state(context, "all").spent() == 10 * CENT) {
					return;
				}
			}
		}
	}

	record Named(String name) {

	}

}

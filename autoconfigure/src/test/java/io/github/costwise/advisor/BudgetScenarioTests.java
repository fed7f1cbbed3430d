package io.github.costwise.advisor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.CostScope;
import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.budget.Budgets;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetAlert;
import io.github.costwise.model.BudgetOverrun;
import io.github.costwise.BudgetRefusal;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.model.CostEvent;
import io.github.costwise.spi.CostListener;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.FakeTime;
import io.github.costwise.testsupport.Fault;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.LoopbackRequest;
import io.github.costwise.testsupport.TestTimes;
import io.github.costwise.time.Time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What budgets must do in situations in which others let too much through, refused what
 * would have fitted, or lost what they held; with the numbers worked out by hand.
 */
@Timeout(120)
@Tag("chain")
class BudgetScenarioTests {

	private static final String ALL = "costwise.budgets.limits.all.";

	private static final long CENT = BudgetClients.CENT;

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final List<CostEvent> events = new ArrayList<>();

	private final ApplicationContextRunner runner = BudgetClients.runner(this.provider)
		.withBean("events", CostListener.class, () -> new CostListener() {
			@Override
			public void on(CostEvent event) {
				synchronized (BudgetScenarioTests.this.events) {
					BudgetScenarioTests.this.events.add(event);
				}
			}
		});

	@AfterEach
	void close() {
		this.executor.shutdownNow();
		this.provider.close();
	}

	private <T> List<T> events(Class<T> type) {
		synchronized (this.events) {
			return this.events.stream().filter(type::isInstance).map(type::cast).toList();
		}
	}

	private static int askUntilRefused(ApplicationContext context, int times) {
		int passed = 0;
		for (int i = 0; i < times; i++) {
			passed += tries(() -> BudgetClients.ask(context)) ? 1 : 0;
		}
		return passed;
	}

	private static boolean tries(Runnable call) {
		try {
			call.run();
			return true;
		}
		catch (BudgetExceededException ex) {
			return false;
		}
	}

	private static String askFreely(ApplicationContext context) {
		return String.valueOf(context.getBean(ChatClient.Builder.class).build().prompt("Hello?").call().content());
	}

	/** One after another, without a limit of the caller, from nothing learnt. */
	@Test
	void callsWithoutALimitUseUpTheBudgetToTheLastOne() {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.withPropertyValues(ALL + "limit=1 USD", "costwise.budgets.output.longest.p=64000")
			.run((context) -> {
				int passed = 0;
				for (int i = 0; i < 60; i++) {
					passed += tries(() -> askFreely(context)) ? 1 : 0;
				}
				assertThat(passed).isEqualTo(50);
				assertThat(BudgetClients.state(context, "all").spent()).isEqualTo(100 * CENT)
					.isEqualTo(BudgetClients.booked(context));
			});
	}

	@Test
	void callsWithoutALimitDoNotKeepEachOtherOut() {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.withPropertyValues(ALL + "limit=1 USD", "costwise.budgets.output.longest.p=64000")
			.run((context) -> {
				AtomicInteger passed = new AtomicInteger();
				List<Future<?>> callers = new ArrayList<>();
				for (int caller = 0; caller < 32; caller++) {
					callers.add(this.executor.submit(() -> {
						for (int call = 0; call < 20; call++) {
							passed.addAndGet(tries(() -> askFreely(context)) ? 1 : 0);
						}
					}));
				}
				for (Future<?> caller : callers) {
					caller.get();
				}
				assertThat(passed.get()).isBetween(45, 50);
				BudgetState end = BudgetClients.state(context, "all");
				assertThat(end.spent()).isLessThanOrEqualTo(100 * CENT).isEqualTo(BudgetClients.booked(context));
				assertThat(end.held()).isZero();
			});
	}

	@Test
	void whatIsSentIsWhatIsHeld() {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.withPropertyValues(ALL + "limit=0.30 USD", "costwise.budgets.output.longest.p=64000")
			.run((context) -> {
				askFreely(context);
				assertThat(maxTokens(this.provider.requests().get(0))).isBetween(1900, 29_900);
			});
	}

	/** A provider that fills whatever it is allowed to. */
	@Test
	void greedyAnswersDoNotPassTheLimit() {
		this.provider.handler((request) -> {
			int most = maxTokens(request);
			return Answer.text("yes").usage(BudgetClients.usage(8, (most > 0) ? most : 16_384));
		});
		this.runner.withPropertyValues(ALL + "limit=1 USD", "costwise.budgets.output.longest.p=16384")
			.run((context) -> {
				BudgetClients.passed(this.executor, 100, () -> askFreely(context));
				BudgetState end = BudgetClients.state(context, "all");
				assertThat(end.spent()).isLessThanOrEqualTo(100 * CENT).isEqualTo(BudgetClients.booked(context));
				assertThat(events(BudgetOverrun.class)).isEmpty();
			});
	}

	private static int maxTokens(LoopbackRequest request) {
		return request.body().path("max_tokens").asInt(0) + request.body().path("max_completion_tokens").asInt(0);
	}

	@ParameterizedTest
	@CsvSource({ "250000,,false", "190000,,true", "190000,priority,true", "201000,priority,false" })
	void holdIsPricedByTheRowThatTheRequestCanReach(int tokens, @Nullable String service, boolean sent) {
		this.provider.handler((request) -> Answer.text("yes").usage(BudgetClients.usage(tokens, 100)));
		this.runner.withPropertyValues(ALL + "limit=0.40 USD", "costwise.pricing.models[0].tiers[0].above=200000",
				"costwise.pricing.models[0].tiers[0].input=2", "costwise.pricing.models[0].tiers[0].output=10",
				"costwise.pricing.models[0].tiers[1].service=priority", "costwise.pricing.models[0].tiers[1].input=2",
				"costwise.pricing.models[0].tiers[1].output=20", "costwise.pricing.models[0].tiers[2].service=priority",
				"costwise.pricing.models[0].tiers[2].above=200000", "costwise.pricing.models[0].tiers[2].input=4",
				"costwise.pricing.models[0].tiers[2].output=20")
			.run((context) -> {
				OpenAiChatOptions.Builder options = OpenAiChatOptions.builder().maxTokens(100);
				ChatClient client = context.getBean(ChatClient.Builder.class).build();
				boolean passed = tries(() -> client.prompt(" hello".repeat(tokens))
					.options((service != null) ? options.serviceTier(service) : options)
					.call()
					.content());
				assertThat(passed).isEqualTo(sent);
				assertThat(this.provider.requests()).hasSize(sent ? 1 : 0);
			});
	}

	@Test
	void whatCostsMoreThanItHeldIsAnOverrunAndBlocks() {
		Semaphore gate = new Semaphore(0);
		Semaphore others = new Semaphore(0);
		this.provider.handler((request) -> (request.number() == 1)
				? Answer.text("yes").usage(BudgetClients.usage(1000, 4900)).gate(gate)
				: BudgetClients.usual().gate(others));
		this.runner.withPropertyValues(ALL + "limit=0.10 USD").run((context) -> {
			Future<String> greedy = this.executor.submit(() -> BudgetClients.ask(context));
			Eventually.holds(() -> this.provider.requests().size() == 1);
			List<Future<String>> rest = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				rest.add(this.executor.submit(() -> BudgetClients.ask(context)));
			}
			Eventually.holds(() -> this.provider.requests().size() == 4);
			gate.release(1);
			greedy.get();
			assertThat(tries(() -> BudgetClients.ask(context))).isFalse();
			List<BudgetOverrun> overruns = events(BudgetOverrun.class);
			assertThat(overruns).hasSize(1);
			assertThat(overruns.get(0).cause()).isEqualTo(BudgetOverrun.OverrunCause.ABOVE_HOLD);
			others.release(3);
			for (Future<String> one : rest) {
				one.get();
			}
			assertThat(BudgetClients.state(context, "all").spent()).isEqualTo(11 * CENT);
		});
	}

	@Test
	void cancelledStreamsHoldNothingAndAreBooked() {
		this.provider.handler((request) -> Answer.chunks("a", "b", "c"));
		this.runner.withPropertyValues(ALL + "limit=1 USD").run((context) -> {
			ChatClient client = context.getBean(ChatClient.Builder.class).build();
			for (int i = 0; i < 20; i++) {
				client.prompt("Hello?").options(BudgetClients.asking(1900)).stream().content().take(1).blockLast();
			}
			Eventually.holds(() -> BudgetClients.state(context, "all").holds() == 0);
			BudgetState end = BudgetClients.state(context, "all");
			assertThat(end.held()).isZero();
			assertThat(end.spent()).isPositive().isEqualTo(BudgetClients.booked(context));
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 429, 500 })
	void callsThatFailHoldNothing(int status) {
		this.provider.handler((request) -> Answer.error(status));
		this.runner.withPropertyValues(ALL + "limit=1 USD").run((context) -> {
			for (int i = 0; i < 5; i++) {
				try {
					BudgetClients.ask(context);
				}
				catch (RuntimeException ex) {
					assertThat(ex).isNotInstanceOf(BudgetExceededException.class);
				}
				try {
					BudgetClients.stream(context);
				}
				catch (RuntimeException ex) {
					assertThat(ex).isNotInstanceOf(BudgetExceededException.class);
				}
			}
			BudgetState end = BudgetClients.state(context, "all");
			assertThat(end.held()).isZero();
			assertThat(end.holds()).isZero();
			assertThat(end.spent()).isEqualTo(BudgetClients.booked(context));
		});
	}

	/** Nobody knows whether a call that came to no end in time was billed. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void callThatTimesOutIsTakenToBeBilled(boolean streamed) {
		this.provider.handler((request) -> Answer.text("never").fault(Fault.stall(Fault.Point.BEFORE_HEADERS)));
		BudgetClients.runner(this.provider, Duration.ofMillis(300))
			.withPropertyValues(ALL + "limit=1 USD")
			.run((context) -> {
				try {
					BudgetClients.ask(context, streamed);
				}
				catch (RuntimeException ex) {
					assertThat(ex).isNotInstanceOf(BudgetExceededException.class);
				}
				BudgetState end = BudgetClients.state(context, "all");
				assertThat(end.held()).isZero();
				assertThat(end.spent()).isGreaterThan(CENT).isEqualTo(BudgetClients.booked(context));
				assertThat(CostwiseRunner.calls(context)).singleElement()
					.satisfies((call) -> assertThat(call.isEstimated()).isTrue());
			});
	}

	/**
	 * Agents send a long prompt again and again, most of which the provider has cached.
	 */
	@ParameterizedTest
	@CsvSource({ "most, 4", "likely, 34" })
	void longPromptsThatAreCachedMayHoldWhatIsLikely(String estimate, int sent) {
		String usage = "{\"prompt_tokens\":200000,\"completion_tokens\":1,\"total_tokens\":200001,"
				+ "\"prompt_tokens_details\":{\"cached_tokens\":190000}}";
		Semaphore gate = new Semaphore(0);
		this.provider.handler((request) -> (request.number() <= 20) ? Answer.text("yes").usage(usage)
				: Answer.text("yes").usage(usage).gate(gate));
		this.runner.withPropertyValues(ALL + "limit=1.5702 USD", ALL + "estimate=" + estimate, ALL + "notify-at=")
			.run((context) -> {
				for (int i = 0; i < 20; i++) {
					BudgetClients.ask(context, 1);
				}
				assertThat(BudgetClients.state(context, "all").spent()).isEqualTo(580_200_000);
				Future<Integer> passed = this.executor
					.submit(() -> BudgetClients.passed(this.executor, 40, () -> BudgetClients.ask(context, 1)));
				Eventually.holds(() -> BudgetClients.refused(context, "all") == 40 - sent);
				gate.release(100);
				assertThat(passed.get()).isEqualTo(sent);
			});
	}

	@Test
	void cachedTokensMayCountLess() {
		String usage = "{\"prompt_tokens\":1000,\"completion_tokens\":100,\"total_tokens\":1100,"
				+ "\"prompt_tokens_details\":{\"cached_tokens\":900}}";
		this.provider.handler((request) -> Answer.text("yes").usage(usage));
		this.runner.withPropertyValues(ALL + "limit=10000 tokens", ALL + "window=hour", ALL + "cached-weight=0")
			.run((context) -> {
				BudgetClients.ask(context, 100);
				assertThat(BudgetClients.state(context, "all").spent()).isEqualTo(200);
			});
	}

	@Test
	void unitsAreSeparate() {
		this.provider.handler((request) -> Answer.text("yes").usage(BudgetClients.usage(10, 140)));
		this.runner.withPropertyValues(ALL + "limit=300 tokens", ALL + "window=hour").run((context) -> {
			int passed = 0;
			for (int i = 0; i < 5; i++) {
				passed += tries(() -> askFreely(context)) ? 1 : 0;
			}
			assertThat(passed).isEqualTo(2);
		});
	}

	@Test
	void limitOfCallsAsksForNoLimitOfTokens() {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.withPropertyValues(ALL + "limit=1 calls", ALL + "window=1m").run((context) -> {
			assertThat(tries(() -> askFreely(context))).isTrue();
			assertThat(tries(() -> askFreely(context))).isFalse();
			assertThat(maxTokens(this.provider.requests().get(0))).isZero();
		});
	}

	@Test
	void outputTokensAreCountedByThemselves() {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.withPropertyValues(ALL + "limit=2000 output-tokens", ALL + "window=1m").run((context) -> {
			assertThat(tries(() -> BudgetClients.ask(context))).isTrue();
			assertThat(tries(() -> BudgetClients.ask(context))).isFalse();
			assertThat(tries(() -> BudgetClients.ask(context, 100))).isTrue();
		});
	}

	@Test
	void callsAtTheSameTimeAreBounded() {
		Semaphore gate = new Semaphore(0);
		this.provider.handler((request) -> BudgetClients.usual().gate(gate));
		this.runner.withPropertyValues(ALL + "limit=2 in-flight").run((context) -> {
			Future<Integer> passed = this.executor
				.submit(() -> BudgetClients.passed(this.executor, 6, () -> BudgetClients.ask(context)));
			Eventually.holds(() -> BudgetClients.refused(context, "all") == 4);
			gate.release(10);
			assertThat(passed.get()).isEqualTo(2);
			assertThat(askUntilRefused(context, 3)).isEqualTo(3);
		});
	}

	@Test
	void priceThatWasWrongIsAdjusted() {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.withPropertyValues(ALL + "limit=1 USD").run((context) -> {
			Budgets budgets = context.getBean(Budgets.class);
			BudgetAccount account = new BudgetAccount("all", "");
			assertThat(tries(() -> BudgetClients.ask(context))).isTrue();
			budgets.store().adjust(account, BudgetSpan.TOTAL, Instant.now(), 0, 98 * CENT);
			assertThat(tries(() -> BudgetClients.ask(context))).isFalse();
			budgets.store().adjust(account, BudgetSpan.TOTAL, Instant.now(), 0, -98 * CENT);
			assertThat(askUntilRefused(context, 60)).isEqualTo(49);
		});
	}

	@Test
	void dayBeginsWhereItsZoneSaysSo() {
		FakeTime clock = new FakeTime(Instant.parse("2026-11-30T14:59:59.999Z"));
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.withBean(Time.class, () -> TestTimes.real(clock))
			.withPropertyValues(ALL + "limit=0.02 USD", ALL + "window=day", ALL + "zone=Asia/Tokyo")
			.run((context) -> {
				assertThat(tries(() -> BudgetClients.ask(context))).isTrue();
				assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> BudgetClients.ask(context))
					.satisfies((ex) -> {
						assertThat(ex.refusal()).isEqualTo(BudgetRefusal.SPENT);
						assertThat(ex.retryAfter()).isEqualTo(Duration.ofSeconds(1));
						assertThat(ex.reset()).isEqualTo(Instant.parse("2026-11-30T15:00:00Z"));
					});
				clock.advance(Duration.ofMillis(1));
				assertThat(tries(() -> BudgetClients.ask(context))).isTrue();
			});
	}

	@Test
	void zeroBlocksAllThatIsNotFree() {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner
			.withPropertyValues(ALL + "limit=0 USD", "costwise.pricing.models[1].provider=openai",
					"costwise.pricing.models[1].model=f", "costwise.pricing.models[1].free=true")
			.run((context) -> {
				ChatClient client = context.getBean(ChatClient.Builder.class).build();
				assertThat(tries(() -> BudgetClients.ask(context))).isFalse();
				for (int i = 0; i < 20; i++) {
					client.prompt("Hello?").options(OpenAiChatOptions.builder().model("f")).call().content();
				}
				assertThat(this.provider.requests()).hasSize(20);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1 USD", "NaN USD", "1 EUR", "1", "1.5 calls", "USD", "1e30 USD" })
	void limitThatCannotBeFailsTheStart(String limit) {
		this.runner.withPropertyValues(ALL + "limit=" + limit)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.satisfies((ex) -> assertThat(ex).isInstanceOfAny(CostwiseConfigurationException.class,
						IllegalArgumentException.class, ArithmeticException.class))
				.extracting((ex) -> context.getStartupFailure())
				.satisfies((failure) -> assertThat(rootText(failure)).contains("costwise.budgets.limits.all")));
	}

	private static String rootText(Throwable failure) {
		StringBuilder text = new StringBuilder();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			text.append(cause.getMessage()).append('\n');
		}
		return text.toString();
	}

	@Test
	void allBudgetsOfACallOrNone() {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner
			.withPropertyValues("costwise.budgets.limits.user.limit=0.10 USD", "costwise.budgets.limits.user.per=user",
					"costwise.budgets.limits.tenant.limit=0.01 USD", "costwise.budgets.limits.tenant.per=tenant",
					ALL + "limit=1 USD")
			.run((context) -> {
				CostScope scope = CostScope.builder().tenant("acme").user("ann").build();
				assertThatExceptionOfType(BudgetExceededException.class)
					.isThrownBy(() -> scope.run(() -> BudgetClients.ask(context)))
					.satisfies((ex) -> assertThat(ex.budget() + " of " + ex.owner()).isEqualTo("tenant of acme"));
				for (String budget : List.of("user", "all")) {
					assertThat(BudgetClients.state(context, budget).spent()).isZero();
					assertThat(BudgetClients.state(context, budget).held()).isZero();
				}
			});
	}

	@Test
	void overflowIsTriedWhereTheOwnBudgetHasNoRoom() {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner
			.withPropertyValues("costwise.budgets.limits.personal.limit=0.04 USD",
					"costwise.budgets.limits.personal.per=user", "costwise.budgets.limits.personal.overflow=pool",
					"costwise.budgets.limits.pool.limit=0.10 USD")
			.run((context) -> {
				CostScope scope = CostScope.builder().user("ann").build();
				assertThat(scope.get(() -> askUntilRefused(context, 10))).isEqualTo(7);
				assertThat(BudgetClients.state(context, "personal").spent()).isEqualTo(4 * CENT);
				assertThat(BudgetClients.state(context, "pool").spent()).isEqualTo(10 * CENT);
			});
	}

	@Test
	void alertIsOncePerThreshold() {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.withPropertyValues(ALL + "limit=0.20 USD").run((context) -> {
			assertThat(askUntilRefused(context, 14)).isEqualTo(10);
			assertThat(events(BudgetAlert.class)).extracting(BudgetAlert::percent).containsExactly(80, 100);
		});
	}

	@Test
	void whatIsHeldAlertsNobody() {
		Semaphore gate = new Semaphore(0);
		this.provider.handler((request) -> BudgetClients.usual().gate(gate));
		this.runner.withPropertyValues(ALL + "limit=0.75 USD").run((context) -> {
			List<Future<String>> calls = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				calls.add(this.executor.submit(() -> BudgetClients.ask(context, 7_900)));
			}
			Eventually.holds(() -> this.provider.requests().size() == 8);
			assertThat(BudgetClients.state(context, "all").held()).isGreaterThan(60 * CENT);
			gate.release(10);
			for (Future<String> call : calls) {
				call.get();
			}
			assertThat(events(BudgetAlert.class)).isEmpty();
		});
	}

	@Test
	void retryAfterFitsTheCause() {
		Semaphore gate = new Semaphore(0);
		this.provider.handler((request) -> BudgetClients.usual().gate(gate));
		this.runner.withPropertyValues(ALL + "limit=0.03 USD", ALL + "window=month").run((context) -> {
			Future<String> first = this.executor.submit(() -> BudgetClients.ask(context));
			Eventually.holds(() -> this.provider.requests().size() == 1);
			assertRefused(context, 1900, BudgetRefusal.HOLDS, true);
			gate.release(10);
			first.get();
			assertRefused(context, 1900, BudgetRefusal.SPENT, true);
			assertRefused(context, 100_000, BudgetRefusal.SPENT, true);
		});
	}

	private static void assertRefused(ApplicationContext context, int tokens, BudgetRefusal why, boolean waits) {
		assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> BudgetClients.ask(context, tokens))
			.satisfies((ex) -> {
				assertThat(ex.refusal()).isEqualTo(why);
				assertThat(ex.retryAfter() != null).isEqualTo(waits);
			});
	}

	@Test
	void thinkingThatDoesNotFitIsRefusedRatherThanCut() {
		this.runner.withPropertyValues(ALL + "limit=0.015 USD").run((context) -> {
			assertThat(tries(() -> BudgetClients.ask(context, 3_300))).isFalse();
			assertThat(this.provider.requests()).isEmpty();
		});
	}

	@Test
	void observedBudgetRefusesNothingAndCounts() {
		Semaphore gate = new Semaphore(0);
		this.provider.handler((request) -> BudgetClients.usual().gate(gate));
		this.runner.withPropertyValues(ALL + "limit=0.10 USD", ALL + "mode=observe").run((context) -> {
			Future<Integer> passed = this.executor
				.submit(() -> BudgetClients.passed(this.executor, 8, () -> BudgetClients.ask(context)));
			Eventually.holds(() -> this.provider.requests().size() == 8);
			gate.release(10);
			assertThat(passed.get()).isEqualTo(8);
			assertThat(context.getBean(Budgets.class).counts().wouldHaveRefused("all")).isEqualTo(3);
		});
	}

	@Test
	void ownersThatDifferHaveAccountsThatDiffer() {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner
			.withPropertyValues(ALL + "limit=0.02 USD", ALL + "per=tenant,tag:team",
					"costwise.budgets.limits.all.overrides[acme/blue]=0.04 USD")
			.run((context) -> {
				assertThat(ask(context, "acme", "red")).isEqualTo(1);
				assertThat(ask(context, "acme", "blue")).isEqualTo(2);
				assertThat(ask(context, "acme", null)).isEqualTo(1);
				assertThat(ask(context, null, null)).isEqualTo(1);
			});
	}

	private static int ask(ApplicationContext context, @Nullable String tenant, @Nullable String team) {
		CostScope.Builder scope = CostScope.builder().tenant(tenant);
		return ((team != null) ? scope.tag("team", team) : scope).build().get(() -> askUntilRefused(context, 3));
	}

}

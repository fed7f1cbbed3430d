package io.github.costwise.advisor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.BudgetRefusal;
import io.github.costwise.CostScope;
import io.github.costwise.budget.Budget;
import io.github.costwise.budget.BudgetActions;
import io.github.costwise.budget.BudgetChanges;
import io.github.costwise.budget.BudgetOrder;
import io.github.costwise.budget.BudgetOrder.BudgetVerb;
import io.github.costwise.budget.Budgets;
import io.github.costwise.model.CallRecord;
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
 * Calls that wait for room in a budget.
 */
@Timeout(120)
@Tag("chain")
class BudgetQueueChainTests {

	private static final String ALL = "costwise.budgets.limits.all.";

	private static final String ONE_AT_A_TIME = ALL + "limit=1 in-flight";

	private static final String WAITING = ALL + "max-wait=60s";

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final ApplicationContextRunner runner = BudgetClients.runner(this.provider);

	@AfterEach
	void close() {
		this.executor.shutdownNow();
		this.provider.close();
	}

	private static int waiting(ApplicationContext context) {
		return context.getBean(Budgets.class).waits().waiting("all");
	}

	private Future<String> ask(ApplicationContext context, boolean streamed) {
		return this.executor.submit(() -> BudgetClients.ask(context, streamed));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void callsWaitForThoseInFlight(boolean streamed) {
		Semaphore gate = new Semaphore(0);
		this.provider.handler((request) -> BudgetClients.usual().gate(gate));
		this.runner.withPropertyValues(ONE_AT_A_TIME, WAITING).run((context) -> {
			List<Future<String>> callers = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				callers.add(ask(context, streamed));
			}
			Eventually.holds(() -> waiting(context) == 3 && this.provider.requests().size() == 1);
			gate.release(100);
			for (Future<String> one : callers) {
				assertThat(one.get()).isEqualTo("yes");
			}
			assertThat(waiting(context)).isZero();
			assertThat(BudgetClients.state(context, "all").holds()).isZero();
			assertThat(CostwiseRunner.calls(context)).hasSize(4)
				.allSatisfy((call) -> assertThat(call.purpose()).isEqualTo(CallRecord.Purpose.ANSWER));
			assertThat(BudgetClients.refused(context, "all")).isPositive();
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void timeThatIsUpIsARefusal(boolean streamed) {
		Semaphore gate = new Semaphore(0);
		this.provider.handler((request) -> BudgetClients.usual().gate(gate));
		this.runner.withPropertyValues(ONE_AT_A_TIME, ALL + "max-wait=200ms").run((context) -> {
			Future<String> first = ask(context, streamed);
			Eventually.holds(() -> this.provider.requests().size() == 1);
			assertThatExceptionOfType(BudgetExceededException.class)
				.isThrownBy(() -> BudgetClients.ask(context, streamed))
				.satisfies((ex) -> assertThat(ex.refusal()).isEqualTo(BudgetRefusal.HOLDS));
			assertThat(waiting(context)).isZero();
			gate.release(100);
			first.get();
		});
	}

	@Test
	void callersThatGoAwayLeaveNothing() {
		Semaphore gate = new Semaphore(0);
		this.provider.handler((request) -> BudgetClients.usual().gate(gate));
		this.runner.withPropertyValues(ONE_AT_A_TIME, WAITING).run((context) -> {
			Future<String> first = ask(context, false);
			Eventually.holds(() -> this.provider.requests().size() == 1);
			ChatClient client = context.getBean(ChatClient.Builder.class).build();
			List<Disposable> streams = new ArrayList<>();
			List<Future<String>> calls = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				streams.add(client.prompt("Hello?").stream().content().subscribe((text) -> {
				}, (error) -> {
				}));
				calls.add(ask(context, false));
			}
			Eventually.holds(() -> waiting(context) == 100);
			Future<String> last = ask(context, true);
			Eventually.holds(() -> waiting(context) == 101);
			streams.forEach(Disposable::dispose);
			calls.forEach((call) -> call.cancel(true));
			Eventually.holds(() -> waiting(context) == 1);
			gate.release(100);
			assertThat(first.get()).isEqualTo("yes");
			assertThat(last.get()).isEqualTo("yes");
			assertThat(this.provider.requests()).hasSize(2);
			assertThat(BudgetClients.state(context, "all").holds()).isZero();
		});
	}

	/** A thread for each of them would be no queue. */
	@Test
	void streamsWaitWithoutThreads() {
		Semaphore gate = new Semaphore(0);
		this.provider.handler((request) -> BudgetClients.usual().gate(gate));
		this.runner.withPropertyValues(ONE_AT_A_TIME, WAITING, "costwise.budgets.queue.max-waiting=10000")
			.run((context) -> {
				Future<String> first = ask(context, false);
				Eventually.holds(() -> this.provider.requests().size() == 1);
				int before = Thread.activeCount();
				ChatClient client = context.getBean(ChatClient.Builder.class).build();
				Disposable streams = Flux.range(0, 2_000)
					.flatMap((i) -> client.prompt("Hello?").stream().content().then(Mono.just(i)), 2_000)
					.subscribe((one) -> {
					}, (error) -> {
					});
				Eventually.holds(() -> waiting(context) == 2_000);
				assertThat(Thread.activeCount() - before).isLessThan(40);
				streams.dispose();
				Eventually.holds(() -> waiting(context) == 0);
				gate.release(100);
				first.get();
			});
	}

	@Test
	void whoeverWaitsForNothingIsRefusedAtOnce() {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner
			.withPropertyValues(ALL + "limit=0.02 USD", WAITING, "costwise.budgets.limits.month.limit=0.03 USD",
					"costwise.budgets.limits.month.window=month", "costwise.budgets.limits.month.max-wait=1s")
			.run((context) -> {
				BudgetClients.ask(context);
				for (int tokens : new int[] { 1_900, 10_000 }) {
					assertThatExceptionOfType(BudgetExceededException.class)
						.isThrownBy(() -> BudgetClients.ask(context, tokens));
				}
				assertThat(waiting(context)).isZero();
			});
	}

	/** A transaction that stays open while its thread waits holds a connection. */
	@Test
	void nobodyWaitsInATransaction() {
		Semaphore gate = new Semaphore(0);
		this.provider.handler((request) -> BudgetClients.usual().gate(gate));
		this.runner.withPropertyValues(ONE_AT_A_TIME, WAITING).run((context) -> {
			Future<String> first = ask(context, false);
			Eventually.holds(() -> this.provider.requests().size() == 1);
			TransactionSynchronizationManager.setActualTransactionActive(true);
			try {
				assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> BudgetClients.ask(context));
			}
			finally {
				TransactionSynchronizationManager.clear();
			}
			gate.release(100);
			first.get();
		});
	}

	/** One call waits for a budget of a day that is used up, a moment before midnight. */
	private void oneWaits(boolean streamed, BiConsumer<ApplicationContext, FakeTime> wakes) {
		FakeTime clock = new FakeTime(Instant.parse("2026-11-30T23:59:50Z"));
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.withBean(Time.class, () -> TestTimes.real(clock))
			.withPropertyValues(ALL + "limit=0.02 USD", ALL + "window=day", WAITING)
			.run((context) -> {
				BudgetClients.ask(context);
				Future<String> waits = ask(context, streamed);
				Eventually.holds(() -> waiting(context) == 1);
				wakes.accept(context, clock);
				assertThat(waits.get()).isEqualTo("yes");
				assertThat(this.provider.requests()).hasSize(2);
				assertThat(waiting(context)).isZero();
			});
	}

	private static void act(ApplicationContext context, BudgetVerb verb, String amount) {
		Budgets budgets = context.getBean(Budgets.class);
		Budget all = budgets.all().get(0);
		new BudgetActions(budgets, context.getBean(BudgetChanges.class), context.getBean(Time.class))
			.act(new BudgetOrder(all, verb, null, amount, "because of a test", null));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void raiseWakesWhoWaits(boolean streamed) {
		oneWaits(streamed, (context, clock) -> act(context, BudgetVerb.RAISE, "0.02 USD"));
	}

	/** Where no budget counts the call any more, it waits for none. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void suspendedBudgetLetsWhoWaitsGo(boolean streamed) {
		oneWaits(streamed, (context, clock) -> act(context, BudgetVerb.SUSPEND, null));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void newWindowWakesWhoWaits(boolean streamed) {
		oneWaits(streamed, (context, clock) -> clock.advance(Duration.ofSeconds(10)));
	}

	/** Whoever may not wait longer leaves the queue to others. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void deadlineOfATurnEndsItsWait(boolean streamed) {
		Semaphore gate = new Semaphore(0);
		this.provider.handler((request) -> BudgetClients.usual().gate(gate));
		this.runner
			.withPropertyValues(ONE_AT_A_TIME, WAITING, "costwise.routing.tiers.all.level=standard",
					"costwise.routing.tiers.all.targets[0].model=p", "costwise.policies.default.routing.mode=enforce",
					"costwise.policies.default.fallback.enabled=true", "costwise.policies.short.routing.mode=enforce",
					"costwise.policies.short.fallback.enabled=true", "costwise.policies.short.fallback.deadline=300ms")
			.run((context) -> {
				Future<String> first = ask(context, streamed);
				Eventually.holds(() -> this.provider.requests().size() == 1);
				assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> CostScope.builder()
					.policy("short")
					.build()
					.run(() -> BudgetClients.ask(context, streamed)));
				assertThat(waiting(context)).isZero();
				Future<String> last = ask(context, streamed);
				gate.release(100);
				assertThat(first.get()).isEqualTo("yes");
				assertThat(last.get()).isEqualTo("yes");
				assertThat(this.provider.requests()).hasSize(2);
			});
	}

	/** What was paid for before is lost if the next round comes too late. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void laterRoundsOfATurnGoFirst(boolean streamed) {
		Semaphore gate = new Semaphore(0);
		this.provider.handler((request) -> switch (request.number()) {
			case 1 -> BudgetClients.usual().gate(gate);
			case 2 -> Answer.tool("look", "{}").usage(BudgetClients.usage(100, 190));
			default -> Answer.text("yes").usage(BudgetClients.usage(100, 190));
		});
		this.runner.withPropertyValues(ALL + "limit=0.10 USD", WAITING, "costwise.budgets.output.assumed=8500")
			.run((context) -> {
				Future<String> holds = ask(context, false);
				Eventually.holds(() -> this.provider.requests().size() == 1);
				List<Future<String>> waits = new ArrayList<>();
				Looking tool = new Looking(() -> {
					waits.add(this.executor.submit(() -> BudgetClients.ask(context, 8_600)));
					Eventually.holds(() -> waiting(context) == 1);
				});
				ChatClient.ChatClientRequestSpec turn = context.getBean(ChatClient.Builder.class)
					.build()
					.prompt("Hello?")
					.options(BudgetClients.asking(1_900))
					.tools(tool);
				assertThat(streamed ? turn.stream().content().blockLast() : turn.call().content()).isEqualTo("yes");
				assertThat(waiting(context)).isOne();
				gate.release(100);
				holds.get();
				assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> waits.get(0).get())
					.withCauseInstanceOf(BudgetExceededException.class);
			});
	}

	@Test
	void tenantsTakeTurns() throws Exception {
		Semaphore gate = new Semaphore(0);
		List<String> order = new ArrayList<>();
		this.provider.handler((request) -> BudgetClients.usual().gate(gate));
		this.runner.withPropertyValues(ONE_AT_A_TIME, WAITING).run((context) -> {
			List<Future<?>> callers = new ArrayList<>();
			callers.add(ask(context, false));
			Eventually.holds(() -> this.provider.requests().size() == 1);
			for (String tenant : List.of("busy", "busy", "busy", "busy", "busy", "small")) {
				int before = waiting(context);
				callers.add(this.executor.submit(() -> CostScope.builder().tenant(tenant).build().run(() -> {
					BudgetClients.ask(context);
					synchronized (order) {
						order.add(tenant);
					}
				})));
				Eventually.holds(() -> waiting(context) == before + 1);
			}
			for (int i = 0; i < callers.size(); i++) {
				int sent = i + 1;
				Eventually.holds(() -> this.provider.requests().size() == sent);
				gate.release();
				int done = i;
				Eventually.holds(() -> {
					synchronized (order) {
						return order.size() == done;
					}
				});
			}
			for (Future<?> caller : callers) {
				caller.get();
			}
			assertThat(order.indexOf("small")).isLessThanOrEqualTo(1);
		});
	}

	/** All of it can be used, however many come at once, since the others wait. */
	@Test
	void queueingUsesUpAllThatThereIs() throws Exception {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.withPropertyValues(ALL + "limit=1 USD", WAITING, "costwise.budgets.output.longest.p=16384")
			.run((context) -> {
				List<Future<String>> callers = new ArrayList<>();
				for (int i = 0; i < 60; i++) {
					callers.add(this.executor.submit(() -> String
						.valueOf(context.getBean(ChatClient.Builder.class).build().prompt("Hello?").call().content())));
				}
				int passed = 0;
				for (Future<String> one : callers) {
					try {
						one.get();
						passed++;
					}
					catch (ExecutionException ex) {
						assertThat(ex.getCause()).isInstanceOf(BudgetExceededException.class);
					}
				}
				assertThat(passed).isEqualTo(50);
				assertThat(BudgetClients.state(context, "all").free()).isZero();
			});
	}

	/** A tool. */
	static final class Looking {

		private final Runnable meanwhile;

		Looking(Runnable meanwhile) {
			this.meanwhile = meanwhile;
		}

		@Tool(description = "Looks")
		String look() {
			this.meanwhile.run();
			return "nothing";
		}

	}

}

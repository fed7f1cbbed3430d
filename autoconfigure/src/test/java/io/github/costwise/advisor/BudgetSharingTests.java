package io.github.costwise.advisor;

import java.time.Clock;
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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.BudgetRefusal;
import io.github.costwise.accounting.InMemoryUsageLedger;
import io.github.costwise.budget.BudgetActions;
import io.github.costwise.budget.BudgetChanges;
import io.github.costwise.budget.BudgetControls.Control;
import io.github.costwise.budget.BudgetOrder;
import io.github.costwise.budget.BudgetOrder.BudgetVerb;
import io.github.costwise.budget.Budgets;
import io.github.costwise.model.BudgetAlert;
import io.github.costwise.model.CostEvent;
import io.github.costwise.spi.BudgetStore;
import io.github.costwise.spi.CostListener;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.time.Time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Applications that share a store of budgets, which may fail or lose what it keeps.
 */
@Timeout(120)
@Tag("chain")
@ExtendWith(OutputCaptureExtension.class)
class BudgetSharingTests {

	private static final String ALL = "costwise.budgets.limits.all.";

	private static final long CENT = BudgetClients.CENT;

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final SharedMemoryStore store = new SharedMemoryStore();

	private final UsageLedger ledger = new InMemoryUsageLedger(InMemoryUsageLedger.Settings.DEFAULTS,
			Clock.systemUTC());

	private final List<CostEvent> events = new ArrayList<>();

	private final ApplicationContextRunner runner = BudgetClients.runner(this.provider)
		.withBean(BudgetStore.class, () -> this.store)
		.withBean(UsageLedger.class, () -> this.ledger)
		.withBean("events", CostListener.class, () -> new CostListener() {
			@Override
			public void on(CostEvent event) {
				synchronized (BudgetSharingTests.this.events) {
					BudgetSharingTests.this.events.add(event);
				}
			}
		});

	@AfterEach
	void close() {
		this.executor.shutdownNow();
		this.provider.close();
	}

	private static boolean passes(ApplicationContext context, boolean streamed) {
		try {
			BudgetClients.ask(context, streamed);
			return true;
		}
		catch (BudgetExceededException ex) {
			return false;
		}
	}

	private void bothOf(String limit, TwoApplications test) {
		this.provider.handler((request) -> BudgetClients.usual());
		ApplicationContextRunner limited = this.runner.withPropertyValues(ALL + "limit=" + limit);
		limited.run((one) -> limited.run((other) -> test.run(one, other)));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void budgetThatIsUsedUpOnOneBlocksTheOther(boolean streamed) {
		bothOf("0.06 USD", (one, other) -> {
			assertThat(passes(one, streamed)).isTrue();
			assertThat(passes(other, streamed)).isTrue();
			assertThat(passes(one, streamed)).isTrue();
			assertThat(passes(other, streamed)).isFalse();
			assertThat(passes(one, streamed)).isFalse();
			assertThat(BudgetClients.state(one, "all").spent()).isEqualTo(6 * CENT);
			synchronized (this.events) {
				assertThat(this.events.stream().filter(BudgetAlert.class::isInstance)).hasSize(1);
			}
		});
	}

	@Test
	void decisionOfOneHoldsOnTheOtherAndOnLaterOnes() {
		bothOf("1 USD", (one, other) -> {
			act(one, BudgetVerb.BLOCK);
			assertThat(passes(one, false)).isFalse();
			Eventually.holds(() -> control(other) == Control.BLOCKED);
			assertThat(passes(other, false)).isFalse();
			this.runner.withPropertyValues(ALL + "limit=1 USD")
				.run((later) -> assertThat(passes(later, false)).isFalse());
			act(other, BudgetVerb.RESUME);
			Eventually.holds(() -> control(one) == Control.AS_CONFIGURED);
			assertThat(passes(one, false)).isTrue();
			assertThat(this.ledger.budgetEntries(10)).hasSize(2);
		});
	}

	/** Whoever knows a decision tells a store that has lost it. */
	@Test
	void decisionSurvivesTheStore() {
		this.provider.handler((request) -> BudgetClients.usual());
		ApplicationContextRunner limited = this.runner.withPropertyValues(ALL + "limit=1 USD");
		limited.run((one) -> {
			act(one, BudgetVerb.BLOCK);
			this.store.lose();
			Eventually.holds(() -> this.store.remembered(0).stream().anyMatch((line) -> line.contains("BLOCK")));
			limited.run((later) -> assertThat(control(later)).isEqualTo(Control.BLOCKED));
		});
	}

	private static Control control(ApplicationContext context) {
		return context.getBean(Budgets.class).controls().of("all");
	}

	private static void act(ApplicationContext context, BudgetVerb verb) {
		Budgets budgets = context.getBean(Budgets.class);
		new BudgetActions(budgets, context.getBean(BudgetChanges.class), context.getBean(Time.class))
			.act(new BudgetOrder(budgets.all().get(0), verb, null, null, "because of a test", null));
	}

	@Test
	void limitsThatDifferAreReported(CapturedOutput output) {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.withPropertyValues(ALL + "limit=0.10 USD")
			.run((one) -> this.runner.withPropertyValues(ALL + "limit=0.15 USD").run((other) -> {
				Eventually
					.holds(() -> output.getAll().contains("another instance counts the budget 'all' with 0.15 USD"));
				int passed = 0;
				for (int i = 0; i < 10; i++) {
					passed += passes((i % 2 == 0) ? one : other, false) ? 1 : 0;
				}
				assertThat(passed).isEqualTo(7);
			}));
	}

	/** As after a restart without persistence: not the whole limit again. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whatTheStoreLosesTheLedgerKnows(boolean streamed) {
		bothOf("0.30 USD", (one, other) -> {
			for (int i = 0; i < 14; i++) {
				assertThat(passes((i % 2 == 0) ? one : other, streamed)).isTrue();
			}
			this.store.lose();
			assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> BudgetClients.ask(one, streamed))
				.satisfies((ex) -> assertThat(ex.refusal()).isEqualTo(BudgetRefusal.UNAVAILABLE));
			Eventually.holds(() -> passes(one, streamed));
			assertThat(passes(other, streamed)).isFalse();
			assertThat(BudgetClients.state(one, "all").spent()).isEqualTo(30 * CENT);
		});
	}

	/** What passes while nobody can say whether it may is booked when somebody can. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void callsThatPassAnOutageAreBookedAfterIt(boolean streamed) {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.withPropertyValues(ALL + "limit=0.06 USD", ALL + "when-unavailable=pass").run((context) -> {
			assertThat(passes(context, streamed)).isTrue();
			this.store.goesAway();
			for (int i = 0; i < 4; i++) {
				assertThat(passes(context, streamed)).isTrue();
			}
			this.store.comesBack();
			Eventually.holds(() -> BudgetClients.state(context, "all").spent() == 10 * CENT);
			assertThat(passes(context, streamed)).isFalse();
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void callThatEndsDuringAnOutageIsBookedAfterIt(boolean streamed) {
		Semaphore gate = new Semaphore(0);
		this.provider.handler((request) -> BudgetClients.usual().gate(gate));
		this.runner.withPropertyValues(ALL + "limit=1 USD").run((context) -> {
			Future<Boolean> call = this.executor.submit(() -> passes(context, streamed));
			Eventually.holds(() -> this.provider.requests().size() == 1);
			this.store.goesAway();
			gate.release(10);
			assertThat(call.get()).isTrue();
			assertThatExceptionOfType(BudgetExceededException.class)
				.isThrownBy(() -> BudgetClients.ask(context, streamed))
				.satisfies((ex) -> assertThat(ex.refusal()).isEqualTo(BudgetRefusal.UNAVAILABLE));
			this.store.comesBack();
			Eventually.holds(() -> BudgetClients.state(context, "all").spent() == 2 * CENT);
			assertThat(BudgetClients.state(context, "all").held()).isZero();
		});
	}

	/** A call asks the store before it and after it, whatever its budgets do. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void degradingBudgetAsksTheStoreNoMoreThanOthers(boolean streamed) {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.withPropertyValues(ALL + "limit=1 USD", ALL + "degrade-at=4").run((context) -> {
			for (int i = 0; i < 10; i++) {
				assertThat(passes(context, streamed)).isTrue();
			}
			assertThat(this.store.asked()).isOne();
			this.store.goesAway();
			assertThat(passes(context, streamed)).isFalse();
		});
		this.runner.withPropertyValues(ALL + "limit=1 USD", ALL + "degrade-at=4")
			.run((context) -> assertThat(passes(context, streamed)).isFalse());
	}

	@Test
	void roomOfOneWakesWhoWaitsOnTheOther() {
		Semaphore gate = new Semaphore(0);
		this.provider.handler((request) -> BudgetClients.usual().gate(gate));
		ApplicationContextRunner limited = this.runner.withPropertyValues(ALL + "limit=1 in-flight",
				ALL + "max-wait=60s");
		limited.run((one) -> limited.run((other) -> {
			Future<Boolean> first = this.executor.submit(() -> passes(one, false));
			Eventually.holds(() -> this.provider.requests().size() == 1);
			Future<Boolean> second = this.executor.submit(() -> passes(other, false));
			Eventually.holds(() -> other.getBean(Budgets.class).waits().waiting("all") == 1);
			gate.release(10);
			assertThat(first.get()).isTrue();
			assertThat(second.get()).isTrue();
		}));
	}

	/** A test of two applications. */
	@FunctionalInterface
	private interface TwoApplications {

		void run(ApplicationContext one, ApplicationContext other) throws Exception;

	}

}

package io.github.costwise.advisor;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.accounting.InMemoryUsageLedger;
import io.github.costwise.accounting.InMemoryUsageLedger.Settings;
import io.github.costwise.budget.Budget;
import io.github.costwise.budget.BudgetActions;
import io.github.costwise.budget.BudgetChanges;
import io.github.costwise.budget.BudgetOrder;
import io.github.costwise.budget.BudgetOrder.BudgetVerb;
import io.github.costwise.budget.Budgets;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.testsupport.FakeTime;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.TestTimes;
import io.github.costwise.time.Time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Budgets that begin again with what a ledger and a file of changes know.
 */
@Timeout(60)
@Tag("chain")
class BudgetRestartTests {

	private static final String ALL = "costwise.budgets.limits.all.";

	private final LoopbackProvider provider = new LoopbackProvider();

	private final FakeTime clock = new FakeTime();

	private final UsageLedger ledger = new InMemoryUsageLedger(Settings.DEFAULTS, this.clock);

	private final ApplicationContextRunner runner = BudgetClients.runner(this.provider)
		.withBean(UsageLedger.class, () -> this.ledger)
		.withBean(Time.class, () -> TestTimes.real(this.clock));

	@AfterEach
	void close() {
		this.provider.close();
	}

	/**
	 * What was spent long before the restart is not held against anybody as long again.
	 */
	@Test
	void windowThatReachesBackGoesOnLosingWhatWasSpent() {
		this.provider.handler((request) -> BudgetClients.usual());
		ApplicationContextRunner rolling = this.runner.withPropertyValues(ALL + "limit=0.04 USD", ALL + "window=10m");
		rolling.run((context) -> {
			BudgetClients.ask(context);
			this.clock.advance(Duration.ofMinutes(6));
			BudgetClients.ask(context);
		});
		this.clock.advance(Duration.ofMinutes(1));
		rolling.run((context) -> {
			assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> BudgetClients.ask(context));
			this.clock.advance(Duration.ofSeconds(200));
			BudgetClients.ask(context);
			assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> BudgetClients.ask(context));
		});
	}

	/**
	 * A ledger that outlives the application remembers what was done, by whoever did it.
	 */
	@Test
	void whatWasDoneIsEnteredIntoTheLedgerAndDoneAgain() {
		this.provider.handler((request) -> BudgetClients.usual());
		ApplicationContextRunner limited = this.runner.withPropertyValues(ALL + "limit=0.02 USD");
		limited.run((context) -> {
			Budgets budgets = context.getBean(Budgets.class);
			BudgetActions actions = new BudgetActions(budgets, context.getBean(BudgetChanges.class),
					context.getBean(Time.class));
			Budget all = budgets.all().get(0);
			actions.act(new BudgetOrder(all, BudgetVerb.RAISE, null, "0.02 USD", "launch day", "ann"));
			actions.act(new BudgetOrder(all, BudgetVerb.BLOCK, null, null, "an attack", null));
			assertThat(this.ledger.budgetEntries(10)).satisfiesExactly((raise) -> {
				assertThat(raise.action()).isEqualTo("raise");
				assertThat(raise.amount()).isEqualTo(2 * BudgetClients.CENT);
				assertThat(raise.why()).isEqualTo("launch day");
				assertThat(raise.who()).isEqualTo("ann");
				assertThat(raise.at()).isEqualTo(this.clock.instant());
			}, (block) -> assertThat(block.action()).isEqualTo("block"));
		});
		limited.run((context) -> {
			assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> BudgetClients.ask(context));
			Budgets budgets = context.getBean(Budgets.class);
			new BudgetActions(budgets, context.getBean(BudgetChanges.class), context.getBean(Time.class))
				.act(new BudgetOrder(budgets.all().get(0), BudgetVerb.RESUME, null, null, "it is over", "ann"));
		});
		limited.run((context) -> {
			BudgetClients.ask(context);
			BudgetClients.ask(context);
			assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> BudgetClients.ask(context));
		});
	}

	/** Five dollars are no five billion tokens. */
	@Test
	void changeOfAnAmountInAnotherUnitIsForgotten(@TempDir Path folder) {
		this.provider.handler((request) -> BudgetClients.usual());
		ApplicationContextRunner remembering = this.runner
			.withPropertyValues("costwise.budgets.changes-file=" + folder.resolve("changes"));
		remembering.withPropertyValues(ALL + "limit=0 USD").run((context) -> {
			Budgets budgets = context.getBean(Budgets.class);
			new BudgetActions(budgets, context.getBean(BudgetChanges.class), context.getBean(Time.class)).act(
					new BudgetOrder(budgets.all().get(0), BudgetVerb.RAISE, null, "5 USD", "because of a test", "ann"));
			BudgetClients.ask(context);
		});
		remembering.withPropertyValues(ALL + "limit=100 tokens")
			.run((context) -> assertThatExceptionOfType(BudgetExceededException.class)
				.isThrownBy(() -> BudgetClients.ask(context)));
		remembering.withPropertyValues(ALL + "limit=0 USD").run((context) -> BudgetClients.ask(context));
	}

}

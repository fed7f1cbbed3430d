package io.github.costwise.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.budget.Budget.BudgetNotices;
import io.github.costwise.budget.Budget.BudgetRules;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetAlert;
import io.github.costwise.model.BudgetAlert.AlertCause;
import io.github.costwise.model.BudgetOverrun;
import io.github.costwise.model.BudgetOverrun.OverrunCause;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.model.BudgetUnit;
import io.github.costwise.model.CostEvent;
import io.github.costwise.spi.BudgetStore.Settled;
import io.github.costwise.testsupport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link BudgetAlerts}.
 */
@Tag("unit")
class BudgetAlertsTests {

	private static final BudgetAccount ALL = new BudgetAccount("b", "");

	private static final BudgetSpan FIRST = new BudgetSpan(Instant.EPOCH, Instant.EPOCH.plusSeconds(60), null);

	private static final BudgetSpan SECOND = new BudgetSpan(FIRST.until(), FIRST.until().plusSeconds(60), null);

	private final FakeTime time = new FakeTime(Instant.EPOCH);

	private final List<CostEvent> events = new ArrayList<>();

	private final BudgetAlerts alerts = new BudgetAlerts(this.events::add, new SpendPaces(), (what, until) -> true,
			this.time.time());

	private final Budget budget = budget(BudgetRules.DEFAULT);

	private static Budget budget(BudgetRules rules) {
		return new Budget("b", new BudgetAmount(1_000, BudgetUnit.USD), new BudgetWindow.Total(), List.of(), Map.of(),
				Map.of(), rules);
	}

	private static BudgetState state(BudgetAccount account, BudgetSpan span, long limit, long spent, long held) {
		return new BudgetState(account, span, limit, spent, held, (held > 0) ? 1 : 0);
	}

	private void settled(BudgetState state) {
		this.alerts.settled(this.budget, "call", new Settled(state, 10, 10));
	}

	private void spent(long spent) {
		settled(state(ALL, FIRST, 1_000, spent, 0));
	}

	private List<Integer> percents() {
		return this.events.stream().map((event) -> ((BudgetAlert) event).percent()).toList();
	}

	@Test
	void eachAccountIsNotifiedOnce() {
		for (int i = 0; i < 1_000; i++) {
			BudgetAccount account = new BudgetAccount("b", "user " + i % 50);
			settled(state(account, FIRST, 1_000, 800 + i / 10, 0));
		}
		assertThat(this.events).hasSize(50);
		assertThat(percents()).containsOnly(80);
	}

	@Test
	void eachThresholdIsPassedOnceAndAJumpPassesTheHighest() {
		spent(799);
		assertThat(this.events).isEmpty();
		spent(800);
		spent(900);
		spent(1_000);
		spent(1_000);
		assertThat(percents()).containsExactly(80, 100);
		settled(state(new BudgetAccount("b", "ann"), FIRST, 1_000, 1_000, 0));
		assertThat(percents()).containsExactly(80, 100, 100);
	}

	@Test
	void threadsThatComeLateArmNothingAgain() {
		spent(1_000);
		spent(790);
		spent(810);
		spent(1_000);
		assertThat(percents()).containsExactly(100);
	}

	@Test
	void newWindowArmsAgain() {
		spent(900);
		settled(state(ALL, SECOND, 1_000, 100, 0));
		settled(state(ALL, SECOND, 1_000, 850, 0));
		assertThat(percents()).containsExactly(80, 80);
	}

	@Test
	void higherLimitArmsWhatIsPassedNoMore() {
		spent(1_000);
		settled(state(ALL, FIRST, 1_100, 1_001, 0));
		settled(state(ALL, FIRST, 1_100, 1_100, 0));
		assertThat(percents()).containsExactly(100, 100);
		settled(state(ALL, FIRST, 4_000, 1_100, 0));
		settled(state(ALL, FIRST, 4_000, 3_200, 0));
		assertThat(percents()).containsExactly(100, 100, 80);
	}

	@Test
	void resetArmsAgain() {
		spent(1_000);
		this.alerts.adjusted(this.budget, state(ALL, FIRST, 1_000, 0, 0));
		spent(10);
		spent(810);
		assertThat(percents()).containsExactly(100, 80);
	}

	private void spent(Budget paced, int second, long spent) {
		this.time.advance(Duration.between(this.time.instant(), Instant.EPOCH.plusSeconds(second)));
		this.alerts.settled(paced, "call", new Settled(state(ALL, FIRST, 1_000, spent, 0), 10, 10));
	}

	private List<AlertCause> causes() {
		return this.events.stream().map((event) -> ((BudgetAlert) event).cause()).toList();
	}

	/** Both since the window began and lately, since one burst is no trend. */
	@Test
	void forecastIsPublishedOnceWhereBothPacesPassTheLimit() {
		Budget paced = budget(new BudgetRules(true, new BudgetNotices(List.of(), true, null), List.of(), 90, 0, null));
		spent(paced, 3, 300);
		spent(paced, 12, 310);
		spent(paced, 15, 320);
		spent(paced, 30, 400);
		assertThat(this.events).isEmpty();
		spent(paced, 36, 640);
		spent(paced, 39, 700);
		assertThat(causes()).containsExactly(AlertCause.FORECAST);
		assertThat(percents()).containsExactly(106);
	}

	@Test
	void spendThatIsMuchFasterThanEvenIsPublishedOnce() {
		Budget paced = budget(new BudgetRules(true, new BudgetNotices(List.of(), false, 6), List.of(), 90, 0, null));
		spent(paced, 1, 200);
		assertThat(this.events).isEmpty();
		spent(paced, 3, 210);
		spent(paced, 20, 300);
		spent(paced, 23, 350);
		assertThat(this.events).isEmpty();
		spent(paced, 24, 800);
		spent(paced, 25, 900);
		assertThat(causes()).containsExactly(AlertCause.BURN_RATE);
		this.time.advance(Duration.ofSeconds(35));
		this.alerts.settled(paced, "call", new Settled(state(ALL, SECOND, 1_000, 500, 0), 10, 10));
		this.time.advance(Duration.ofSeconds(5));
		this.alerts.settled(paced, "call", new Settled(state(ALL, SECOND, 1_000, 800, 0), 10, 10));
		assertThat(causes()).containsExactly(AlertCause.BURN_RATE, AlertCause.BURN_RATE);
	}

	@Test
	void holdsAreNoSpend() {
		settled(state(ALL, FIRST, 1_000, 700, 300));
		assertThat(this.events).isEmpty();
	}

	@Test
	void overrunHasItsCauseAndAmount() {
		BudgetState over = state(ALL, FIRST, 1_000, 1_030, 0);
		this.alerts.settled(this.budget, "a", new Settled(over, 20, 50));
		this.alerts.settled(this.budget, "b", new Settled(over, 0, 10));
		this.alerts.settled(this.budget, "c", new Settled(over, 20, 20));
		assertThat(this.events.stream().filter(BudgetOverrun.class::isInstance)).containsExactly(
				new BudgetOverrun(BudgetUnit.USD, over, "a", 30, OverrunCause.ABOVE_HOLD),
				new BudgetOverrun(BudgetUnit.USD, over, "b", 10, OverrunCause.NOT_ADMITTED));
	}

	@Test
	void budgetThatIsWatchedHasNoOverruns() {
		Budget watched = budget(new BudgetRules(false, BudgetNotices.NONE, List.of(), 90, 0, null));
		this.alerts.settled(watched, "a", new Settled(state(ALL, FIRST, 1_000, 2_000, 0), 0, 2_000));
		assertThat(this.events).isEmpty();
	}

}

package io.github.costwise.budget;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.budget.Budget.BudgetRules;
import io.github.costwise.budget.BudgetWindow.CalendarStart;
import io.github.costwise.budget.memory.MemoryBudgetStore;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.testsupport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BudgetAccounts}.
 */
@Tag("unit")
class BudgetAccountsTests {

	private static final BudgetAccount ACCOUNT = new BudgetAccount("day", "");

	private static final CalendarStart START = new CalendarStart(ZoneOffset.UTC, DayOfWeek.MONDAY, 1,
			LocalTime.MIDNIGHT);

	private final FakeTime time = new FakeTime(Instant.parse("2026-11-23T12:00:00Z"));

	private final Budget budget = new Budget("day", BudgetAmount.parse("100 calls"),
			BudgetWindow.parse("day", START, Duration::parse), List.of(), Map.of(), Map.of(), BudgetRules.DEFAULT);

	private final Budgets budgets = new Budgets(List.of(this.budget), new MemoryBudgetStore(), HoldSettings.DEFAULT,
			(event) -> {
			}, new Faults(), this.time.time());

	private final BudgetAccounts accounts = new BudgetAccounts(this.budgets, this.time.time());

	private void spend(long amount) {
		Instant now = this.time.instant();
		this.budgets.adjust(ACCOUNT, this.budget.span(now), now, 0, amount);
	}

	@Test
	void whatIsSpentOfAWindowThatIsOverCountsNoMore() {
		spend(120);
		assertThat(this.accounts.highestPercent(this.budget)).isEqualTo(120);
		assertThat(this.accounts.overspent()).containsEntry("day", 120);
		this.time.advance(Duration.ofDays(1));
		assertThat(this.accounts.highestPercent(this.budget)).isZero();
		assertThat(this.accounts.overspent()).isEmpty();
		assertThat(this.accounts.list(this.budget, 10)).allSatisfy((state) -> {
			assertThat(state.spent()).isZero();
			assertThat(state.limit()).isEqualTo(100);
			assertThat(state.span()).isEqualTo(this.budget.span(this.time.instant()));
		});
	}

	@Test
	void forecastGoesOnAsSoFar() {
		spend(30);
		BudgetState noon = this.accounts.list(this.budget, 1).get(0);
		assertThat(this.accounts.forecast(noon)).isEqualTo(new BudgetForecast(60, 60, 60));
		this.time.advance(Duration.ofHours(6));
		assertThat(this.accounts.forecast(noon)).isEqualTo(new BudgetForecast(40, 40, 40));
		this.time.advance(Duration.ofHours(7));
		assertThat(this.accounts.forecast(noon)).isEqualTo(new BudgetForecast(30, 30, 30));
		spend(5);
		assertThat(this.accounts.forecast(this.accounts.list(this.budget, 1).get(0))).isNull();
	}

	@Test
	void forecastIsThereOnlyWhereAWindowEnds() {
		for (BudgetSpan span : List.of(BudgetSpan.TOTAL, BudgetSpan.rolling(Duration.ofHours(1)))) {
			assertThat(this.accounts.forecast(new BudgetState(ACCOUNT, span, 100, 10, 0, 0))).isNull();
		}
		BudgetSpan day = this.budget.span(this.time.instant());
		assertThat(this.accounts.forecast(new BudgetState(ACCOUNT, day, 100, -1, 0, 0)).expected()).isZero();
		assertThat(this.accounts.forecast(new BudgetState(ACCOUNT, day, 100, Long.MAX_VALUE, 0, 0)).expected())
			.isEqualTo(Long.MAX_VALUE);
	}

}

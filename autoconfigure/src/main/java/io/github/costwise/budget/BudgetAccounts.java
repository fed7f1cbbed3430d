package io.github.costwise.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.time.Time;

/**
 * The accounts of budgets as they are now: one whose window is over has spent nothing of
 * the next one. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BudgetAccounts {

	private static final int FULL = 100;

	private final Budgets budgets;

	private final Time time;

	/**
	 * Creates an instance.
	 * @param budgets the budgets
	 * @param time tells the time
	 */
	public BudgetAccounts(Budgets budgets, Time time) {
		this.budgets = budgets;
		this.time = time;
	}

	/**
	 * Returns the accounts of a budget, those first of which most is spent.
	 * @param budget the budget
	 * @param most how many
	 * @return the accounts of which a call was seen
	 */
	public List<BudgetState> list(Budget budget, int most) {
		Instant now = this.time.now();
		return this.budgets.store()
			.states(budget.id(), now, most)
			.stream()
			.map((state) -> current(budget, state, budget.span(now)))
			.toList();
	}

	/**
	 * Returns the account of an owner.
	 * @param budget the budget
	 * @param owner the values of its key, or empty for a budget of all
	 * @return the account, or {@code null} when nothing is known of it in this window
	 */
	public @Nullable BudgetState find(Budget budget, String owner) {
		Instant now = this.time.now();
		return this.budgets.store().state(new BudgetAccount(budget.id(), owner), budget.span(now), now);
	}

	/**
	 * Returns how long the oldest call in flight of this instance has held something.
	 * @return its age; zero without any
	 */
	public Duration oldestHold() {
		return this.budgets.oldestHold();
	}

	/**
	 * Returns what an account will have spent at the end of its window, if it goes on as
	 * it did so far.
	 * @param state the account
	 * @return the amounts, or {@code null} where the window has no end or has begun only
	 * lately
	 */
	public @Nullable BudgetForecast forecast(BudgetState state) {
		return this.budgets.forecast(state);
	}

	/**
	 * Returns how much of its limit the account has spent that has spent most.
	 * @param budget the budget
	 * @return whole percents; zero without accounts
	 */
	public int highestPercent(Budget budget) {
		return list(budget, 1).stream().mapToInt(BudgetState::percent).findFirst().orElse(0);
	}

	/**
	 * Returns what calls in flight hold of all accounts.
	 * @param budget the budget
	 * @return the sum
	 */
	public long held(Budget budget) {
		return list(budget, Integer.MAX_VALUE).stream().mapToLong(BudgetState::held).sum();
	}

	/**
	 * Returns the budgets of which an account has spent more than its limit.
	 * @return how much of its limit the account has spent that has spent most, in whole
	 * percents, by the id of the budget
	 */
	public Map<String, Integer> overspent() {
		Map<String, Integer> overspent = new LinkedHashMap<>();
		for (Budget budget : this.budgets.all()) {
			int percent = highestPercent(budget);
			if (percent > FULL) {
				overspent.put(budget.id(), percent);
			}
		}
		return overspent;
	}

	private static BudgetState current(Budget budget, BudgetState state, BudgetSpan span) {
		if (!state.span().from().isBefore(span.from())) {
			return state;
		}
		return new BudgetState(state.account(), span, budget.limit(state.account()), 0, state.held(), state.holds());
	}

}

package io.github.costwise.actuate;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.budget.BudgetForecast;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.model.BudgetUnit;

/**
 * What {@code costbudgets} answers: amounts in US dollars are decimals, all others whole
 * numbers. Immutable.
 *
 * @param store what keeps the spend
 * @param heldFor whose calls are counted: {@code this instance only}, or
 * {@code all instances that share the store}
 * @param oldestHoldMillis how long the oldest call in flight of this instance has held
 * something, zero without one
 * @param budgets the budgets, in the order of the settings
 * @since 0.1.0
 */
record CostBudgetsReport(String store, String heldFor, long oldestHoldMillis, List<BudgetReport> budgets) {

	/**
	 * A budget.
	 *
	 * @param id its id
	 * @param unit what it counts, such as {@code USD}
	 * @param limit the limit of each account
	 * @param per what has an account of its own; empty for one account of all
	 * @param window when it begins again, such as {@code day}, or {@code last 10m}
	 * @param mode {@code enforce}, or {@code observe} when it is only watched
	 * @param control {@code as-configured}, {@code suspended} or {@code blocked}
	 * @param overflow id of the budget that is tried where it has no room, or
	 * {@code null}
	 * @param refusals how many calls it refused since start, by cause; causes without a
	 * call are left out
	 * @param wouldHaveRefused how many calls it would have refused, had it been enforced
	 * @param overruns how many calls were booked past its limit
	 * @param unpricedCalls how many calls it counted as nothing, since their price is not
	 * known
	 * @param heldFor as for all budgets
	 * @param accounts its accounts, those first of which most is spent
	 */
	public record BudgetReport(String id, String unit, Object limit, List<String> per, String window, String mode,
			String control, @Nullable String overflow, Map<String, Long> refusals, long wouldHaveRefused, long overruns,
			long unpricedCalls, String heldFor, List<AccountReport> accounts) {

	}

	/**
	 * An account.
	 *
	 * @param owner the values of what has an account of its own, or empty
	 * @param limit its limit, with what it was raised by and what was carried over
	 * @param spent what was booked
	 * @param held what calls in flight may still cost
	 * @param holds how many calls in flight hold a part of it
	 * @param free what is left, below zero after an overrun
	 * @param percent how much of the limit is spent, in whole percents
	 * @param forecast what will be spent at the end of the window, or {@code null} where
	 * there is no end or it has begun only lately
	 * @param from begin of its window, or {@code null} for none
	 * @param until end of its window, or {@code null} for none
	 */
	public record AccountReport(String owner, Object limit, Object spent, Object held, int holds, Object free,
			int percent, @Nullable ForecastReport forecast, @Nullable String from, @Nullable String until) {

		static AccountReport of(BudgetUnit unit, BudgetState state, @Nullable BudgetForecast forecast) {
			boolean bounded = !state.span().equals(BudgetSpan.TOTAL) && state.span().rolling() == null;
			return new AccountReport(state.account().owner(), amount(unit, state.limit()), amount(unit, state.spent()),
					amount(unit, state.held()), state.holds(), amount(unit, state.free()), state.percent(),
					(forecast != null) ? ForecastReport.of(unit, forecast) : null,
					bounded ? state.span().from().toString() : null, bounded ? state.span().until().toString() : null);
		}

	}

	/**
	 * What will be spent at the end of a window.
	 *
	 * @param expected if it goes on as it did since the window began
	 * @param low the less of that, and of what it would be at the pace of lately
	 * @param high the more of both
	 */
	public record ForecastReport(Object expected, Object low, Object high) {

		private static ForecastReport of(BudgetUnit unit, BudgetForecast forecast) {
			return new ForecastReport(amount(unit, forecast.expected()), amount(unit, forecast.low()),
					amount(unit, forecast.high()));
		}

	}

	/**
	 * What a write did.
	 *
	 * @param budget id of the budget
	 * @param action what was asked for
	 * @param done what was done, as a sentence
	 * @param account the account afterwards, or {@code null} when it concerns all
	 */
	public record BudgetActionReport(String budget, String action, String done, @Nullable AccountReport account) {

	}

	/** Dollars without an exponent and without zeros at the end, or a whole number. */
	static Object amount(BudgetUnit unit, long amount) {
		if (unit != BudgetUnit.USD) {
			return amount;
		}
		BigDecimal usd = BigDecimal.valueOf(amount, 9).stripTrailingZeros();
		return (usd.scale() < 0) ? usd.setScale(0) : usd;
	}

}

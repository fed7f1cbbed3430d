package io.github.costwise.budget;

import java.time.Duration;
import java.time.Instant;

import io.github.costwise.model.BudgetState;

/**
 * What an account had spent a while ago: at the first booking of the last 24th of its
 * window, and of the one before. Immutable.
 *
 * @param from begin of the window
 * @param before the earlier point
 * @param latest the later point
 */
record SpendPace(Instant from, SpendPoint before, SpendPoint latest) {

	private static final int SLICES = 24;

	private static final int PERCENT = 100;

	static SpendPace begin(Instant from) {
		SpendPoint begin = new SpendPoint(from, 0);
		return new SpendPace(from, begin, begin);
	}

	/** The pace once something is booked. */
	SpendPace at(Instant now, long spent, Duration whole) {
		return (slice(now, whole) > slice(this.latest.at(), whole))
				? new SpendPace(this.from, this.latest, new SpendPoint(now, spent)) : this;
	}

	private long slice(Instant at, Duration whole) {
		return Duration.between(this.from, at).toMillis() * SLICES / Math.max(1, whole.toMillis());
	}

	/** What was spent since the earlier point. */
	long since(long spent) {
		return Math.max(0, spent - this.before.spent());
	}

	/** How long that has lasted. */
	Duration passed(Instant now) {
		return Duration.between(this.before.at(), now);
	}

	/**
	 * How fast it is spent, in percents of a pace at which the limit is just used up when
	 * the window ends; zero within the first 24th.
	 */
	int burn(BudgetState state, Instant now, Duration whole) {
		long passed = passed(now).toMillis();
		if (passed < whole.toMillis() / SLICES || state.limit() <= 0) {
			return 0;
		}
		long even = Math.max(1, BudgetForecast.scaled(state.limit(), passed, whole.toMillis()));
		return (int) Math.min(Integer.MAX_VALUE, BudgetForecast.scaled(since(state.spent()), PERCENT, even));
	}

	/**
	 * What was spent at a time.
	 *
	 * @param at the time
	 * @param spent the amount
	 */
	record SpendPoint(Instant at, long spent) {

	}

}

package io.github.costwise.budget;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;

/**
 * What an account will have spent at the end of its window. Immutable.
 *
 * @param expected if it goes on as it did since the window began
 * @param low the less of that, and of what it would be if it went on as it did lately
 * @param high the more of both
 * @since 0.1.0
 */
public record BudgetForecast(long expected, long low, long high) {

	/** Of a window, a tenth must have passed. */
	private static final int TOO_EARLY = 10;

	/** Returns a forecast, or {@code null} where there is no end or it is too early. */
	static @Nullable BudgetForecast of(BudgetState state, @Nullable SpendPace pace, Instant now) {
		Duration whole = length(state.span());
		if (whole == null) {
			return null;
		}
		long passed = Math.min(whole.toMillis(), Duration.between(state.span().from(), now).toMillis());
		if (passed < whole.toMillis() / TOO_EARLY) {
			return null;
		}
		long spent = Math.max(0, state.spent());
		long expected = scaled(spent, whole.toMillis(), passed);
		long recent = (pace != null) ? lately(spent, pace, now, whole.toMillis() - passed) : expected;
		return new BudgetForecast(expected, Math.min(expected, recent), Math.max(expected, recent));
	}

	private static long lately(long spent, SpendPace pace, Instant now, long left) {
		long more = scaled(pace.since(spent), left, pace.passed(now).toMillis());
		return (more > Long.MAX_VALUE - spent) ? Long.MAX_VALUE : spent + more;
	}

	/** The length of a window that ends and begins again, or {@code null} for others. */
	static @Nullable Duration length(BudgetSpan span) {
		return (span.rolling() != null || span.equals(BudgetSpan.TOTAL)) ? null
				: Duration.between(span.from(), span.until());
	}

	static long scaled(long amount, long by, long over) {
		return BigInteger.valueOf(amount)
			.multiply(BigInteger.valueOf(by))
			.divide(BigInteger.valueOf(Math.max(1, over)))
			.min(BigInteger.valueOf(Long.MAX_VALUE))
			.longValueExact();
	}

}

package io.github.costwise.model;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The time over which an account is summed. Immutable.
 *
 * @param from its beginning
 * @param until its end, or {@link Instant#MAX} for none
 * @param rolling how far it reaches back at any time, or {@code null} for one that begins
 * again at its end
 * @since 0.1.0
 */
public record BudgetSpan(Instant from, Instant until, @Nullable Duration rolling) {

	/** From ever to ever. */
	public static final BudgetSpan TOTAL = new BudgetSpan(Instant.MIN, Instant.MAX, null);

	/**
	 * Returns a span that reaches back from any time.
	 * @param length how far
	 * @return the span
	 */
	public static BudgetSpan rolling(Duration length) {
		return new BudgetSpan(Instant.MIN, Instant.MAX, length);
	}

}

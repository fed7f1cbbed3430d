package io.github.costwise.model;

import java.time.Instant;

/**
 * Which part of the ledger to sum up, and how. Hours of the period that lie in it in part
 * count whole when only roll-ups are left of them.
 *
 * @param from begin of the period, inclusive
 * @param to end of the period, exclusive
 * @param groupBy the dimension
 * @since 0.1.0
 */
public record LedgerQuery(Instant from, Instant to, Dimension groupBy) {

	/** What to group by. */
	public enum Dimension {

		/** Nothing: one row for all. */
		ALL,

		/** The feature. */
		FEATURE,

		/** Provider and model that answered, as {@code provider/model}. */
		MODEL,

		/** The tenant. */
		TENANT,

		/** The day in UTC, as {@code yyyy-MM-dd}. */
		DAY

	}

}

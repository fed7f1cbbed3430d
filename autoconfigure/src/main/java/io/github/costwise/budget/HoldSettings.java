package io.github.costwise.budget;

import java.time.Duration;

import io.github.costwise.model.BudgetUnit;
import io.github.costwise.spi.BudgetStore.Demand;

/**
 * What becomes of holds. Immutable.
 *
 * @param expiry how long a hold lasts that nobody extends, as one whose instance is gone
 * @param onExpiry what is booked then
 * @since 0.1.0
 */
public record HoldSettings(Duration expiry, OnExpiry onExpiry) {

	/** Two minutes, after which the input is booked. */
	public static final HoldSettings DEFAULT = new HoldSettings(Duration.ofMinutes(2), OnExpiry.INPUT);

	/**
	 * Creates settings.
	 * @throws IllegalArgumentException if holds would expire within a second
	 */
	public HoldSettings {
		if (expiry.compareTo(Duration.ofSeconds(1)) < 0) {
			throw new IllegalArgumentException("a hold lasts at least 1s, was " + expiry);
		}
	}

	long onExpiry(BudgetUnit unit, long fixed) {
		if (this.onExpiry == OnExpiry.NOTHING || unit == BudgetUnit.IN_FLIGHT) {
			return 0;
		}
		return (this.onExpiry == OnExpiry.ALL) ? Demand.WHOLE : fixed;
	}

	/** What is booked of a hold that expires. */
	public enum OnExpiry {

		/** All that was held. */
		ALL,

		/** What the input costs at most. */
		INPUT,

		/** Nothing. */
		NOTHING

	}

}

package io.github.costwise.accounting;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;
import io.github.costwise.Money;
import io.github.costwise.model.PriceState;

/**
 * What observers may know of a turn that still runs. Thread-safe.
 *
 * @since 0.1.0
 */
public interface RunningTurn {

	/**
	 * Returns the unique id of the turn.
	 * @return the id
	 */
	String id();

	/**
	 * Returns what its cost is attributed to.
	 * @return the attribution
	 */
	Attribution attribution();

	/**
	 * Returns what it has cost so far.
	 * @return the sum of its settled calls
	 */
	Money cost();

	/**
	 * Returns how far that amount can be trusted.
	 * @return the least certain state of its settled calls, or {@code null} before the
	 * first, or when the turn keeps no record
	 */
	default @Nullable PriceState priceState() {
		return null;
	}

}

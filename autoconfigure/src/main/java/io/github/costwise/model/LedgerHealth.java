package io.github.costwise.model;

import org.jspecify.annotations.Nullable;

/**
 * Whether records are on their way to the store of a ledger or got lost. Counts are since
 * start.
 *
 * @param reachable whether the last attempt to reach the store worked
 * @param queued records appended but not yet in the store or its journal
 * @param journalled records in the local journal, to be stored later
 * @param stored records that reached the store
 * @param lost records that were given up: there was no room for them, or the store
 * refused them for good
 * @param lastError the latest error in short, or {@code null} for none
 * @since 0.1.0
 */
public record LedgerHealth(boolean reachable, long queued, long journalled, long stored, long lost,
		@Nullable String lastError) {

	/** Nothing waits and nothing is lost. */
	public static final LedgerHealth IDLE = new LedgerHealth(true, 0, 0, 0, 0, null);

}

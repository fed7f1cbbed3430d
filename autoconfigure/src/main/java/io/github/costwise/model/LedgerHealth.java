package io.github.costwise.model;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Whether records are queued for the store of a ledger or were lost. Counts are since
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

	/**
	 * Returns what cannot be read from the store.
	 * @return a clause each for records in the journal and for lost ones; empty for none
	 */
	public List<String> gaps() {
		List<String> gaps = new ArrayList<>();
		if (this.journalled > 0) {
			gaps.add(this.journalled + " records wait in the journal for the database");
		}
		if (this.lost > 0) {
			gaps.add(this.lost + " records were lost since the start");
		}
		return gaps;
	}

}

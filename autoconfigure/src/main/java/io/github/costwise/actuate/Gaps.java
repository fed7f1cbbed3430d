package io.github.costwise.actuate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.costwise.model.LedgerHealth;
import io.github.costwise.spi.UsageLedger;

/**
 * Says what an export of a ledger does not hold.
 */
final class Gaps {

	private Gaps() {
	}

	/**
	 * Returns what is missing from a period.
	 * @param ledger the ledger
	 * @param period the period
	 * @return a sentence, or an empty text when nothing is
	 */
	static String of(UsageLedger ledger, Period period) {
		List<String> gaps = new ArrayList<>();
		Instant until = ledger.missingUntil(period.from());
		if (until != null && until.isBefore(period.to())) {
			gaps.add("complete only after " + until + ", the ledger keeps no older calls");
		}
		else if (until != null) {
			gaps.add("the ledger keeps no calls that are as old as this period, only those after " + until);
		}
		gaps.addAll(ledger.health().gaps());
		return gaps.isEmpty() ? "" : "incomplete: " + String.join("; ", gaps);
	}

}

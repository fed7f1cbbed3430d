package io.github.costwise.spi;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BudgetEntry;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CostAnswer;
import io.github.costwise.model.CostGroups;
import io.github.costwise.model.CostQuery;
import io.github.costwise.model.CostSummary;
import io.github.costwise.model.LedgerFilter;
import io.github.costwise.model.LedgerHealth;
import io.github.costwise.model.LedgerQuery;
import io.github.costwise.model.TurnRecord;

/**
 * Holds what was used and what it cost. Appending is quick, never waits for a store and
 * never throws; reading may be slower. Thread-safe.
 *
 * @since 0.1.0
 */
public interface UsageLedger {

	/**
	 * Appends a call.
	 * @param call the call
	 */
	void append(CallRecord call);

	/**
	 * Appends a turn, after its calls.
	 * @param turn the turn
	 */
	void append(TurnRecord turn);

	/**
	 * Appends what somebody did with a budget. A ledger that keeps no such entries does
	 * nothing, and a restart knows nothing of them.
	 * @param entry the entry
	 */
	default void append(BudgetEntry entry) {
	}

	/**
	 * Returns what was done with budgets.
	 * @param most how many of the latest entries
	 * @return the entries, oldest first
	 */
	default List<BudgetEntry> budgetEntries(int most) {
		return List.of();
	}

	/**
	 * Sums up calls and turns.
	 * @param query the period and the dimension to group by
	 * @return a row per value of the dimension, most expensive first; one row with the
	 * key {@code all} when no dimension is asked for
	 */
	List<CostSummary> summarize(LedgerQuery query);

	/**
	 * Sums up calls and turns by any dimensions. This method reads every call of the
	 * period and counts no turns; a ledger that sums up by itself overrides it.
	 * @param query which calls and turns, and what to tell them apart by
	 * @return the rows, and what they leave out
	 */
	default CostAnswer query(CostQuery query) {
		Instant missing = missingUntil(query.from());
		Instant from = (missing != null) ? missing.plusNanos(1) : query.from();
		CostGroups groups = new CostGroups(query, false);
		if (from.isBefore(query.to())) {
			forEachCall(from, query.to(), groups::add);
		}
		return groups.answer(from,
				(missing != null) ? List.of("the ledger keeps no calls until " + missing) : List.of());
	}

	/**
	 * Returns recent turns with their calls, newest first.
	 * @param filter which turns, and how many at the most
	 * @return the turns
	 */
	List<LedgerEvent> recent(LedgerFilter filter);

	/**
	 * Passes every call of a period to a consumer, oldest first.
	 * @param from begin of the period, inclusive
	 * @param to end of the period, exclusive
	 * @param consumer receives the calls
	 */
	void forEachCall(Instant from, Instant to, Consumer<CallRecord> consumer);

	/**
	 * Returns how far back {@link #forEachCall} does not reach.
	 * @param from begin of a period; the epoch or less asks for the oldest call
	 * @return until when calls that began since then may be missing because the ledger
	 * keeps no more, or {@code null} when none is
	 */
	default @Nullable Instant missingUntil(Instant from) {
		return null;
	}

	/**
	 * Returns whether records are queued or were lost.
	 * @return the state of this ledger; of one that has nothing to wait for, always
	 * {@link LedgerHealth#IDLE}
	 */
	default LedgerHealth health() {
		return LedgerHealth.IDLE;
	}

	/**
	 * A turn with its calls.
	 *
	 * @param turn the turn, or {@code null} for a call that no turn made
	 * @param calls its calls, in order
	 */
	record LedgerEvent(@Nullable TurnRecord turn, List<CallRecord> calls) {

	}

}

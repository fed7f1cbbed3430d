package io.github.costwise.accounting.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.faults.Faults;
import io.github.costwise.jdbc.SqlErrors;
import io.github.costwise.model.LedgerHealth;
import io.github.costwise.text.ShortText;

/**
 * Counts what became of records. Thread-safe.
 */
final class DeliveryStats {

	private static final int MOST_LENGTH = 500;

	private final Faults faults;

	private final LongAdder stored = new LongAdder();

	private final LongAdder lost = new LongAdder();

	private volatile boolean reachable = true;

	private volatile @Nullable String lastError;

	DeliveryStats(Faults faults) {
		this.faults = faults;
	}

	void stored(long records) {
		this.stored.add(records);
		this.reachable = true;
	}

	/** Tells apart what passes by itself and what somebody has to mend. */
	void unreachable(Throwable cause) {
		this.reachable = false;
		String state = SqlErrors.permanentState(cause);
		if (state == null && !(cause instanceof CostwiseConfigurationException)) {
			failed(cause);
			return;
		}
		Throwable told = withoutRow(cause);
		String which = (state != null) ? " (SQLState " + state + ")" : "";
		this.lastError = ShortText.ofLine(
				"Will not pass by itself" + which + ": " + told.getClass().getSimpleName() + ": " + told.getMessage(),
				MOST_LENGTH);
		this.faults.report(Faults.Kind.LEDGER, "the database refuses what the ledger writes" + which
				+ "; records go to the journal until that is mended", told);
	}

	/** Never throws: a thread that reports what it caught has to go on. */
	void failed(Throwable cause) {
		Throwable told = withoutRow(cause);
		this.faults.report(Faults.Kind.LEDGER, told);
		try {
			this.lastError = ShortText.ofLine(told.getClass().getSimpleName() + ": " + told.getMessage(), MOST_LENGTH);
		}
		catch (Throwable ex) {
			this.lastError = "a failure without a text";
		}
	}

	/**
	 * The message of a failed batch may quote the whole row; what follows it does not.
	 */
	private static Throwable withoutRow(Throwable cause) {
		boolean quotes = cause instanceof BatchUpdateException;
		SQLException next = (cause instanceof SQLException ex) ? ex.getNextException() : null;
		return (quotes && next != null) ? next : cause;
	}

	void lost(long records, String reason, @Nullable Throwable cause) {
		if (records > 0) {
			this.lost.add(records);
			String why = (cause != null) ? reason + " (" + cause.getMessage() + ")" : reason;
			failed(new IllegalStateException("Lost " + records + " records of the ledger: " + why, cause));
		}
	}

	LedgerHealth health(long queued, long journalled) {
		return new LedgerHealth(this.reachable, queued, journalled, this.stored.sum(), this.lost.sum(), this.lastError);
	}

}

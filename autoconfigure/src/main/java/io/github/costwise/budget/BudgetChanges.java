package io.github.costwise.budget;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.budget.BudgetOrder.BudgetVerb;
import io.github.costwise.spi.UsageLedger;

/**
 * Remembers what was done with budgets at run time. Thread-safe.
 *
 * @since 0.1.0
 */
public interface BudgetChanges extends AutoCloseable {

	/** Forgets everything at once. */
	BudgetChanges NONE = new BudgetChanges() {
		@Override
		public void add(RecordedChange change) {
		}

		@Override
		public List<RecordedChange> all() {
			return List.of();
		}
	};

	/**
	 * Opens a file that remembers, or makes an empty one.
	 * @param path the file
	 * @return what it remembers
	 * @throws io.github.costwise.CostwiseConfigurationException if it cannot be used
	 */
	static BudgetChanges file(Path path) {
		return BudgetChangeFile.open(path);
	}

	/**
	 * Enters what is done into a ledger as well, which tells a restart of it where no
	 * file does.
	 * @param ledger the ledger
	 * @param file remembers as well, or {@code null}
	 * @return what both remember
	 */
	static BudgetChanges of(UsageLedger ledger, @Nullable BudgetChanges file) {
		return new LedgerBudgetChanges(ledger, file);
	}

	/**
	 * Remembers a change.
	 * @param change what was done
	 */
	void add(RecordedChange change);

	/**
	 * Returns what was done.
	 * @return the changes, oldest first
	 */
	List<RecordedChange> all();

	/** Ends it. */
	@Override
	default void close() {
	}

	/**
	 * Something that was done. Immutable.
	 *
	 * @param at when
	 * @param budget id of the budget
	 * @param verb what
	 * @param owner the account, or {@code null} for the whole budget
	 * @param amount by how much the limit was raised, or what was added to the spend
	 * @param unit what the budget counted then, or {@code null} when that is not known
	 * @param why the reason
	 * @param who who asked, or {@code null} when that is not known
	 */
	record RecordedChange(Instant at, String budget, BudgetVerb verb, @Nullable String owner, long amount,
			@Nullable String unit, String why, @Nullable String who) {

	}

}

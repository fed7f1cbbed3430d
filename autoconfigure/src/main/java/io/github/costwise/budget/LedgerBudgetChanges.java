package io.github.costwise.budget;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.github.costwise.budget.BudgetOrder.BudgetVerb;
import io.github.costwise.model.BudgetEntry;
import io.github.costwise.spi.UsageLedger;

/**
 * Enters what was done with budgets into a ledger, and into a file where there is one,
 * which then is what a restart goes by. Thread-safe.
 */
final class LedgerBudgetChanges implements BudgetChanges {

	private static final int MOST = 10_000;

	private final UsageLedger ledger;

	private final @Nullable BudgetChanges file;

	LedgerBudgetChanges(UsageLedger ledger, @Nullable BudgetChanges file) {
		this.ledger = ledger;
		this.file = file;
	}

	@Override
	public void add(RecordedChange change) {
		if (this.file != null) {
			this.file.add(change);
		}
		this.ledger.append(new BudgetEntry(UUID.randomUUID().toString(), change.at(), change.budget(),
				change.verb().name().toLowerCase(Locale.ROOT), change.owner(), String.valueOf(change.unit()),
				change.amount(), change.why(), change.who()));
	}

	@Override
	public List<RecordedChange> all() {
		return (this.file != null) ? this.file.all()
				: this.ledger.budgetEntries(MOST)
					.stream()
					.map(LedgerBudgetChanges::change)
					.filter(Objects::nonNull)
					.toList();
	}

	/** What a newer release does is {@code null}. */
	private static @Nullable RecordedChange change(BudgetEntry entry) {
		for (BudgetVerb verb : BudgetVerb.values()) {
			if (verb.name().equalsIgnoreCase(entry.action())) {
				return new RecordedChange(entry.at(), entry.budget(), verb, entry.owner(), entry.amount(), entry.unit(),
						entry.why(), entry.who());
			}
		}
		return null;
	}

	@Override
	public void close() {
		if (this.file != null) {
			this.file.close();
		}
	}

}

package io.github.costwise.budget;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.costwise.budget.BudgetChanges.RecordedChange;
import io.github.costwise.budget.BudgetControls.Control;
import io.github.costwise.budget.BudgetOrder.BudgetVerb;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.model.CallRecord;
import io.github.costwise.spi.BudgetStore.Spend;
import io.github.costwise.spi.SharedBudgetStore;
import io.github.costwise.spi.SharedBudgetStore.Restored;
import io.github.costwise.spi.UsageLedger;

/**
 * Brings back what a restart would lose.
 */
final class BudgetRestorer {

	private static final Log logger = LogFactory.getLog(BudgetRestorer.class);

	private final Budgets budgets;

	private final BudgetParts parts;

	BudgetRestorer(Budgets budgets, BudgetParts parts) {
		this.budgets = budgets;
		this.parts = parts;
	}

	/**
	 * Books what a ledger knows into a store that begins empty.
	 * @param ledger the ledger; what it throws is counted, and the budgets begin at zero
	 * @param subjects finds what a call belonged to
	 */
	void restore(UsageLedger ledger, Function<CallRecord, BudgetSubject> subjects) {
		BudgetRebuild rebuild = new BudgetRebuild(this.parts.budgets(), ledger, subjects);
		Instant now = this.parts.time().now();
		this.parts.faults().guard(Faults.Kind.BUDGET, () -> rebuild.spent(now).forEach(this::restore));
	}

	/** Books what a ledger knows into a shared store that has lost it. */
	void restoreShared(UsageLedger ledger, Function<CallRecord, BudgetSubject> subjects, SharedBudgetStore shared) {
		List<Restored> spends = new BudgetRebuild(this.parts.budgets(), ledger, subjects).spent(this.parts.time().now())
			.stream()
			.map((booked) -> new Restored(booked.at(), spend(booked)))
			.toList();
		if (shared.restore(spends)) {
			logger.info("Costwise: the store of budgets was empty, and has what the ledger knows of their windows");
		}
	}

	private void restore(BudgetRebuild.Booked booked) {
		this.parts.store()
			.settle("restored " + booked.account() + " until " + booked.at(), booked.at(), List.of(spend(booked)));
	}

	private Spend spend(BudgetRebuild.Booked booked) {
		BudgetAccount account = booked.account();
		return new Spend(account, booked.span(), this.parts.budget(account.budget()).limit(account), booked.amount());
	}

	/**
	 * Does again what was done at run time before a restart, as far as it concerns the
	 * present windows. What concerns no budget any more is passed by, and no spend that a
	 * ledger has forgotten is taken off again.
	 * @param changes what was done, oldest first
	 */
	void restore(List<RecordedChange> changes) {
		Instant now = this.parts.time().now();
		for (RecordedChange change : changes) {
			this.parts.budgets()
				.stream()
				.filter((budget) -> budget.id().equals(change.budget()))
				.findFirst()
				.ifPresent(
						(budget) -> this.parts.faults().guard(Faults.Kind.BUDGET, () -> restore(budget, change, now)));
		}
	}

	private void restore(Budget budget, RecordedChange change, Instant now) {
		if (!change.verb().isOfAccount()) {
			this.parts.controls().set(budget.id(), Control.by(change.verb()));
			return;
		}
		if (change.unit() != null && !change.unit().equals(budget.unit().label())) {
			return;
		}
		BudgetSpan span = budget.span(now);
		Instant since = (span.rolling() != null) ? now.minus(span.rolling()) : span.from();
		if (change.at().isBefore(since)) {
			return;
		}
		BudgetAccount account = new BudgetAccount(budget.id(), (change.owner() != null) ? change.owner() : "");
		if (change.verb() == BudgetVerb.RAISE) {
			this.budgets.adjust(account, span, change.at(), change.amount(), 0);
			return;
		}
		BudgetState known = this.parts.store().state(account, span, now);
		long spent = (known != null) ? known.spent() : 0;
		this.budgets.adjust(account, span, now, 0, Math.max(change.amount(), -spent));
	}

}

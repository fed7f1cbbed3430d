package io.github.costwise.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.github.costwise.Attribution;
import io.github.costwise.CostBudgets;
import io.github.costwise.CostScope;
import io.github.costwise.Money;
import io.github.costwise.budget.BudgetAdmission.HoldTerms;
import io.github.costwise.model.BudgetState;
import io.github.costwise.model.BudgetUnit;
import io.github.costwise.spi.BudgetStore.OutputRange;

/**
 * Budgets as applications ask about them. Thread-safe.
 */
final class ApplicationBudgets implements CostBudgets {

	private static final OutputRange NO_OUTPUT = new OutputRange(0, 0, 0, 1, true);

	private final Budgets budgets;

	ApplicationBudgets(Budgets budgets) {
		this.budgets = budgets;
	}

	@Override
	public List<Account> of(Attribution attribution) {
		BudgetSubject subject = subject(attribution);
		return this.budgets.all()
			.stream()
			.filter((budget) -> budget.concerns(subject))
			.map((budget) -> account(budget, this.budgets.state(budget, subject)))
			.toList();
	}

	private static Account account(Budget budget, BudgetState state) {
		BudgetUnit unit = budget.unit();
		Instant until = state.span().until();
		return new Account(budget.id(), state.account().owner(), unit.label(), unit.toDecimal(state.limit()),
				unit.toDecimal(state.spent()), unit.toDecimal(state.held()), until.equals(Instant.MAX) ? null : until);
	}

	@Override
	public boolean admits(Attribution attribution, Money cost) {
		return this.budgets.hasRoom(subject(attribution), (unit) -> (unit == BudgetUnit.USD) ? cost.nanos() : 0);
	}

	@Override
	public Held hold(Attribution attribution, Money most, Duration longest) {
		if (most.nanos() < 0) {
			throw new IllegalArgumentException("Money that is held is not negative, was " + most);
		}
		CallBound bound = new CallBound(0, 0, most.nanos(), most.nanos(), 0, NO_OUTPUT, 1, false);
		CostScope around = CostScope.current();
		BudgetTicket ticket = this.budgets.hold("held " + UUID.randomUUID(), subject(attribution), bound,
				new HoldTerms(longest, (around != null) ? around.drawsOn() : null));
		return (ticket != null) ? new HeldMoney(ticket) : new NothingHeld();
	}

	private static BudgetSubject subject(Attribution attribution) {
		return new BudgetSubject(attribution, "", "", "", null, null, false);
	}

	/** What no budget counts. */
	private static final class NothingHeld implements Held {

		@Override
		public String id() {
			return "";
		}

		@Override
		public void spent(Money cost) {
		}

		@Override
		public void close() {
		}

	}

}

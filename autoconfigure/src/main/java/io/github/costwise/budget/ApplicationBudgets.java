package io.github.costwise.budget;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.github.costwise.Attribution;
import io.github.costwise.CostBudgets;
import io.github.costwise.Money;
import io.github.costwise.model.BudgetState;
import io.github.costwise.model.BudgetUnit;
import io.github.costwise.spi.BudgetStore.OutputRange;

/**
 * Budgets as applications ask about them. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ApplicationBudgets implements CostBudgets {

	private static final OutputRange NO_OUTPUT = new OutputRange(0, 0, 0, 1, true);

	private final Budgets budgets;

	/**
	 * Creates an instance.
	 * @param budgets the budgets
	 */
	public ApplicationBudgets(Budgets budgets) {
		this.budgets = budgets;
	}

	@Override
	public List<BudgetState> of(Attribution owner) {
		BudgetSubject subject = subject(owner);
		return counting(subject).map((budget) -> this.budgets.state(budget, subject)).toList();
	}

	private Stream<Budget> counting(BudgetSubject subject) {
		return this.budgets.all().stream().filter((budget) -> budget.concerns(subject));
	}

	@Override
	public boolean admits(Attribution owner, Money cost) {
		BudgetSubject subject = subject(owner);
		return counting(subject).filter((budget) -> budget.unit() == BudgetUnit.USD && budget.rules().enforced())
			.allMatch((budget) -> this.budgets.state(budget, subject).free() >= cost.nanos());
	}

	@Override
	public Held hold(Attribution owner, Money most, Duration longest) {
		if (most.nanos() < 0) {
			throw new IllegalArgumentException("Money that is held is not negative, was " + most);
		}
		CallBound bound = new CallBound(0, 0, most.nanos(), most.nanos(), 0, NO_OUTPUT, false);
		BudgetTicket ticket = this.budgets.hold("held " + UUID.randomUUID(), subject(owner), bound, longest);
		return (ticket != null) ? new HeldMoney(ticket) : new NothingHeld();
	}

	private static BudgetSubject subject(Attribution owner) {
		return new BudgetSubject(owner, "", "", "", null, null, false);
	}

	/** What no budget counts. */
	private static final class NothingHeld implements Held {

		@Override
		public void spent(Money cost) {
		}

		@Override
		public void close() {
		}

	}

}

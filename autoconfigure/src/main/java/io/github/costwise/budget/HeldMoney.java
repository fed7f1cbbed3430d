package io.github.costwise.budget;

import io.github.costwise.CostBudgets;
import io.github.costwise.Money;
import io.github.costwise.model.TokenUsage;

/**
 * Money that an application holds for work of its own. Thread-safe.
 */
final class HeldMoney implements CostBudgets.Held {

	private final BudgetTicket ticket;

	HeldMoney(BudgetTicket ticket) {
		this.ticket = ticket;
	}

	@Override
	public String id() {
		return this.ticket.id();
	}

	@Override
	public void spent(Money cost) {
		this.ticket.settle(new UsedUp(cost.nanos(), TokenUsage.NONE, true));
	}

	@Override
	public void close() {
		this.ticket.release();
	}

}

package io.github.costwise.pipeline;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.budget.Budget;
import io.github.costwise.budget.BudgetTicket;
import io.github.costwise.budget.BudgetWaits.WaitingCall;
import io.github.costwise.budget.Budgets;
import io.github.costwise.budget.queue.Waiter;
import io.github.costwise.pipeline.CallBudgets.AdmittedCall;

/**
 * Admits calls to budgets, and lets the first call of a turn wait where there is no room;
 * later ones go first, since what came before them is paid for. Thread-safe.
 */
final class CallQueue {

	private final Budgets budgets;

	CallQueue(Budgets budgets) {
		this.budgets = budgets;
	}

	/** Admits a call, or lets it wait; one whose time is up tries once more. */
	Holding admit(AdmittedCall call, List<Budget> counting, @Nullable QueuedCall before) {
		boolean over = before != null && before.isOver();
		if (before != null && over) {
			before.leave();
		}
		boolean waits = call.bound().firstOfTurn() && !over && !Transactions.isActive();
		Waiter behind = (waits && before == null) ? this.budgets.waits().behind(waiting(call), counting) : null;
		if (behind != null) {
			return new QueuedCall(call.meter().call(), behind);
		}
		try {
			CallHold hold = hold(call, counting);
			if (before != null) {
				before.waiter().served();
			}
			return hold;
		}
		catch (BudgetExceededException ex) {
			Waiter waiter = waits ? again(ex, call, before) : null;
			if (waiter == null) {
				throw ex;
			}
			return new QueuedCall(call.meter().call(), waiter);
		}
	}

	private CallHold hold(AdmittedCall call, List<Budget> counting) {
		CostTurn turn = call.meter().turn();
		BudgetTicket ticket = this.budgets.admit(call.meter().id(), call.subject(), call.bound().upTo(call.cap()),
				counting, turn.drawsOn());
		return new CallHold(call.bound(), (ticket != null) ? ticket.outputCap() : call.cap(), turn.totals(),
				call.ofTurn(), ticket);
	}

	private @Nullable Waiter again(BudgetExceededException refused, AdmittedCall call, @Nullable QueuedCall before) {
		if (before == null) {
			return this.budgets.waits().after(refused, waiting(call));
		}
		if (this.budgets.waits().goesOn(refused, before.waiter())) {
			before.waiter().again();
			return before.waiter();
		}
		before.leave();
		WaitingCall left = new WaitingCall(call.subject(), call.bound(),
				CallBudgets.POLICY.of(call.meter().turn().policy()), before.left());
		return this.budgets.waits().after(refused, left);
	}

	private static WaitingCall waiting(AdmittedCall call) {
		return new WaitingCall(call.subject(), call.bound(), CallBudgets.POLICY.of(call.meter().turn().policy()), null);
	}

}

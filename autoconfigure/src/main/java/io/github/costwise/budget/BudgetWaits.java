package io.github.costwise.budget;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.BudgetRefusal;
import io.github.costwise.budget.queue.BudgetQueue;
import io.github.costwise.budget.queue.QueuePriority;
import io.github.costwise.budget.queue.WaitTerms;
import io.github.costwise.budget.queue.Waiter;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.spi.BudgetStore.Settled;

/**
 * Lets calls wait for room in budgets where that is of use. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BudgetWaits {

	private final BudgetParts parts;

	private final BudgetAdmission admission;

	private final BudgetQueue queue;

	BudgetWaits(BudgetParts parts, BudgetAdmission admission, BudgetQueue queue) {
		this.parts = parts;
		this.admission = admission;
		this.queue = queue;
	}

	/**
	 * Lets a call wait behind those that wait already.
	 * @param call the call
	 * @param counting the budgets that count it
	 * @return the call, or {@code null} where nobody waits for the same room
	 */
	public @Nullable Waiter behind(WaitingCall call, List<Budget> counting) {
		if (this.queue.isEmpty()) {
			return null;
		}
		for (Budget budget : counting) {
			if (budget.rules().maxWait() != null && this.queue.isBusy(budget.account(call.subject()))) {
				return join(budget, budget.account(call.subject()), call);
			}
		}
		return null;
	}

	/**
	 * Lets a call wait that was refused.
	 * @param refused why
	 * @param call the call
	 * @return the call, or {@code null} where waiting is of no use or not wanted
	 */
	public @Nullable Waiter after(BudgetExceededException refused, WaitingCall call) {
		Budget budget = this.parts.budget(refused.budget());
		return isOfUse(refused, budget.rules().maxWait())
				? join(budget, new BudgetAccount(refused.budget(), refused.owner()), call) : null;
	}

	/**
	 * Returns whether a call that waits may go on waiting.
	 * @param refused why it was refused again
	 * @param waiter the call
	 * @return whether it waits for the same room
	 */
	public boolean goesOn(BudgetExceededException refused, Waiter waiter) {
		return waiter.isFor(new BudgetAccount(refused.budget(), refused.owner())) && isOfUse(refused, waiter.left());
	}

	/** Where nothing comes free in time, nobody waits. */
	private static boolean isOfUse(BudgetExceededException refused, @Nullable Duration atMost) {
		if (atMost == null || atMost.isZero()) {
			return false;
		}
		Duration room = refused.retryAfter();
		return refused.refusal() == BudgetRefusal.HOLDS
				|| (refused.refusal() == BudgetRefusal.SPENT && room != null && room.compareTo(atMost) <= 0);
	}

	private @Nullable Waiter join(Budget budget, BudgetAccount account, WaitingCall call) {
		Duration atMost = budget.rules().maxWait();
		Duration left = call.left();
		Duration wait = (left != null && (atMost == null || left.compareTo(atMost) < 0)) ? left : atMost;
		if (wait == null || wait.isZero()) {
			return null;
		}
		String tenant = call.subject().attribution().tenant();
		return this.queue.join(account, new WaitTerms((tenant != null) ? tenant : "", call.priority(),
				this.admission.needed(budget, call.subject(), call.bound()), wait));
	}

	void settled(List<Settled> settled) {
		if (!this.queue.isEmpty()) {
			this.queue.wake(settled.stream().map((one) -> one.state().account()).toList());
		}
	}

	void released(List<Budget> counted, BudgetSubject subject) {
		if (!this.queue.isEmpty()) {
			this.queue.wake(counted.stream().map((budget) -> budget.account(subject)).toList());
		}
	}

	/** Lets all try, since something has changed for many. */
	public void changed() {
		this.queue.wakeAll();
	}

	/**
	 * Returns how many calls wait for room in a budget.
	 * @param budget its id
	 * @return the number now
	 */
	public int waiting(String budget) {
		return this.queue.waiting(budget);
	}

	/**
	 * A call that may wait. Immutable.
	 *
	 * @param subject what it belongs to
	 * @param bound the most that it can use
	 * @param priority which calls go before it
	 * @param left how long its turn may still take, or {@code null} for any time
	 */
	public record WaitingCall(BudgetSubject subject, CallBound bound, QueuePriority priority, @Nullable Duration left) {

	}

}

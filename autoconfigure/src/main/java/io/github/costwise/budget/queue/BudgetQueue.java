package io.github.costwise.budget.queue;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.time.Time;

/**
 * The calls that wait for room in budgets, by the account that has none. Bounded.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class BudgetQueue {

	private final Map<BudgetAccount, AccountQueue> queues = new ConcurrentHashMap<>();

	private final int most;

	private final Duration ageing;

	private final Time time;

	/**
	 * Creates an empty queue.
	 * @param most how many calls may wait, of all accounts together
	 * @param ageing how long a call waits until it goes before those of the next higher
	 * priority
	 * @param time tells how long calls wait
	 */
	public BudgetQueue(int most, Duration ageing, Time time) {
		this.most = most;
		this.ageing = ageing;
		this.time = time;
	}

	/**
	 * Returns whether nobody has waited lately, which is quickly found out.
	 * @return whether there is nobody to wake
	 */
	public boolean isEmpty() {
		return this.queues.isEmpty();
	}

	/**
	 * Returns whether somebody waits for room in an account.
	 * @param account the account
	 * @return whether others should wait behind
	 */
	public boolean isBusy(BudgetAccount account) {
		return waiting(account) > 0;
	}

	/**
	 * Returns how many calls wait for room in an account.
	 * @param account the account
	 * @return the number now
	 */
	public int waiting(BudgetAccount account) {
		AccountQueue known = this.queues.get(account);
		return (known != null) ? known.size() : 0;
	}

	/**
	 * Returns how many calls wait for room in any account of a budget.
	 * @param budget id of the budget
	 * @return the number now
	 */
	public int waiting(String budget) {
		return this.queues.entrySet()
			.stream()
			.filter((one) -> one.getKey().budget().equals(budget))
			.mapToInt((one) -> one.getValue().size())
			.sum();
	}

	/**
	 * Lets a call wait.
	 * @param account the account that has no room
	 * @param terms what it waits for
	 * @return the call, or {@code null} where too many wait
	 */
	public @Nullable Waiter join(BudgetAccount account, WaitTerms terms) {
		forgetEmpty();
		if (this.queues.values().stream().mapToInt(AccountQueue::size).sum() >= this.most) {
			return null;
		}
		AtomicReference<Waiter> joined = new AtomicReference<>();
		AccountQueue queue = this.queues.compute(account, (key, known) -> {
			AccountQueue there = (known != null) ? known : new AccountQueue(key, this.ageing, this.time);
			joined.set(there.add(terms));
			return there;
		});
		queue.wake();
		return joined.get();
	}

	private void forgetEmpty() {
		for (BudgetAccount account : this.queues.keySet()) {
			this.queues.computeIfPresent(account, (key, known) -> (known.size() == 0) ? null : known);
		}
	}

	/**
	 * Lets those try who wait for room in some accounts.
	 * @param accounts the accounts
	 */
	public void wake(Collection<BudgetAccount> accounts) {
		for (BudgetAccount account : accounts) {
			AccountQueue known = this.queues.get(account);
			if (known != null) {
				known.wake();
			}
		}
	}

	/** Lets those try who wait for room in any account. */
	public void wakeAll() {
		this.queues.values().forEach(AccountQueue::wake);
	}

}

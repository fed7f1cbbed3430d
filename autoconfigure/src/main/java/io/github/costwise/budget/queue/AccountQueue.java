package io.github.costwise.budget.queue;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.time.Alarm;
import io.github.costwise.time.Time;

/**
 * The calls that wait for room in one account. One of them tries at a time, so that none
 * overtakes the others. Thread-safe.
 */
final class AccountQueue {

	/** Room may come from elsewhere, or with time. */
	private static final Duration POLL = Duration.ofMillis(250);

	private final BudgetAccount account;

	private final FairQueue order;

	private final Time time;

	private @Nullable Waiter trying;

	private boolean woken;

	private @Nullable Alarm poll;

	AccountQueue(BudgetAccount account, Duration ageing, Time time) {
		this.account = account;
		this.order = new FairQueue(ageing);
		this.time = time;
	}

	BudgetAccount account() {
		return this.account;
	}

	long nanos() {
		return this.time.nanos();
	}

	synchronized int size() {
		return this.order.size();
	}

	/**
	 * Adds a call; who is next is to be woken then, since there may be room meanwhile.
	 */
	synchronized Waiter add(WaitTerms terms) {
		Waiter waiter = new Waiter(this, terms, nanos());
		this.order.add(waiter);
		if (this.poll == null) {
			this.poll = this.time.timers().every(this::wake, POLL);
		}
		return waiter;
	}

	/** Lets the next one try. */
	void wake() {
		Waiter offered;
		synchronized (this) {
			this.woken = true;
			offered = offered();
		}
		offer(offered);
	}

	void again(Waiter waiter) {
		Waiter offered = null;
		synchronized (this) {
			if (this.trying == waiter) {
				this.trying = null;
				offered = offered();
			}
		}
		offer(offered);
	}

	void served(Waiter waiter) {
		synchronized (this) {
			this.order.served(waiter);
		}
		gone(waiter);
	}

	void left(Waiter waiter) {
		synchronized (this) {
			this.order.left(waiter);
		}
		gone(waiter);
	}

	private void gone(Waiter waiter) {
		Waiter offered = null;
		Alarm over = null;
		synchronized (this) {
			if (this.trying == waiter) {
				this.trying = null;
				this.woken = true;
				offered = offered();
			}
			if (this.order.size() == 0) {
				over = this.poll;
				this.poll = null;
			}
		}
		offer(offered);
		if (over != null) {
			over.cancel();
		}
	}

	/** Who tries now, unless somebody does, or nothing has happened since. */
	private @Nullable Waiter offered() {
		if (this.trying != null || !this.woken) {
			return null;
		}
		this.woken = false;
		this.trying = this.order.next(nanos());
		return this.trying;
	}

	/** Whoever is offered the room may go on at once, so no lock is held. */
	private static void offer(@Nullable Waiter offered) {
		if (offered != null) {
			offered.offer();
		}
	}

}

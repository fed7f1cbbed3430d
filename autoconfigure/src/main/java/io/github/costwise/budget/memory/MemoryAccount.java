package io.github.costwise.budget.memory;

import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore.Demand;

/**
 * One account. Used by whoever holds its lock; several are locked in the order of their
 * numbers.
 */
final class MemoryAccount {

	private final ReentrantLock lock = new ReentrantLock();

	private final BudgetAccount account;

	private final long number;

	private final @Nullable RollingSum rolling;

	private BudgetSpan span;

	private long limit;

	private long spent;

	private long held;

	private int holds;

	private long raised;

	private long carried;

	private boolean removed;

	MemoryAccount(BudgetAccount account, long number, BudgetSpan span) {
		this.account = account;
		this.number = number;
		this.span = span;
		this.rolling = (span.rolling() != null) ? new RollingSum(span.rolling()) : null;
	}

	ReentrantLock lock() {
		return this.lock;
	}

	BudgetAccount account() {
		return this.account;
	}

	long number() {
		return this.number;
	}

	BudgetSpan span() {
		return this.span;
	}

	boolean isRemoved() {
		return this.removed;
	}

	/** Removes it if nothing would be lost. */
	boolean remove(Instant now) {
		boolean over = this.holds == 0 && this.raised == 0 && (!this.span.until().isAfter(now) || spent(now) == 0);
		this.removed |= over;
		return over;
	}

	/**
	 * Begins another window when its time has come. A clock that goes back begins none.
	 */
	void roll(BudgetSpan now, long limit, long carry) {
		if (now.from().isAfter(this.span.from())) {
			boolean next = now.from().equals(this.span.until());
			long left = next ? Math.max(0, this.limit + this.carried - this.spent) : limit;
			this.carried = Math.min(carry, left);
			this.span = now;
			this.spent = 0;
			this.raised = 0;
		}
		this.limit = limit;
	}

	long spent(Instant now) {
		return (this.rolling != null) ? this.rolling.sum(now) : this.spent;
	}

	long limit() {
		return this.limit + this.raised + this.carried;
	}

	long free(Instant now) {
		return limit() - spent(now) - this.held;
	}

	long held() {
		return this.held;
	}

	void hold(long amount) {
		this.held += amount;
		this.holds++;
	}

	void free(long amount) {
		this.held -= amount;
		this.holds--;
	}

	/** Books an amount in the window in which its call began, if that one is not over. */
	void book(BudgetSpan began, Instant at, long amount) {
		if (this.rolling != null) {
			this.rolling.add(at, amount);
		}
		else if (!began.from().isBefore(this.span.from())) {
			this.spent += amount;
		}
	}

	void adjust(BudgetSpan now, Instant at, long limit, long spent) {
		roll(now, this.limit, 0);
		this.raised += limit;
		book(this.span, at, spent);
	}

	BudgetState state(Instant now) {
		return new BudgetState(this.account, this.span, limit(), spent(now), this.held, this.holds);
	}

	/** When what is needed may have room, however little is held then. */
	@Nullable Instant room(long needed) {
		if (this.rolling != null) {
			return this.rolling.falls(limit() - needed);
		}
		return this.span.until().equals(Instant.MAX) ? null : this.span.until();
	}

	void roll(Demand demand) {
		roll(demand.span(), demand.limit(), demand.carry());
	}

}

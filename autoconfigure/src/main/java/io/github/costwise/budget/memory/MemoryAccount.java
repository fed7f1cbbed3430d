package io.github.costwise.budget.memory;

import java.time.Instant;
import java.util.concurrent.locks.StampedLock;

import org.jspecify.annotations.Nullable;

import io.github.costwise.budget.account.AccountWindows;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;

/**
 * One account, used by whoever holds its lock.
 */
final class MemoryAccount extends AccountWindows {

	/** Others hold the lock for less time than it takes to wake a thread. */
	private static final int SPINS = 100;

	private final StampedLock lock = new StampedLock();

	private final long number;

	private long stamp;

	private boolean removed;

	MemoryAccount(BudgetAccount account, long number, BudgetSpan span) {
		super(account, span);
		this.number = number;
	}

	/** Not to be locked again by whoever holds it. */
	void lock() {
		for (int i = 0; i < SPINS; i++) {
			long free = this.lock.tryWriteLock();
			if (free != 0) {
				this.stamp = free;
				return;
			}
			Thread.onSpinWait();
		}
		this.stamp = this.lock.writeLock();
	}

	void unlock() {
		this.lock.unlockWrite(this.stamp);
	}

	long number() {
		return this.number;
	}

	boolean isRemoved() {
		return this.removed;
	}

	/** Removes it if nothing would be lost. */
	boolean remove(Instant now) {
		this.removed = isNothing(now);
		return this.removed;
	}

	@Override
	public @Nullable BudgetState present(Instant now) {
		lock();
		try {
			return super.present(now);
		}
		finally {
			unlock();
		}
	}

	@Override
	public @Nullable BudgetState state(BudgetSpan span, Instant now) {
		lock();
		try {
			return super.state(span, now);
		}
		finally {
			unlock();
		}
	}

}

package io.github.costwise.budget.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.StampedLock;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore.Spend;

/**
 * One account, with its latest windows: so a clock that goes back, or a call that was
 * slow to come here, finds what was spent in the window before. Used by whoever holds its
 * lock.
 */
final class MemoryAccount {

	private static final int WINDOWS = 4;

	/** Others hold the lock for less time than it takes to wake a thread. */
	private static final int SPINS = 100;

	private final StampedLock lock = new StampedLock();

	private final BudgetAccount account;

	private final long number;

	/** The earliest first. */
	private final List<AccountWindow> windows = new ArrayList<>(1);

	private AccountWindow current;

	private long stamp;

	private Instant forgotten = Instant.MIN;

	private boolean removed;

	MemoryAccount(BudgetAccount account, long number, BudgetSpan span) {
		this.account = account;
		this.number = number;
		this.current = new AccountWindow(span);
		this.windows.add(this.current);
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

	BudgetAccount account() {
		return this.account;
	}

	long number() {
		return this.number;
	}

	boolean isRemoved() {
		return this.removed;
	}

	/** Removes it if nothing would be lost. */
	boolean remove(Instant now) {
		for (AccountWindow window : this.windows) {
			if (!window.isNothing(now)) {
				return false;
			}
		}
		this.removed = true;
		return true;
	}

	/** Returns the window of a span, which may begin so. */
	AccountWindow window(BudgetSpan span) {
		if (!this.current.span().from().equals(span.from())) {
			AccountWindow known = known(span);
			this.current = (known != null) ? known : begin(span);
		}
		return this.current;
	}

	/** Returns the window of a span, or {@code null} for one that is known no more. */
	private @Nullable AccountWindow open(BudgetSpan span) {
		AccountWindow known = known(span);
		return (known != null || isForgotten(span)) ? known : begin(span);
	}

	private boolean isForgotten(BudgetSpan span) {
		return !span.from().isAfter(this.forgotten);
	}

	private @Nullable AccountWindow known(BudgetSpan span) {
		for (AccountWindow window : this.windows) {
			if (window.span().from().equals(span.from())) {
				return window;
			}
		}
		return null;
	}

	private AccountWindow begin(BudgetSpan span) {
		AccountWindow window = new AccountWindow(span);
		int place = this.windows.size();
		while (place > 0 && this.windows.get(place - 1).span().from().isAfter(span.from())) {
			place--;
		}
		if (isForgotten(span)) {
			window.replace(this.current);
		}
		else if (place > 0) {
			window.follow(this.windows.get(place - 1));
		}
		this.windows.add(place, window);
		if (this.windows.size() > WINDOWS) {
			Instant earliest = this.windows.remove((place == 0) ? 1 : 0).span().from();
			this.forgotten = earliest.isAfter(this.forgotten) ? earliest : this.forgotten;
		}
		return window;
	}

	BudgetState state(AccountWindow window) {
		return window.state(this.account);
	}

	private @Nullable BudgetState state(AccountWindow window, Instant now) {
		window.move(now);
		return window.isUsed() ? state(window) : null;
	}

	/** Books in a window that is known, or begins; one that is long over is let be. */
	BudgetState book(Spend spend, Instant at) {
		AccountWindow window = open(spend.span());
		if (window == null) {
			return state(this.current);
		}
		if (!window.isAllowed()) {
			window.allow(spend.limit(), 0);
		}
		window.book(at, spend.amount());
		return state(window);
	}

	BudgetState adjust(BudgetSpan span, Instant now, long limit, long spent) {
		AccountWindow window = open(span);
		if (window == null) {
			return state(this.current);
		}
		window.move(now);
		window.raise(now, limit);
		window.book(now, spent);
		return state(window);
	}

	/** Returns the latest window that is not over, or of which calls are in flight. */
	@Nullable BudgetState present(Instant now) {
		lock();
		try {
			for (int i = this.windows.size() - 1; i >= 0; i--) {
				if (!this.windows.get(i).isPast(now)) {
					return state(this.windows.get(i), now);
				}
			}
			return null;
		}
		finally {
			unlock();
		}
	}

	@Nullable BudgetState state(BudgetSpan span, Instant now) {
		lock();
		try {
			AccountWindow window = known(span);
			return (window != null) ? state(window, now) : null;
		}
		finally {
			unlock();
		}
	}

}

package io.github.costwise.budget.memory;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;

/**
 * The accounts. When there are many, those of which nothing would be lost make room. Who
 * wants several locks takes the one of the latest account first: the earliest are mostly
 * those of all, which others wait for. Thread-safe.
 */
final class MemoryAccounts {

	private final Map<BudgetAccount, MemoryAccount> accounts = new ConcurrentHashMap<>();

	private final AtomicLong numbers = new AtomicLong();

	private final int most;

	private volatile int full;

	MemoryAccounts(int most) {
		this.most = most;
		this.full = most;
	}

	@Nullable MemoryAccount known(BudgetAccount account) {
		return this.accounts.get(account);
	}

	Collection<MemoryAccount> all() {
		return this.accounts.values();
	}

	MemoryAccount of(BudgetAccount account, BudgetSpan span, Instant now) {
		MemoryAccount known = this.accounts.get(account);
		if (known != null) {
			return known;
		}
		if (this.accounts.size() >= this.full) {
			sweep(now);
		}
		return this.accounts.computeIfAbsent(account,
				(key) -> new MemoryAccount(key, this.numbers.incrementAndGet(), span));
	}

	/** Where most are in use, the next time comes when there are a quarter more. */
	private synchronized void sweep(Instant now) {
		if (this.accounts.size() < this.full) {
			return;
		}
		for (MemoryAccount account : this.accounts.values()) {
			account.lock();
			try {
				if (account.remove(now)) {
					this.accounts.remove(account.account(), account);
				}
			}
			finally {
				account.unlock();
			}
		}
		int size = this.accounts.size();
		this.full = Math.max(this.most, size + size / 4 + 1);
	}

	/**
	 * Locks accounts.
	 * @return the accounts in the order in which they were locked
	 */
	static MemoryAccount[] lock(MemoryAccount[] wanted) {
		MemoryAccount[] ordered = (wanted.length > 1) ? ordered(wanted) : wanted;
		for (MemoryAccount account : ordered) {
			account.lock();
		}
		return ordered;
	}

	private static MemoryAccount[] ordered(MemoryAccount[] wanted) {
		MemoryAccount[] ordered = wanted.clone();
		for (int i = 1; i < ordered.length; i++) {
			MemoryAccount one = ordered[i];
			int place = i;
			for (; place > 0 && ordered[place - 1].number() < one.number(); place--) {
				ordered[place] = ordered[place - 1];
			}
			ordered[place] = one;
			if (place > 0 && ordered[place - 1] == one) {
				throw new IllegalArgumentException("the account " + one.account() + " is named twice");
			}
		}
		return ordered;
	}

	static void unlock(MemoryAccount[] ordered) {
		for (int i = ordered.length - 1; i >= 0; i--) {
			ordered[i].unlock();
		}
	}

	static boolean areThere(MemoryAccount[] accounts) {
		for (MemoryAccount account : accounts) {
			if (account.isRemoved()) {
				return false;
			}
		}
		return true;
	}

}

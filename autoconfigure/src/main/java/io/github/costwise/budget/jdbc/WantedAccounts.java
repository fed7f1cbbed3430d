package io.github.costwise.budget.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;

/**
 * Accounts that are to be locked, in the order of their keys. Not thread-safe.
 */
final class WantedAccounts {

	private final Map<String, Wanted> wanted = new TreeMap<>();

	/** The keys in the order in which the accounts were named. */
	private final List<String> named = new ArrayList<>(4);

	/**
	 * Adds an account.
	 * @param account the account
	 * @param span its window
	 * @throws IllegalArgumentException if it was added before
	 */
	void add(BudgetAccount account, BudgetSpan span) {
		String key = StoredAccount.key(account);
		if (this.wanted.put(key, new Wanted(account, span)) != null) {
			throw new IllegalArgumentException("the account " + account + " is named twice");
		}
		this.named.add(key);
	}

	/** Adds those that a hold has, whatever they are called. */
	void addKeys(Collection<String> keys) {
		keys.forEach((key) -> this.wanted.putIfAbsent(key, new Wanted(null, BudgetSpan.TOTAL)));
	}

	/** The keys of all, sorted. */
	List<String> keys() {
		return List.copyOf(this.wanted.keySet());
	}

	/** The keys of those that were named, in their order. */
	List<String> named() {
		return this.named;
	}

	/** An account as its row tells it, named as it was wanted. */
	StoredAccount account(String key, String budget, String owner, String content) {
		Wanted one = this.wanted.get(key);
		BudgetAccount account = (one != null && one.account() != null) ? one.account()
				: new BudgetAccount(budget, owner);
		BudgetSpan span = (one != null) ? one.span() : BudgetSpan.TOTAL;
		return new StoredAccount(key, account, content, span);
	}

	/** Rows that have to be made for those that were named. */
	List<NewAccount> missing(Collection<String> known, Instant now) {
		List<NewAccount> missing = new ArrayList<>();
		this.wanted.forEach((key, one) -> {
			if (one.account() != null && !known.contains(key)) {
				missing.add(NewAccount.empty(key, one.account(), StoredAccount.idleNanos(now)));
			}
		});
		return missing;
	}

	private record Wanted(@Nullable BudgetAccount account, BudgetSpan span) {

	}

}

package io.github.costwise.budget.jdbc;

import java.time.Duration;
import java.time.Instant;

import io.github.costwise.budget.account.AccountWindows;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.text.Sha256;

/** An account as it stands in its row. Not thread-safe. */
final class StoredAccount extends AccountWindows {

	/**
	 * The row stays as long after nothing would be lost, for late bills and carry-over.
	 */
	private static final Duration GRACE = Duration.ofDays(70);

	private static final int KEY_BYTES = 20;

	private final String key;

	StoredAccount(String key, BudgetAccount account, String content, BudgetSpan span) {
		super(account, content, span);
		this.key = key;
	}

	/** One that a hold names and that is not looked at. */
	static StoredAccount unknown(String key) {
		return new StoredAccount(key, new BudgetAccount("", ""), "", BudgetSpan.TOTAL);
	}

	/** However long names are and however a database compares them. */
	static String key(BudgetAccount account) {
		return Sha256.of(account.budget() + "\n" + account.owner(), KEY_BYTES);
	}

	String key() {
		return this.key;
	}

	/** When its row is of no use any more, in nanoseconds. */
	long idleNanos() {
		Instant idle = idle();
		boolean never = idle.isAfter(Instant.ofEpochSecond(Long.MAX_VALUE / 2_000_000_000L));
		return never ? Long.MAX_VALUE : idleNanos(idle.isBefore(Instant.EPOCH) ? Instant.EPOCH : idle);
	}

	/** When a row is of no use in which nothing is done any more. */
	static long idleNanos(Instant idle) {
		return Nanos.of(idle.plus(GRACE));
	}

}

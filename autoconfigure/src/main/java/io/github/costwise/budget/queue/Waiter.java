package io.github.costwise.budget.queue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.costwise.model.BudgetAccount;

/**
 * A call that waits. It is offered the room when it is its turn, and then says whether it
 * took it. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Waiter {

	private final AccountQueue queue;

	private final WaitTerms terms;

	private final long since;

	private volatile CompletableFuture<Void> turn = new CompletableFuture<>();

	Waiter(AccountQueue queue, WaitTerms terms, long since) {
		this.queue = queue;
		this.terms = terms;
		this.since = since;
	}

	WaitTerms terms() {
		return this.terms;
	}

	long since() {
		return this.since;
	}

	/**
	 * Returns what completes when it may try.
	 * @return its turn; after {@link #again} another one
	 */
	public CompletableFuture<Void> turn() {
		return this.turn;
	}

	/**
	 * Returns whether it waits for room in an account.
	 * @param account the account
	 * @return whether it does
	 */
	public boolean isFor(BudgetAccount account) {
		return this.queue.account().equals(account);
	}

	/**
	 * Returns how long it goes on waiting.
	 * @return the time that is left, not negative
	 */
	public Duration left() {
		Duration left = this.terms.atMost().minusNanos(this.queue.nanos() - this.since);
		return left.isNegative() ? Duration.ZERO : left;
	}

	/** Records that it found no room: it waits for the next turn, before all others. */
	public void again() {
		this.turn = new CompletableFuture<>();
		this.queue.again(this);
	}

	/** Records that it was admitted; the next one may try. */
	public void served() {
		this.queue.served(this);
	}

	/** Leaves the queue; the next one may try, and whoever waits for its turn goes on. */
	public void leave() {
		this.queue.left(this);
		this.turn.complete(null);
	}

	void offer() {
		this.turn.complete(null);
	}

}

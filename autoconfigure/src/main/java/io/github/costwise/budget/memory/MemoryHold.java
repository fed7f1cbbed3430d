package io.github.costwise.budget.memory;

import java.time.Instant;
import java.util.List;

import io.github.costwise.model.BudgetSpan;

/**
 * What one call holds. Its state changes under the locks of its accounts.
 */
final class MemoryHold {

	private final Instant at;

	private final int outputCap;

	private final List<HeldPart> parts;

	private volatile Instant expires;

	private boolean over;

	private boolean expired;

	MemoryHold(Instant at, Instant expires, int outputCap, List<HeldPart> parts) {
		this.at = at;
		this.expires = expires;
		this.outputCap = outputCap;
		this.parts = parts;
	}

	Instant at() {
		return this.at;
	}

	int outputCap() {
		return this.outputCap;
	}

	List<HeldPart> parts() {
		return this.parts;
	}

	boolean isDue(Instant now) {
		return !this.expired && !this.expires.isAfter(now);
	}

	void extend(Instant until) {
		this.expires = until;
	}

	/** Returns whether this is the first time that it ends. */
	boolean end() {
		boolean first = !this.over;
		this.over = true;
		return first;
	}

	boolean isExpired() {
		return this.expired;
	}

	void expire() {
		this.expired = true;
	}

	/**
	 * What it holds of an account.
	 *
	 * @param account the account
	 * @param span the window in which the call began
	 * @param amount what is held
	 * @param onExpiry what is booked when it expires
	 */
	record HeldPart(MemoryAccount account, BudgetSpan span, long amount, long onExpiry) {

	}

}

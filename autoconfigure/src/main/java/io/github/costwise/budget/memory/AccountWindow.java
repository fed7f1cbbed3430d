package io.github.costwise.budget.memory;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;

/**
 * What an account spent and holds in one window. Used by whoever holds the lock of the
 * account.
 */
final class AccountWindow {

	private final BudgetSpan span;

	private final @Nullable RollingSum rolling;

	private @Nullable AccountWindow before;

	private long left;

	private long limit;

	private boolean allowed;

	private long carry;

	private long raised;

	private Instant raisedUntil = Instant.MAX;

	private long spent;

	private long held;

	private int holds;

	private int awaited;

	AccountWindow(BudgetSpan span) {
		this.span = span;
		this.rolling = (span.rolling() != null) ? new RollingSum(span.rolling()) : null;
	}

	/** What the window before left over may be carried over. */
	void follow(AccountWindow previous) {
		previous.close();
		inherit(previous);
		if (previous.span.until().equals(this.span.from())) {
			this.before = previous;
		}
		else {
			this.left = previous.limit;
		}
	}

	private void close() {
		this.left = left();
		this.before = null;
	}

	/** In a window that is known no more, what was spent in another one counts. */
	void replace(AccountWindow other) {
		inherit(other);
		this.spent = other.spent;
	}

	private void inherit(AccountWindow other) {
		this.limit = other.limit;
		this.carry = other.carry;
		this.allowed = other.allowed;
	}

	BudgetSpan span() {
		return this.span;
	}

	void allow(long limit, long carry) {
		this.limit = limit;
		this.carry = carry;
		this.allowed = true;
	}

	/** Whether its limit is known. */
	boolean isAllowed() {
		return this.allowed;
	}

	/** In a window that has no end, a raise lasts as long as the window is. */
	void raise(Instant now, long limit) {
		this.raised += limit;
		if (this.span.rolling() != null) {
			this.raisedUntil = now.plus(this.span.rolling());
		}
	}

	/** What calls in flight of the window before still hold is not left over. */
	private long left() {
		AccountWindow last = this.before;
		return (last == null) ? this.left
				: Math.max(0, last.limit + Math.min(last.carry, last.left) - last.spent - last.held);
	}

	long limit() {
		return this.limit + this.raised + Math.min(this.carry, left());
	}

	/** What counts as spent from now on, where that changes with time. */
	void move(Instant now) {
		if (this.rolling != null) {
			this.rolling.move(now);
		}
		if (!now.isBefore(this.raisedUntil)) {
			this.raised = 0;
			this.raisedUntil = Instant.MAX;
		}
	}

	long spent() {
		return (this.rolling != null) ? this.rolling.sum() : this.spent;
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

	/** A hold becomes larger, or smaller. */
	void change(long amount) {
		this.held += amount;
	}

	/** Some of its calls, whose holds expired, may be settled late. */
	void await(int more) {
		this.awaited += more;
	}

	void book(Instant at, long amount) {
		if (this.rolling != null) {
			this.rolling.add(at, amount);
		}
		else {
			this.spent += amount;
		}
	}

	/** When what is needed may have room, however little is held then. */
	@Nullable Instant room(long needed) {
		if (this.rolling != null) {
			return this.rolling.falls(limit() - needed);
		}
		return this.span.until().equals(Instant.MAX) ? null : this.span.until();
	}

	/** Whether anything was done to it since it began. */
	boolean isUsed() {
		return this.allowed || this.raised != 0 || spent() != 0;
	}

	/** Whether nothing would be lost with it. */
	boolean isNothing(Instant now) {
		move(now);
		return this.awaited == 0 && (isPast(now) || (this.holds == 0 && this.raised == 0 && spent() == 0));
	}

	/** Whether it is over, and no call of it is in flight. */
	boolean isPast(Instant now) {
		return this.holds == 0 && !this.span.until().isAfter(now);
	}

	BudgetState state(BudgetAccount account) {
		return new BudgetState(account, this.span, limit(), spent(), this.held, this.holds);
	}

}

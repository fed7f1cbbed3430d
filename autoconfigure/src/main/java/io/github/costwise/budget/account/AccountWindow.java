package io.github.costwise.budget.account;

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

	private BudgetSpan span;

	private @Nullable RollingSum rolling;

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

	/** One that was written. */
	AccountWindow(Fields from) {
		this(new BudgetSpan(from.time("from", Instant.MIN), from.time("until", Instant.MAX), from.length("rolling")));
		this.left = from.number("left", 0);
		this.limit = from.number("limit", 0);
		this.carry = from.number("carry", 0);
		this.allowed = from.number("allowed", 0) != 0;
		this.raised = from.number("raised", 0);
		this.raisedUntil = from.time("raised-until", Instant.MAX);
		this.spent = from.number("spent", 0);
		this.held = from.number("held", 0);
		this.holds = (int) from.number("holds", 0);
		if (this.rolling != null) {
			this.rolling.read(from);
		}
	}

	/** Those that may be settled late are not written: only a store in memory counts. */
	void write(FieldsText to) {
		to.time("from", this.span.from(), Instant.MIN);
		to.time("until", this.span.until(), Instant.MAX);
		to.length("rolling", this.span.rolling());
		to.number("left", this.left);
		to.number("limit", this.limit);
		to.number("carry", this.carry);
		to.number("allowed", this.allowed ? 1 : 0);
		to.number("raised", this.raised);
		to.time("raised-until", this.raisedUntil, Instant.MAX);
		to.number("spent", this.spent);
		to.number("held", this.held);
		to.number("holds", this.holds);
		if (this.before != null) {
			to.time("before", this.before.span.from(), Instant.MAX);
		}
		if (this.rolling != null) {
			this.rolling.write(to);
		}
	}

	/** The window before it was written as well. */
	void link(AccountWindow previous) {
		this.before = previous;
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
		lose();
	}

	/** What the window before leaves over changes no more. */
	private void lose() {
		this.left = left();
		this.before = null;
	}

	/** A window is kept no more. */
	void lose(AccountWindow gone) {
		if (this.before == gone) {
			lose();
		}
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

	/** Its end, or how far it reaches back, was configured otherwise meanwhile. */
	void become(BudgetSpan other) {
		if (this.span.equals(other)) {
			return;
		}
		RollingSum known = this.rolling;
		this.rolling = (other.rolling() != null) ? new RollingSum(other.rolling(), known) : null;
		this.spent = (known != null && other.rolling() == null) ? known.sum() : this.spent;
		this.span = other;
	}

	boolean allows(long limit, long carry) {
		return this.allowed && this.limit == limit && this.carry == carry;
	}

	/** Whether its limit is known. */
	boolean isAllowed() {
		return this.allowed;
	}

	/** In a window that has no end, a raise lasts as long as the window is. */
	void raise(Instant now, long limit) {
		this.raised += limit;
		if (limit != 0 && this.span.rolling() != null) {
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

	/**
	 * When nothing would be lost with it however long its calls took, or
	 * {@link Instant#MAX}.
	 */
	Instant idle() {
		if (this.holds != 0) {
			return Instant.MAX;
		}
		if (this.rolling != null) {
			Instant empty = this.rolling.falls(0);
			Instant raise = this.raisedUntil.equals(Instant.MAX) ? Instant.MIN : this.raisedUntil;
			return (empty == null || empty.isBefore(raise)) ? raise : empty;
		}
		return this.span.until();
	}

	BudgetState state(BudgetAccount account) {
		return new BudgetState(account, this.span, limit(), spent(), this.held, this.holds);
	}

}

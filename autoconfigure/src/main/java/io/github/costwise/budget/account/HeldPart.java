package io.github.costwise.budget.account;

import java.time.Instant;

/** What a call holds of an account, in the window in which it began. */
final class HeldPart {

	private final AccountWindow window;

	private final long onExpiry;

	private final Instant from;

	private long amount;

	private boolean drawn;

	HeldPart(AccountWindow window, long amount, long onExpiry) {
		this.window = window;
		this.from = window.span().from();
		this.amount = amount;
		this.onExpiry = onExpiry;
	}

	/** One that was written, of an account that is known here, or is not. */
	HeldPart(AccountWindows account, Fields from, boolean live) {
		this.from = from.time("from", Instant.MIN);
		this.amount = from.number("amount", 0);
		this.onExpiry = from.number("on-expiry", 0);
		this.drawn = from.number("drawn", 0) != 0;
		this.window = account.held(this.from, this.amount, live);
	}

	void write(String key, FieldsText to) {
		to.text("account", key);
		to.time("from", this.from, Instant.MIN);
		to.number("amount", this.amount);
		to.number("on-expiry", this.onExpiry);
		to.number("drawn", this.drawn ? 1 : 0);
	}

	AccountWindow window() {
		return this.window;
	}

	long amount() {
		return this.amount;
	}

	boolean isDrawn() {
		return this.drawn;
	}

	void draw() {
		this.drawn = true;
	}

	/** What is booked when it expires, of what others have not drawn. */
	long onExpiry() {
		return Math.min(this.onExpiry, this.amount);
	}

	void change(long more) {
		this.amount += more;
		this.window.change(more);
	}

}

package io.github.costwise.budget.memory;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.costwise.spi.BudgetStore.Reservation;

/**
 * What one call holds. Its stage changes under the locks of its accounts.
 */
final class MemoryHold {

	private final Instant at;

	private final int outputCap;

	private final MemoryAccount[] accounts;

	private final HeldPart[] parts;

	private final @Nullable MemoryHold within;

	private volatile Instant expires;

	private volatile HoldStage stage = HoldStage.HELD;

	MemoryHold(Reservation reservation, int outputCap, MemoryAccount[] accounts, HeldPart[] parts,
			@Nullable MemoryHold within) {
		this(reservation.at(), reservation.expires(), outputCap, accounts, parts, within);
	}

	private MemoryHold(Instant at, Instant expires, int outputCap, MemoryAccount[] accounts, HeldPart[] parts,
			@Nullable MemoryHold within) {
		this.at = at;
		this.expires = expires;
		this.outputCap = outputCap;
		this.accounts = accounts;
		this.parts = parts;
		this.within = within;
	}

	/** What a call without a hold leaves once it is booked. */
	static MemoryHold none(Instant at) {
		MemoryHold none = new MemoryHold(at, at, 0, new MemoryAccount[0], new HeldPart[0], null);
		none.stage = HoldStage.OVER;
		return none;
	}

	Instant at() {
		return this.at;
	}

	int outputCap() {
		return this.outputCap;
	}

	/** Its accounts, in the order of its parts. */
	MemoryAccount[] accounts() {
		return this.accounts;
	}

	HeldPart[] parts() {
		return this.parts;
	}

	boolean isDue(Instant now) {
		return this.stage == HoldStage.HELD && !this.expires.isAfter(now);
	}

	void extend(Instant until) {
		this.expires = until;
	}

	HoldStage stage() {
		return this.stage;
	}

	/** What it holds of an account, or {@code null} when that is nothing any more. */
	@Nullable HeldPart live(MemoryAccount account) {
		for (int i = 0; i < this.accounts.length; i++) {
			if (this.accounts[i] == account && this.stage == HoldStage.HELD) {
				return this.parts[i];
			}
		}
		return null;
	}

	void begin() {
		for (int i = 0; i < this.parts.length; i++) {
			HeldPart part = this.parts[i];
			part.window.hold(part.amount);
			HeldPart around = (this.within != null) ? this.within.live(this.accounts[i]) : null;
			part.drawn = around != null;
			if (around != null) {
				around.change(-part.amount);
			}
		}
	}

	/** Goes on to a later stage; what is held is free when it is held no more. */
	void become(HoldStage next) {
		for (HeldPart part : this.parts) {
			if (this.stage == HoldStage.HELD) {
				part.window.free(part.amount);
			}
			part.window.await(((next == HoldStage.EXPIRED) ? 1 : 0) - ((this.stage == HoldStage.EXPIRED) ? 1 : 0));
		}
		this.stage = next;
	}

	/** What was drawn and not spent goes back; what is missing is drawn as well. */
	void giveBack(int place, long rest) {
		MemoryHold outer = this.parts[place].drawn ? this.within : null;
		HeldPart around = (outer != null) ? outer.live(this.accounts[place]) : null;
		if (around != null) {
			around.change(Math.max(-around.amount, rest));
		}
	}

	/** What has become of it. */
	enum HoldStage {

		HELD, EXPIRED, OVER

	}

	/** What it holds of an account, in the window in which the call began. */
	static final class HeldPart {

		private final AccountWindow window;

		private final long onExpiry;

		private long amount;

		private boolean drawn;

		HeldPart(AccountWindow window, long amount, long onExpiry) {
			this.window = window;
			this.amount = amount;
			this.onExpiry = onExpiry;
		}

		AccountWindow window() {
			return this.window;
		}

		long amount() {
			return this.amount;
		}

		/** What is booked when it expires, of what others have not drawn. */
		long onExpiry() {
			return Math.min(this.onExpiry, this.amount);
		}

		private void change(long amount) {
			this.amount += amount;
			this.window.change(amount);
		}

	}

}

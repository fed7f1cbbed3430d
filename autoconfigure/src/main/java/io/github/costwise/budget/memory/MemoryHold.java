package io.github.costwise.budget.memory;

import java.time.Instant;

/**
 * What one call holds. Its stage changes under the locks of its accounts.
 */
final class MemoryHold {

	private final Instant at;

	private final int outputCap;

	private final MemoryAccount[] accounts;

	private final HeldPart[] parts;

	private volatile Instant expires;

	private volatile HoldStage stage = HoldStage.HELD;

	MemoryHold(Instant at, Instant expires, int outputCap, MemoryAccount[] accounts, HeldPart[] parts) {
		this.at = at;
		this.expires = expires;
		this.outputCap = outputCap;
		this.accounts = accounts;
		this.parts = parts;
	}

	/** What a call without a hold leaves once it is booked. */
	static MemoryHold none(Instant at) {
		MemoryHold none = new MemoryHold(at, at, 0, new MemoryAccount[0], new HeldPart[0]);
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

	void begin() {
		for (HeldPart part : this.parts) {
			part.window().hold(part.amount());
		}
	}

	/** Goes on to a later stage; what is held is free when it is held no more. */
	void become(HoldStage next) {
		for (HeldPart part : this.parts) {
			if (this.stage == HoldStage.HELD) {
				part.window().free(part.amount());
			}
			part.window().await(((next == HoldStage.EXPIRED) ? 1 : 0) - ((this.stage == HoldStage.EXPIRED) ? 1 : 0));
		}
		this.stage = next;
	}

	/** What has become of it. */
	enum HoldStage {

		HELD, EXPIRED, OVER

	}

	/**
	 * What it holds of an account.
	 *
	 * @param window the window in which the call began
	 * @param amount what is held
	 * @param onExpiry what is booked when it expires
	 */
	record HeldPart(AccountWindow window, long amount, long onExpiry) {

	}

}

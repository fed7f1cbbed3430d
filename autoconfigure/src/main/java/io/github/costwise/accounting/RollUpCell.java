package io.github.costwise.accounting;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The sums of one roll-up key, spread over stripes so that concurrent writers seldom
 * meet: a writer takes the first free stripe, and a stripe is added when all are taken. A
 * record goes into one stripe as a whole, so every reading holds whole records only.
 * Thread-safe.
 */
final class RollUpCell {

	private static final int MAX_STRIPES = Math.min(32, 2 * Runtime.getRuntime().availableProcessors());

	private volatile Stripe[] stripes = { new Stripe() };

	private boolean closed;

	/**
	 * Applies a change to the sums.
	 * @param change what to add
	 * @return whether it was applied; {@code false} when the cell was closed before
	 */
	boolean apply(Consumer<Sums> change) {
		Stripe[] stripes = this.stripes;
		int preferred = preferred(stripes);
		for (int i = 0; i < stripes.length; i++) {
			Stripe stripe = stripes[(preferred + i) % stripes.length];
			if (stripe.tryLock()) {
				return stripe.applyAndUnlock(change);
			}
		}
		Stripe stripe = grow(stripes.length);
		stripe.lock();
		return stripe.applyAndUnlock(change);
	}

	private synchronized Stripe grow(int seen) {
		Stripe[] old = this.stripes;
		if (this.closed || old.length > seen || old.length == MAX_STRIPES) {
			return old[preferred(old)];
		}
		Stripe[] grown = Arrays.copyOf(old, old.length + 1);
		grown[old.length] = new Stripe();
		this.stripes = grown;
		return grown[old.length];
	}

	private static int preferred(Stripe[] stripes) {
		return (int) (Thread.currentThread().getId() % stripes.length);
	}

	/**
	 * Adds what was applied so far to a target.
	 * @param target receives the sums
	 */
	void addTo(Sums target) {
		for (Stripe stripe : this.stripes) {
			stripe.addTo(target, false);
		}
	}

	/**
	 * Adds everything to a target and takes nothing more: each change is either in the
	 * target or its writer is notified.
	 * @param target receives the sums
	 */
	synchronized void close(Sums target) {
		this.closed = true;
		for (Stripe stripe : this.stripes) {
			stripe.addTo(target, true);
		}
	}

	@SuppressWarnings("serial")
	private static final class Stripe extends ReentrantLock {

		private final Sums sums = new Sums();

		private boolean closed;

		private boolean applyAndUnlock(Consumer<Sums> change) {
			try {
				if (!this.closed) {
					change.accept(this.sums);
				}
				return !this.closed;
			}
			finally {
				unlock();
			}
		}

		private void addTo(Sums target, boolean close) {
			lock();
			try {
				target.add(this.sums);
				this.closed |= close;
			}
			finally {
				unlock();
			}
		}

	}

}

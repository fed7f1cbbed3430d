package io.github.costwise.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.costwise.background.Worker;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.BudgetStore.Spend;
import io.github.costwise.spi.SharedBudgetStore.BudgetStateLostException;

/**
 * What happens while the store of budgets is away: what calls used is kept, up to 10,000
 * of them, and booked once it is back; what the store has lost is restored. Thread-safe.
 */
final class BudgetOutages {

	private static final int MOST = 10_000;

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final Queue<LateBooking> late = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private final Faults faults;

	private volatile Consumer<LateBooking> booking = (one) -> {
	};

	private volatile @Nullable Runnable restoring;

	private volatile @Nullable Worker worker;

	private volatile BooleanSupplier mustNotBlock = () -> false;

	private volatile boolean lost;

	BudgetOutages(Faults faults) {
		this.faults = faults;
	}

	void replayBy(Consumer<LateBooking> how) {
		this.booking = how;
	}

	/**
	 * Begins to look after a store that may be away.
	 * @param by does it
	 * @param how restores what the store has lost
	 * @param onEventLoop whether this thread must not wait for the store
	 */
	void watch(Worker by, Runnable how, BooleanSupplier onEventLoop) {
		this.worker = by;
		this.restoring = how;
		this.mustNotBlock = onEventLoop;
		by.runEvery(this::recover, PAUSE, PAUSE);
	}

	/** Whether the store may keep this thread waiting. */
	boolean isSlow() {
		return this.restoring != null;
	}

	/** Does something with the store; on a thread that must not wait, on another one. */
	void elsewhere(Runnable work) {
		Worker by = this.worker;
		if (by == null || !this.mustNotBlock.getAsBoolean() || !by.run(() -> guarded(work))) {
			guarded(work);
		}
	}

	private void guarded(Runnable work) {
		this.faults.guard(Faults.Kind.BUDGET, work);
	}

	/** Keeps what could not be booked. */
	void missed(RuntimeException cause, String id, Instant at, List<Spend> spends) {
		failed(cause);
		if (!isSlow()) {
			return;
		}
		if (this.waiting.get() >= MOST) {
			this.faults.report(Faults.Kind.BUDGET, "What a call used could not be booked, nor kept for later", cause);
			return;
		}
		this.waiting.incrementAndGet();
		this.late.add(new LateBooking(id, at, spends));
	}

	/** Records that the store failed. */
	void failed(RuntimeException cause) {
		this.faults.report(Faults.Kind.BUDGET, cause);
		if (cause instanceof BudgetStateLostException) {
			this.lost = true;
		}
	}

	/** The ledger knows what the store has lost, late bookings included. */
	private void recover() {
		Runnable restore = this.restoring;
		if (this.lost && restore != null) {
			this.lost = false;
			try {
				restore.run();
				forget();
			}
			catch (RuntimeException ex) {
				this.lost = true;
				throw ex;
			}
		}
		replay();
	}

	private void forget() {
		while (this.late.poll() != null) {
			this.waiting.decrementAndGet();
		}
	}

	private void replay() {
		for (LateBooking one = this.late.peek(); one != null; one = this.late.peek()) {
			try {
				this.booking.accept(one);
			}
			catch (RuntimeException ex) {
				failed(ex);
				return;
			}
			this.late.remove();
			this.waiting.decrementAndGet();
		}
	}

	/**
	 * What a call used that is not booked yet.
	 *
	 * @param id id of the call
	 * @param at when it began
	 * @param spends what it used
	 */
	record LateBooking(String id, Instant at, List<Spend> spends) {

	}

}

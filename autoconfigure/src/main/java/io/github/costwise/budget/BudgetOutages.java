package io.github.costwise.budget;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.github.costwise.background.Worker;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.SharedBudgetStore.BudgetStateLostException;

/**
 * What happens while the store of budgets is away: what calls used is kept, up to 10,000
 * of them, and booked once it is back; what the store has lost is restored. Thread-safe.
 */
final class BudgetOutages {

	private static final int MOST = 10_000;

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final Queue<Runnable> late = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	private final Faults faults;

	private volatile @Nullable Runnable restoring;

	private volatile @Nullable Worker worker;

	private volatile BooleanSupplier mustNotBlock = () -> false;

	private volatile boolean lost;

	BudgetOutages(Faults faults) {
		this.faults = faults;
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

	/**
	 * Ends a call in the store, on another thread where this one must not wait, and again
	 * later where the store does not answer.
	 */
	void end(Runnable work) {
		Worker by = this.worker;
		if (by == null || !this.mustNotBlock.getAsBoolean() || !by.run(() -> tryNow(work))) {
			tryNow(work);
		}
	}

	private void tryNow(Runnable work) {
		try {
			work.run();
		}
		catch (RuntimeException ex) {
			failed(ex);
			keep(work, ex);
		}
	}

	private void keep(Runnable work, RuntimeException cause) {
		if (!isSlow()) {
			return;
		}
		if (this.waiting.get() >= MOST) {
			this.faults.report(Faults.Kind.BUDGET, "What a call used could not be booked, nor kept for later", cause);
			return;
		}
		this.waiting.incrementAndGet();
		this.late.add(work);
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
		for (Runnable one = this.late.peek(); one != null; one = this.late.peek()) {
			try {
				one.run();
			}
			catch (RuntimeException ex) {
				failed(ex);
				return;
			}
			this.late.remove();
			this.waiting.decrementAndGet();
		}
	}

}

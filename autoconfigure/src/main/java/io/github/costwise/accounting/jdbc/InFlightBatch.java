package io.github.costwise.accounting.jdbc;

import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.jdbc.RecordQueue.QueuedBatch;
import io.github.costwise.time.Ticker;

/**
 * The batch that the writer has taken and the database has not answered for, and how long
 * the writer has been waiting. Each batch ends in one place: stored, or in the journal,
 * or in both when the database answered after it was put there; writing it again does no
 * harm then. Thread-safe.
 */
final class InFlightBatch {

	private final RecordQueue queue;

	private final Delivery delivery;

	private final DeliveryStats stats;

	private final Ticker ticker;

	private @Nullable QueuedBatch batch;

	private boolean kept;

	private boolean closed;

	private volatile long waitingSince;

	InFlightBatch(RecordQueue queue, Delivery delivery, DeliveryStats stats, Ticker ticker) {
		this.queue = queue;
		this.delivery = delivery;
		this.stats = stats;
		this.ticker = ticker;
	}

	/** Takes the next batch, unless everything else goes to the journal by now. */
	synchronized QueuedBatch begin(int max) {
		QueuedBatch next = this.queue.take(this.closed ? 0 : max, this.stats);
		this.batch = next;
		this.kept = false;
		return next;
	}

	/**
	 * Settles the batch.
	 * @param refused how many rows the database refused, or {@link Delivery#NOT_TAKEN}
	 */
	synchronized void end(int refused) {
		QueuedBatch ended = this.batch;
		this.batch = null;
		if (ended == null) {
			return;
		}
		if (!this.kept && refused == Delivery.NOT_TAKEN) {
			this.delivery.keep(ended.rows());
		}
		else if (!this.kept && !ended.rows().isEmpty()) {
			this.delivery.inserted(ended.rows().size(), refused);
		}
		this.queue.settle(ended);
	}

	/**
	 * Puts the batch into the journal if it has room, while the database is waited for.
	 */
	synchronized void keep() {
		QueuedBatch waiting = this.batch;
		if (waiting != null && !this.kept) {
			this.kept = this.delivery.keepAll(waiting.rows());
		}
	}

	/** Puts the batch and all that is queued into the journal; no more is taken. */
	synchronized void close() {
		this.closed = true;
		QueuedBatch waiting = this.batch;
		if (waiting != null && !this.kept) {
			this.delivery.keep(waiting.rows());
			this.kept = true;
		}
		QueuedBatch left = this.queue.take(Integer.MAX_VALUE, this.stats);
		this.delivery.keep(left.rows());
		this.queue.settle(left);
	}

	/** The writer begins to wait for the database. */
	void waits() {
		this.waitingSince = this.ticker.read() | 1;
	}

	/** The database has answered. */
	void goesOn() {
		this.waitingSince = 0;
	}

	/** Whether the writer has been waiting for longer than a time. */
	boolean waitsLongerThan(long nanos) {
		long since = this.waitingSince;
		return since != 0 && this.ticker.read() - since >= nanos;
	}

}

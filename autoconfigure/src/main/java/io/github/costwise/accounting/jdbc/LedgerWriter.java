package io.github.costwise.accounting.jdbc;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.LedgerHealth;
import io.github.costwise.accounting.jdbc.RecordQueue.Batch;

/**
 * Writes records off the request path. One daemon thread brings batches to the database,
 * replays the journal and deletes expired rows; a second one moves records from the queue
 * to the journal when the first hangs in the database and the queue fills.
 */
final class LedgerWriter implements AutoCloseable {

	private static final Duration RETENTION_PERIOD = Duration.ofHours(1);

	private final JdbcLedgerSettings settings;

	private final Clock clock;

	private final RecordQueue queue;

	private final Journal journal;

	private final Delivery delivery;

	private final DeliveryStats stats;

	private final FlushRequests flushes = new FlushRequests();

	private final Thread writer = daemon("costwise-ledger", this::write);

	private final Thread spiller = daemon("costwise-ledger-spill", this::spill);

	private volatile @Nullable Batch inFlight;

	private volatile boolean closing;

	private Instant nextRetention = Instant.MIN;

	LedgerWriter(JdbcLedgerSettings settings, Clock clock, Delivery delivery, Journal journal, DeliveryStats stats) {
		this.settings = settings;
		this.clock = clock;
		this.queue = new RecordQueue(settings.queueCapacity());
		this.journal = journal;
		this.delivery = delivery;
		this.stats = stats;
	}

	private static Thread daemon(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	void start() {
		this.stats.lost(this.journal.damaged(), "they were damaged in the journal", null);
		this.writer.start();
		this.spiller.start();
	}

	void add(Object record) {
		long pending = this.closing ? this.queue.refuse() : this.queue.add(record);
		if (pending == this.settings.batchSize()) {
			LockSupport.unpark(this.writer);
		}
	}

	private void write() {
		boolean last;
		do {
			last = this.closing;
			long requested = this.flushes.requested();
			boolean more = guarded(() -> step(this.flushes.isOpen()));
			this.flushes.done(requested);
			if (!more && !this.closing && !this.flushes.isOpen()) {
				park();
			}
		}
		while (!last);
	}

	private boolean guarded(BooleanSupplier step) {
		try {
			return step.getAsBoolean();
		}
		catch (Throwable ex) {
			this.stats.failed(ex);
			return false;
		}
	}

	/** Parks unless there is a permit; an interrupt of this thread has no meaning. */
	private void park() {
		LockSupport.parkNanos(this, this.settings.flushInterval().toNanos());
		Thread.interrupted();
	}

	private boolean step(boolean flush) {
		boolean whole = flush || this.closing;
		if (whole) {
			this.delivery.retryNow();
		}
		boolean more;
		do {
			more = writeBatch();
			more |= !this.closing && this.delivery.replay(this.settings.batchSize());
		}
		while (whole && more);
		reportOverflow();
		return deleteExpired() || more;
	}

	/** Returns whether more records may wait. */
	private boolean writeBatch() {
		Batch batch = this.queue.take(this.settings.batchSize(), this.stats);
		if (batch.taken() > 0) {
			this.inFlight = batch;
			try {
				this.delivery.deliver(batch.rows());
			}
			finally {
				this.inFlight = null;
				this.queue.settle(batch);
			}
		}
		return batch.taken() == this.settings.batchSize();
	}

	private boolean deleteExpired() {
		Instant now = this.clock.instant();
		if (this.closing || now.isBefore(this.nextRetention)) {
			return false;
		}
		boolean more = this.delivery.deleteExpired(now.minus(this.settings.retention()));
		this.nextRetention = more ? now : now.plus(RETENTION_PERIOD);
		return more;
	}

	private void spill() {
		while (!this.closing) {
			park();
			guarded(this::spillWhileFilling);
		}
	}

	private boolean spillWhileFilling() {
		while (this.queue.isFilling()) {
			Batch batch = this.queue.take(this.settings.batchSize(), this.stats);
			if (batch.taken() == 0) {
				break;
			}
			this.delivery.keep(batch.rows());
			this.queue.settle(batch);
		}
		reportOverflow();
		return false;
	}

	private void reportOverflow() {
		this.stats.lost(this.queue.takeOverflow(), "the queue was full", null);
	}

	boolean flush(Duration timeout) {
		long request = this.flushes.request();
		LockSupport.unpark(this.writer);
		return this.flushes.await(request, timeout) && this.journal.size() == 0;
	}

	LedgerHealth health() {
		return this.stats.health(this.queue.pending(), this.journal.size());
	}

	/**
	 * Writes what is left, to the journal when the database does not take it in time.
	 */
	@Override
	public synchronized void close() {
		if (this.closing) {
			return;
		}
		this.closing = true;
		LockSupport.unpark(this.writer);
		LockSupport.unpark(this.spiller);
		if (!ends(this.writer) | !ends(this.spiller)) {
			keepInFlight();
		}
		Batch left = this.queue.take(Integer.MAX_VALUE, this.stats);
		this.delivery.keep(left.rows());
		this.queue.settle(left);
		reportOverflow();
		try {
			this.journal.close();
		}
		catch (IOException ex) {
			this.stats.failed(ex);
		}
	}

	/** The database may have taken these rows or not: writing them again does no harm. */
	private void keepInFlight() {
		Batch batch = this.inFlight;
		if (batch != null) {
			this.delivery.keep(batch.rows());
		}
	}

	private boolean ends(Thread thread) {
		try {
			thread.join(this.settings.shutdownTimeout().toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return !thread.isAlive();
	}

}

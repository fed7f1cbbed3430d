package io.github.costwise.accounting.jdbc;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.github.costwise.accounting.jdbc.RecordQueue.QueuedBatch;
import io.github.costwise.background.Team;
import io.github.costwise.model.LedgerHealth;
import io.github.costwise.time.Time;

/**
 * Writes records off the request path. One daemon thread brings batches to the database,
 * replays the journal and deletes expired rows; a second one puts records into the
 * journal while the first waits for the database, so that within a flush interval each is
 * in one of the two.
 */
final class LedgerWriter implements AutoCloseable {

	private static final Duration RETENTION_PERIOD = Duration.ofHours(1);

	private static final long SHORTEST_LOOK = 1_000_000;

	private static final long LEAST_PATIENCE = 200_000_000;

	private final JdbcLedgerSettings settings;

	private final Time time;

	private final RecordQueue queue;

	private final Journal journal;

	private final Delivery delivery;

	private final DeliveryStats stats;

	private final InFlightBatch inFlight;

	private final FlushRequests flushes;

	private final Thread writer;

	private final Thread spiller;

	private final CompletableFuture<Void> written = new CompletableFuture<>();

	private final CompletableFuture<Void> spilled = new CompletableFuture<>();

	private volatile boolean closing;

	private Instant nextRetention = Instant.MIN;

	LedgerWriter(JdbcLedgerSettings settings, Time time, Delivery delivery, Journal journal, DeliveryStats stats,
			Team team) {
		this.settings = settings;
		this.time = time;
		this.flushes = new FlushRequests(time);
		this.queue = new RecordQueue(settings.queueCapacity());
		this.journal = journal;
		this.delivery = delivery;
		this.stats = stats;
		this.inFlight = new InFlightBatch(this.queue, delivery, stats, time.ticker());
		this.writer = team.newThread(() -> toItsEnd(this::write, this.written));
		this.spiller = team.newThread(() -> toItsEnd(this::spill, this.spilled));
		team.waiting(() -> (int) this.queue.pending());
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

	private static void toItsEnd(Runnable work, CompletableFuture<Void> ended) {
		try {
			work.run();
		}
		finally {
			ended.complete(null);
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
				park(this.settings.flushInterval().toNanos() / 2);
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
	private void park(long nanos) {
		this.time.timers().park(this, Duration.ofNanos(nanos));
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
			more |= !this.closing && waitingFor(() -> this.delivery.replay(this.settings.batchSize()));
		}
		while (whole && more);
		reportOverflow();
		return deleteExpired() || more;
	}

	/** Returns whether more records may wait. */
	private boolean writeBatch() {
		QueuedBatch batch = this.inFlight.begin(this.settings.batchSize());
		int refused = Delivery.NOT_TAKEN;
		try {
			refused = batch.rows().isEmpty() ? 0 : waitingFor(() -> this.delivery.insert(batch.rows()));
		}
		finally {
			this.inFlight.end(refused);
		}
		return batch.taken() == this.settings.batchSize();
	}

	private <T> T waitingFor(Supplier<T> answer) {
		this.inFlight.waits();
		try {
			return answer.get();
		}
		finally {
			this.inFlight.goesOn();
		}
	}

	private boolean deleteExpired() {
		Instant now = this.time.now();
		if (this.closing || now.isBefore(this.nextRetention)) {
			return false;
		}
		boolean more = waitingFor(() -> this.delivery.deleteExpired(now.minus(this.settings.retention())));
		this.nextRetention = more ? now : now.plus(RETENTION_PERIOD);
		return more;
	}

	/**
	 * The writer looks every half of the flush interval; when the database does not
	 * answer for three eighths of it, everything is in the journal within the last
	 * eighth. A fifth of a second is left to every database, however short the interval.
	 */
	private void spill() {
		long eighth = Math.max(SHORTEST_LOOK, this.settings.flushInterval().toNanos() / 8);
		long patience = Math.max(LEAST_PATIENCE, 3 * eighth);
		while (!this.closing) {
			park(eighth);
			guarded(() -> spillWhileWaiting(patience));
		}
	}

	private boolean spillWhileWaiting(long patience) {
		boolean waits = this.inFlight.waitsLongerThan(patience);
		if (waits) {
			this.inFlight.keep();
		}
		boolean more = waits || this.queue.isFilling();
		while (more && !this.closing) {
			more = spillBatch(this.queue.isFilling()) && (waits || this.queue.isFilling());
		}
		reportOverflow();
		return false;
	}

	/** Returns whether more may be spilled. */
	private boolean spillBatch(boolean atAnyCost) {
		QueuedBatch batch = this.queue.take(this.settings.batchSize(), this.stats);
		if (!batch.rows().isEmpty() && !this.delivery.keepAll(batch.rows())) {
			if (!atAnyCost) {
				this.queue.giveBack(batch);
				return false;
			}
			this.delivery.keep(batch.rows());
		}
		this.queue.settle(batch);
		return batch.taken() > 0;
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
		boolean interrupted = Thread.interrupted();
		interrupted |= awaitEnd(this.written);
		interrupted |= awaitEnd(this.spilled);
		this.inFlight.close();
		reportOverflow();
		try {
			this.journal.close();
		}
		catch (IOException ex) {
			this.stats.failed(ex);
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/** Waits for the end of a thread, whatever interrupts; returns whether one came. */
	private boolean awaitEnd(CompletableFuture<Void> ended) {
		boolean interrupted = false;
		long end = this.time.nanos() + this.settings.shutdownTimeout().toNanos();
		long left = end - this.time.nanos();
		while (left > 0 && !ended.isDone()) {
			try {
				this.time.timers().await(ended, Duration.ofNanos(left));
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
			left = end - this.time.nanos();
		}
		return interrupted;
	}

}

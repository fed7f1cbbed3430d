package io.github.costwise.cache.response;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.CacheStoreException;
import io.github.costwise.cache.learning.LabelLog;
import io.github.costwise.cache.verify.HitVerifier;
import io.github.costwise.cache.verify.LabelRecord;
import io.github.costwise.cache.verify.LearningGroup;
import io.github.costwise.cache.verify.VerifierSettings;

/**
 * A learning group and its place in the label log: what is learnt here is appended, what
 * other instances and earlier runs learnt is read. Both happen beside the requests. While
 * the log cannot be reached, up to 10,000 records wait. Thread-safe.
 */
final class Learner {

	private static final int BATCH = 500;

	private static final int MOST_WAITING = 10_000;

	private static final long RETRY_MILLIS = 1_000;

	private static final long SYNC_NANOS = 5_000_000_000L;

	private final String id;

	private final LearningGroup group;

	private final LabelLog log;

	private final CacheTasks tasks;

	private final long instance;

	private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waitingCount = new AtomicInteger();

	private final AtomicBoolean sending = new AtomicBoolean();

	/** What is being sent; belongs to the thread that sends. */
	private final List<byte[]> batch = new ArrayList<>();

	private final AtomicLong nextSync;

	private final Object reading = new Object();

	private final LongAdder lost = new LongAdder();

	private long position;

	Learner(String id, VerifierSettings settings, LabelLog log, CacheTasks tasks, long instance) {
		this.id = id;
		this.group = new LearningGroup(settings, this::append);
		this.log = log;
		this.tasks = tasks;
		this.instance = instance;
		this.nextSync = new AtomicLong(System.nanoTime());
	}

	String id() {
		return this.id;
	}

	HitVerifier verifier() {
		return this.group;
	}

	LearningGroup group() {
		return this.group;
	}

	/** Labels given up because the log could not take them for long. */
	long lost() {
		return this.lost.sum();
	}

	/** Reads what others learnt, if that is due. */
	void sync() {
		long due = this.nextSync.get();
		if (System.nanoTime() - due >= 0 && this.nextSync.compareAndSet(due, System.nanoTime() + SYNC_NANOS)) {
			this.tasks.run(this::read);
		}
	}

	void read() {
		synchronized (this.reading) {
			LabelLog.Batch batch;
			do {
				batch = this.log.read(this.id, this.position, BATCH);
				batch.records().forEach(this::replay);
				this.position = batch.next();
			}
			while (!batch.records().isEmpty());
		}
	}

	private void replay(byte[] bytes) {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		if (buffer.remaining() > Long.BYTES && buffer.getLong() != this.instance) {
			byte[] record = new byte[buffer.remaining()];
			buffer.get(record);
			LabelRecord label = readable(record);
			if (label != null) {
				this.group.replay(label);
			}
		}
	}

	private static @Nullable LabelRecord readable(byte[] record) {
		try {
			return LabelRecord.of(record);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private void append(LabelRecord label) {
		byte[] record = label.toBytes();
		this.waiting.add(ByteBuffer.allocate(Long.BYTES + record.length).putLong(this.instance).put(record).array());
		if (this.waitingCount.incrementAndGet() > MOST_WAITING && this.waiting.poll() != null) {
			this.waitingCount.decrementAndGet();
			this.lost.increment();
		}
		send();
	}

	private void send() {
		if (this.sending.compareAndSet(false, true) && !this.tasks.run(this::drain)) {
			sendAtTheEnd();
		}
	}

	/** The last tasks learn when nothing runs after them any more. */
	private void sendAtTheEnd() {
		if (this.tasks.isClosed()) {
			drain();
		}
		else {
			this.sending.set(false);
		}
	}

	private void drain() {
		try {
			while (fill()) {
				this.log.append(this.id, this.batch);
				this.batch.clear();
			}
		}
		catch (CacheStoreException ex) {
			this.tasks.runAfter(RETRY_MILLIS, this::send);
			throw ex;
		}
		finally {
			this.sending.set(false);
		}
		if (!this.waiting.isEmpty()) {
			send();
		}
	}

	private boolean fill() {
		byte[] next = (this.batch.size() < BATCH) ? this.waiting.poll() : null;
		while (next != null) {
			this.waitingCount.decrementAndGet();
			this.batch.add(next);
			next = (this.batch.size() < BATCH) ? this.waiting.poll() : null;
		}
		return !this.batch.isEmpty();
	}

}

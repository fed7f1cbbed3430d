package io.github.costwise.cache.response;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.verify.HitVerifier;
import io.github.costwise.cache.verify.LabelRecord;
import io.github.costwise.cache.verify.LearningGroup;
import io.github.costwise.cache.verify.VerifierSettings;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.LabelLog;

/**
 * A learning group and its place in the label log: what is learnt here is appended, what
 * other instances and earlier runs learnt is read. Both happen in the background. While
 * the log cannot be reached, up to 10,000 records wait. Thread-safe.
 */
final class GroupLearner {

	private static final int BATCH = 500;

	private static final int MOST_WAITING = 10_000;

	/** Of what is not removed nothing is served, other than to equal questions. */
	private static final int MOST_REMOVED = 1_000;

	private static final long RETRY_MILLIS = 1_000;

	private static final long SYNC_NANOS = 5_000_000_000L;

	private final String id;

	private final String language;

	private final LearningGroup group;

	private final LearningTools around;

	private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waitingCount = new AtomicInteger();

	private final AtomicBoolean sending = new AtomicBoolean();

	/** What is being sent; belongs to the thread that sends. */
	private final List<byte[]> batch = new ArrayList<>();

	private final AtomicLong nextSync;

	private final Object reading = new Object();

	private final LongAdder lost = new LongAdder();

	private long position;

	GroupLearner(String id, String language, VerifierSettings settings, LearningTools around) {
		this.id = id;
		this.language = language;
		this.group = new LearningGroup(settings, this::append);
		this.around = around;
		this.nextSync = new AtomicLong(nanos());
	}

	String id() {
		return this.id;
	}

	/** The group of languages that it learns from. */
	String language() {
		return this.language;
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
		long now = nanos();
		if (now - due >= 0 && this.nextSync.compareAndSet(due, now + SYNC_NANOS)) {
			this.around.tasks().run(this::read);
		}
	}

	private long nanos() {
		return this.around.tasks().time().nanos();
	}

	/** Reads to the end, and removes what others found to be outdated. */
	void read() {
		Set<Long> outdated = new LinkedHashSet<>();
		synchronized (this.reading) {
			LabelLog.LabelBatch batch;
			do {
				batch = this.around.log().read(this.id, this.position, BATCH);
				batch.records().forEach((record) -> replay(record, outdated));
				this.position = batch.next();
			}
			while (!batch.records().isEmpty());
		}
		outdated.stream().filter(this.group::isOutdated).limit(MOST_REMOVED).forEach(this.around.outdated());
	}

	private void replay(byte[] bytes, Set<Long> outdated) {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		if (buffer.remaining() > Long.BYTES && buffer.getLong() != this.around.instance()) {
			byte[] record = new byte[buffer.remaining()];
			buffer.get(record);
			LabelRecord label = readable(record);
			if (label != null) {
				outdated.addAll(this.group.replay(label));
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
		this.waiting
			.add(ByteBuffer.allocate(Long.BYTES + record.length).putLong(this.around.instance()).put(record).array());
		if (this.waitingCount.incrementAndGet() > MOST_WAITING && this.waiting.poll() != null) {
			this.waitingCount.decrementAndGet();
			this.lost.increment();
		}
		send();
	}

	private void send() {
		if (this.sending.compareAndSet(false, true) && !this.around.tasks().run(this::drain)) {
			sendAtTheEnd();
		}
	}

	/** The last tasks learn when nothing runs after them any more. */
	private void sendAtTheEnd() {
		if (this.around.tasks().isClosed()) {
			drain();
		}
		else {
			this.sending.set(false);
		}
	}

	private void drain() {
		try {
			while (fill()) {
				this.around.log().append(this.id, this.batch);
				this.batch.clear();
			}
		}
		catch (CacheStoreException ex) {
			this.around.tasks().runAfter(RETRY_MILLIS, this::send);
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

	/**
	 * What all learners of an application have in common.
	 *
	 * @param log where labels are kept
	 * @param tasks runs what takes time
	 * @param instance tells own labels from those of others
	 * @param outdated removes the entries of a group whose answer has changed
	 */
	record LearningTools(LabelLog log, CacheTasks tasks, long instance, Consumer<Long> outdated) {

	}

}

package io.github.costwise.cache.response;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.costwise.background.Worker;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.spi.CacheStoreException.StoreReason;
import io.github.costwise.spi.EvictionIncompleteException;
import io.github.costwise.spi.EvictionMarks;
import io.github.costwise.spi.ResponseCacheStore;

/**
 * Removes entries from the store. An eviction that fails is repeated on a thread of its
 * own, sooner at first and then every 30 s, until it is done; what it names is not served
 * meanwhile. What other instances have marked in the store and did not do is done here,
 * after a minute. Thread-safe.
 */
final class Removals implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Removals.class);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

	private static final Duration LEFT_BY_OTHERS = Duration.ofMinutes(1);

	private final ResponseCacheStore store;

	private final PendingEvictions pending = new PendingEvictions();

	private final Worker worker;

	/** Whether a repetition is planned, and the pause before it. */
	private boolean planned;

	private Duration pause = FIRST_PAUSE;

	Removals(ResponseCacheStore store, @Nullable EvictionMarks marks, CacheTasks tasks) {
		this.store = store;
		this.worker = tasks.background().team("cache-evictions", Faults.Kind.CACHE).worker(tasks.time().timers());
		if (marks != null) {
			this.worker.runEvery(() -> adopt(marks), LEFT_BY_OTHERS, LEFT_BY_OTHERS);
		}
	}

	/**
	 * Removes entries.
	 * @return how many were removed, or -1 when the store cannot tell
	 * @throws EvictionIncompleteException if not all could be; the rest will be
	 */
	long evict(CacheEviction eviction) {
		Object token = this.pending.begin(eviction);
		try {
			long removed = this.store.evict(eviction);
			this.pending.done(eviction, token);
			return removed;
		}
		catch (EvictionIncompleteException ex) {
			later(eviction);
			throw ex;
		}
		catch (RuntimeException ex) {
			later(eviction);
			throw new EvictionIncompleteException(StoreReason.UNAVAILABLE, "The store did not remove entries", 0, ex);
		}
		catch (Error ex) {
			later(eviction);
			throw ex;
		}
	}

	/** Whether an entry is among those that are to be removed. */
	boolean concern(CacheEntry entry) {
		return this.pending.concern(entry);
	}

	private void later(CacheEviction eviction) {
		this.pending.failed(eviction);
		plan();
	}

	private synchronized void plan() {
		if (this.planned) {
			return;
		}
		this.planned = true;
		if (!this.worker.runAfter(this::repeat, this.pause)) {
			logger.debug("Closed; the eviction is not repeated");
		}
		Duration next = this.pause.multipliedBy(2);
		this.pause = (next.compareTo(LONGEST_PAUSE) < 0) ? next : LONGEST_PAUSE;
	}

	private void repeat() {
		synchronized (this) {
			this.planned = false;
		}
		if (repeatAll(true)) {
			synchronized (this) {
				this.pause = FIRST_PAUSE;
			}
			logger.info("Every eviction that had failed is done");
		}
		else {
			plan();
		}
	}

	/** Returns whether nothing is left to do; goes on after a failure if told to. */
	private boolean repeatAll(boolean persistent) {
		for (CacheEviction eviction : this.pending.failed()) {
			Object token = this.pending.token(eviction);
			try {
				this.store.evict(eviction);
				this.pending.done(eviction, token);
			}
			catch (Throwable ex) {
				logger.debug("An eviction failed again", ex);
				if (!persistent) {
					return false;
				}
			}
		}
		return this.pending.failed().isEmpty();
	}

	/**
	 * Does what was marked and is not known here. One that an instance is doing at this
	 * moment is done twice, which does no harm. Throws nothing, since that would be the
	 * last time.
	 */
	void adopt(EvictionMarks marks) {
		try {
			marks.marked().forEach(this::adopt);
		}
		catch (Throwable ex) {
			logger.debug("What other instances did not remove cannot be read now", ex);
		}
	}

	private void adopt(CacheEviction eviction) {
		if (this.pending.knows(eviction)) {
			return;
		}
		try {
			evict(eviction);
		}
		catch (Throwable ex) {
			logger.debug("What another instance did not remove cannot be removed now", ex);
		}
	}

	/** Tries for the last time what is left. */
	@Override
	public void close() {
		this.worker.close();
		if (!repeatAll(false)) {
			logger.warn(this.pending.failed().size() + " evictions of the response cache could not be done before "
					+ "the end: " + this.pending.failed());
		}
	}

}

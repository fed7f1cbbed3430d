package io.github.costwise.cache.response;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.costwise.Faults;
import io.github.costwise.background.Background;
import io.github.costwise.cache.CacheEntry;
import io.github.costwise.cache.CacheEviction;
import io.github.costwise.cache.CacheStoreException.Reason;
import io.github.costwise.cache.EvictionIncompleteException;
import io.github.costwise.cache.EvictionMarks;
import io.github.costwise.cache.ResponseCacheStore;

/**
 * Removes entries from the store. An eviction that fails is repeated on a thread of its
 * own, sooner at first and then every 30 s, until it is done; what it names is not served
 * meanwhile. What other instances have marked in the store and did not do is done here,
 * after a minute. Thread-safe.
 */
final class Removals implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Removals.class);

	private static final long FIRST_PAUSE_MILLIS = 100;

	private static final long LONGEST_PAUSE_MILLIS = 30_000;

	private static final long LEFT_BY_OTHERS_MILLIS = 60_000;

	private final ResponseCacheStore store;

	private final PendingEvictions pending = new PendingEvictions();

	private final ScheduledThreadPoolExecutor thread;

	/** Whether a repetition is planned, and the pause before it. */
	private boolean planned;

	private long pause = FIRST_PAUSE_MILLIS;

	Removals(ResponseCacheStore store, @Nullable EvictionMarks marks, Background background) {
		this.store = store;
		this.thread = background.team("cache-evictions", Faults.Kind.CACHE).timer();
		if (marks != null) {
			this.thread.scheduleWithFixedDelay(() -> adopt(marks), LEFT_BY_OTHERS_MILLIS, LEFT_BY_OTHERS_MILLIS,
					TimeUnit.MILLISECONDS);
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
			throw new EvictionIncompleteException(Reason.UNAVAILABLE, "The store did not remove entries", 0, ex);
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
		try {
			this.thread.schedule(this::repeat, this.pause, TimeUnit.MILLISECONDS);
			this.planned = true;
			this.pause = Math.min(2 * this.pause, LONGEST_PAUSE_MILLIS);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Closed; the eviction is not repeated", ex);
		}
	}

	private void repeat() {
		synchronized (this) {
			this.planned = false;
		}
		if (repeatAll(true)) {
			synchronized (this) {
				this.pause = FIRST_PAUSE_MILLIS;
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
		this.thread.shutdownNow();
		if (!repeatAll(false)) {
			logger.warn(this.pending.failed().size() + " evictions of the response cache could not be done before "
					+ "the end: " + this.pending.failed());
		}
	}

}

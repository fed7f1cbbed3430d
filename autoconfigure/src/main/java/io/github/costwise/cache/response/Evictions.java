package io.github.costwise.cache.response;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;

/**
 * The latest removals, so that an answer that was asked for before one of them is not
 * stored after it. Remembers 256; a turn during which more happened stores nothing.
 * Thread-safe.
 */
final class Evictions {

	private static final int REMEMBERED = 256;

	private final ReadWriteLock lock = new ReentrantReadWriteLock();

	private final Deque<CacheEviction> latest = new ArrayDeque<>();

	private long count;

	synchronized long mark() {
		return this.count;
	}

	/**
	 * Takes a removal. Waits for what is being stored, so that removing from the store
	 * after this finds it; what would be stored later is not.
	 */
	void add(CacheEviction eviction) {
		this.lock.writeLock().lock();
		try {
			remember(eviction);
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

	private synchronized void remember(CacheEviction eviction) {
		this.latest.addLast(eviction);
		this.count++;
		if (this.latest.size() > REMEMBERED) {
			this.latest.removeFirst();
		}
	}

	/** Stores an entry unless it was removed meanwhile; returns whether it did. */
	boolean store(CacheEntry entry, long since, Runnable put) {
		this.lock.readLock().lock();
		try {
			if (concern(entry, since)) {
				return false;
			}
			put.run();
			return true;
		}
		finally {
			this.lock.readLock().unlock();
		}
	}

	private synchronized boolean concern(CacheEntry entry, long since) {
		long fresh = this.count - since;
		if (fresh > this.latest.size()) {
			return true;
		}
		return this.latest.stream().skip(this.latest.size() - fresh).anyMatch((eviction) -> eviction.concerns(entry));
	}

}

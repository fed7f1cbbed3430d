package io.github.costwise.cache.response;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.MarkedEvictions;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;

/**
 * The evictions that were begun and are not done, and those of them that have failed. At
 * most 256 that have failed are kept apart; more become one of everything, because a lost
 * cache is better than a wrong answer. Thread-safe.
 */
final class PendingEvictions {

	private static final int MOST_FAILED = 256;

	/** Each with the token of the latest one that began. */
	private final Map<CacheEviction, Object> tokens = new HashMap<>();

	private final Set<CacheEviction> failed = new LinkedHashSet<>();

	private volatile MarkedEvictions marked = MarkedEvictions.NONE;

	/**
	 * Records that an eviction begins.
	 * @return a token, by which it ends
	 */
	synchronized Object begin(CacheEviction eviction) {
		Object token = new Object();
		this.tokens.put(eviction, token);
		refresh();
		return token;
	}

	/** Records that it is done, unless the same one has begun again. */
	synchronized void done(CacheEviction eviction, @Nullable Object token) {
		if (token != null && this.tokens.remove(eviction, token)) {
			this.failed.remove(eviction);
			refresh();
		}
	}

	/**
	 * Records that it has failed and is not in flight any more, unless the same one began
	 * later and is done, or it became part of one of everything.
	 */
	synchronized void failed(CacheEviction eviction) {
		if (!this.tokens.containsKey(eviction)) {
			return;
		}
		this.failed.add(eviction);
		if (this.failed.size() > MOST_FAILED) {
			this.failed.forEach(this.tokens::remove);
			this.failed.clear();
			this.failed.add(CacheEviction.all());
			this.tokens.put(CacheEviction.all(), new Object());
			refresh();
		}
	}

	private void refresh() {
		this.marked = this.tokens.isEmpty() ? MarkedEvictions.NONE
				: new MarkedEvictions(List.copyOf(this.tokens.keySet()));
	}

	/** The evictions to be done again. */
	synchronized Collection<CacheEviction> failed() {
		return new ArrayList<>(this.failed);
	}

	synchronized boolean knows(CacheEviction eviction) {
		return this.tokens.containsKey(eviction);
	}

	/** The token of an eviction that is not done, or {@code null}. */
	synchronized @Nullable Object token(CacheEviction eviction) {
		return this.tokens.get(eviction);
	}

	/** Whether an entry must not be served. */
	boolean concern(CacheEntry entry) {
		return this.marked.concern(entry);
	}

}

package io.github.costwise.cache.response;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.Bypass;
import io.github.costwise.cache.admission.Refusal;
import io.github.costwise.cache.flight.LeaderFailure;
import io.github.costwise.cache.partition.CacheRequest;
import io.github.costwise.cache.partition.PartitionedQuestion;
import io.github.costwise.cache.policy.CacheMode;
import io.github.costwise.cache.policy.CachePolicy;

/**
 * The cache lookup of one turn: it takes steps until it is served or asks the model, and
 * is notified how asking ended. Nothing that goes wrong reaches the caller. Steps are
 * taken one after another, on whichever threads; how asking ended may be reported while
 * one is taken, since callers go away at any time.
 *
 * @since 0.1.0
 */
public final class CacheTurn {

	private final ResponseCache cache;

	private final CacheRequest request;

	private final CachePolicy policy;

	private final PolicyCounters counters;

	private final long mark;

	private final @Nullable Lookup lookup;

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile @Nullable CacheHit hit;

	private volatile boolean failed;

	private volatile boolean refresh;

	private volatile boolean looked;

	CacheTurn(ResponseCache cache, CacheRequest request, CachePolicy policy, @Nullable PartitionedQuestion question) {
		this.cache = cache;
		this.request = request;
		this.policy = policy;
		this.mark = cache.evictions().mark();
		this.counters = cache.statistics().policy(request.owner().policy());
		this.lookup = (question != null) ? new Lookup(cache, request, policy, question) : null;
	}

	/**
	 * Takes the next step: the first one when the turn begins, another one after each
	 * {@link CacheStep.AwaitLeader}.
	 * @return what to do
	 */
	public CacheStep next() {
		return (this.lookup != null) ? next(this.lookup) : CacheStep.AskModel.INSTANCE;
	}

	private CacheStep next(Lookup lookup) {
		long start = this.cache.time().nanos();
		try {
			return step(lookup);
		}
		catch (Throwable ex) {
			this.failed = true;
			this.counters.bypass(Bypass.STORE);
			this.cache.fault(ex);
			unanswered();
			return CacheStep.AskModel.INSTANCE;
		}
		finally {
			releaseIfGone(lookup);
			if (!this.looked) {
				this.looked = true;
				this.counters.lookedUp(this.cache.time().nanos() - start);
			}
		}
	}

	private CacheStep step(Lookup lookup) {
		if (this.policy.mode() != CacheMode.ENFORCE) {
			lookup.observe(this.counters);
			return CacheStep.AskModel.INSTANCE;
		}
		CacheStep step = lookup.step();
		if (step instanceof CacheStep.ServeHit served) {
			this.hit = served.hit();
			this.counters.hit(served.hit());
		}
		else if (step instanceof CacheStep.AskModel || step instanceof CacheStep.FailAlike) {
			this.counters.miss(lookup.miss());
		}
		return step;
	}

	/** A caller that went away during a step has released what was held before it. */
	private void releaseIfGone(Lookup lookup) {
		if (this.ended.get()) {
			lookup.lead().release(false);
		}
	}

	/** Records that this turn can wait for nobody any more. */
	public void stopWaiting() {
		if (this.lookup != null) {
			this.lookup.stopWaiting();
		}
	}

	/**
	 * Whether this turn is the one that refreshes a stale answer: where the same turns
	 * would find it, nobody else asks, and nobody has asked.
	 */
	boolean leads(CacheTurn stale) {
		Lookup lookup = this.lookup;
		if (lookup == null || stale.lookup == null || !lookup.asked().key().equals(stale.lookup.asked().key())) {
			return false;
		}
		this.refresh = true;
		boolean leads = false;
		try {
			leads = lookup.lead().take() == null && lookup.lead().lock() && !lookup.isFresh();
			if (leads) {
				lookup.look();
			}
		}
		catch (Throwable ex) {
			leads = false;
			this.cache.fault(ex);
		}
		if (!leads) {
			unanswered();
		}
		return leads;
	}

	/**
	 * Takes the model's answer: stores it and learns from it, in the background.
	 * @param fresh the answer
	 */
	public void answered(FreshAnswer fresh) {
		Lookup lookup = this.lookup;
		if (lookup == null || this.hit != null || !this.ended.compareAndSet(false, true)) {
			return;
		}
		try {
			this.cache.storing().take(this, lookup, fresh);
		}
		catch (Throwable ex) {
			this.cache.fault(ex);
			lookup.lead().release(true);
		}
	}

	/**
	 * Records that there is an answer which may not be shared.
	 * @param refusal why
	 */
	public void refused(Refusal refusal) {
		Lookup lookup = this.lookup;
		if (lookup != null && this.hit == null && this.ended.compareAndSet(false, true)) {
			this.counters.refused(refusal);
			lookup.lead().release(true);
		}
	}

	/**
	 * Records that the call failed. One of those who wait asks once more; when that fails
	 * too, all of them fail with its error.
	 * @param error why
	 */
	public void failed(Throwable error) {
		if (LeaderFailure.isGone(error, Thread.currentThread().isInterrupted())) {
			unanswered();
		}
		else if (this.ended.compareAndSet(false, true) && this.lookup != null) {
			this.lookup.lead().fail(error);
		}
	}

	/**
	 * Records that there is no answer, since the caller went away. Whoever waits for it
	 * asks.
	 */
	public void unanswered() {
		if (this.ended.compareAndSet(false, true) && this.lookup != null) {
			this.lookup.lead().release(false);
		}
	}

	/**
	 * Returns the answer that was served.
	 * @return the hit, or {@code null}
	 */
	public @Nullable CacheHit hit() {
		return this.hit;
	}

	/**
	 * Returns whether the cache may answer this turn, and did not keep out of it.
	 * @return whether it was looked up for an answer
	 */
	public boolean isLookedUp() {
		return this.policy.mode() == CacheMode.ENFORCE && !isBypassed();
	}

	/**
	 * Returns whether the turn was kept out of a cache that may answer.
	 * @return whether it was bypassed
	 */
	public boolean isBypassed() {
		return this.policy.mode() == CacheMode.ENFORCE && (this.lookup == null || this.failed);
	}

	/**
	 * Returns the turn as it came.
	 * @return the request
	 */
	public CacheRequest request() {
		return this.request;
	}

	CachePolicy policy() {
		return this.policy;
	}

	PolicyCounters counters() {
		return this.counters;
	}

	boolean isRefresh() {
		return this.refresh;
	}

	long mark() {
		return this.mark;
	}

}

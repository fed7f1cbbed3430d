package io.github.costwise.cache.response;

import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;
import io.github.costwise.cache.Bypass;
import io.github.costwise.cache.Miss;
import io.github.costwise.cache.admission.Refusal;

/**
 * What the cache did for one policy since start. Thread-safe.
 *
 * @since 0.1.0
 */
public final class PolicyCounters {

	private final LongAdder[] hits = adders(CacheHit.HitKind.values().length);

	private final LongAdder[] misses = adders(Miss.values().length);

	private final LongAdder[] bypasses = adders(Bypass.values().length);

	private final LongAdder[] refusals = adders(Refusal.values().length);

	private final LongAdder[] shadow = adders(ShadowOutcome.values().length);

	private final LongAdder stored = new LongAdder();

	private final LongAdder stale = new LongAdder();

	private final LongAdder markedWrong = new LongAdder();

	private final LongAdder savedNanos = new LongAdder();

	private final LongAdder shadowNanos = new LongAdder();

	private final LongAdder lookups = new LongAdder();

	private final LongAdder lookupNanos = new LongAdder();

	private final HitWindow window = new HitWindow();

	private static LongAdder[] adders(int count) {
		LongAdder[] adders = new LongAdder[count];
		for (int i = 0; i < count; i++) {
			adders[i] = new LongAdder();
		}
		return adders;
	}

	void hit(CacheHit hit) {
		this.hits[hit.kind().ordinal()].increment();
		this.savedNanos.add(hit.saved().nanos());
		this.window.add(HitWindow.HIT);
		if (hit.stale()) {
			this.stale.increment();
		}
	}

	void miss(Miss reason) {
		this.misses[reason.ordinal()].increment();
		this.window.add(HitWindow.MISS);
	}

	void bypass(Bypass reason) {
		this.bypasses[reason.ordinal()].increment();
		this.window.add(HitWindow.BYPASS);
	}

	void refused(Refusal reason) {
		this.refusals[reason.ordinal()].increment();
	}

	/** Counts an answer that was stored, or why it was not. */
	void count(@Nullable Refusal reason) {
		if (reason == null) {
			this.stored.increment();
		}
		else {
			refused(reason);
		}
	}

	void markedWrong() {
		this.markedWrong.increment();
	}

	void lookedUp(long nanos) {
		this.lookups.increment();
		this.lookupNanos.add(nanos);
	}

	void observed(ShadowOutcome what) {
		this.shadow[what.ordinal()].increment();
	}

	void observed(ShadowOutcome what, Money wouldSave) {
		observed(what);
		this.shadowNanos.add(wouldSave.nanos());
	}

	/**
	 * Returns how many turns were answered.
	 * @param kind how the answer was found
	 * @return the count
	 */
	public long hits(CacheHit.HitKind kind) {
		return this.hits[kind.ordinal()].sum();
	}

	/**
	 * Returns how many turns were looked up without finding an answer.
	 * @param reason why
	 * @return the count
	 */
	public long misses(Miss reason) {
		return this.misses[reason.ordinal()].sum();
	}

	/**
	 * Returns how many turns were not looked up.
	 * @param reason why
	 * @return the count
	 */
	public long bypasses(Bypass reason) {
		return this.bypasses[reason.ordinal()].sum();
	}

	/**
	 * Returns how many answers were not stored.
	 * @param reason why
	 * @return the count
	 */
	public long refusals(Refusal reason) {
		return this.refusals[reason.ordinal()].sum();
	}

	/**
	 * Returns what would have happened, had the cache answered.
	 * @param what the event
	 * @return the count
	 */
	public long shadow(ShadowOutcome what) {
		return this.shadow[what.ordinal()].sum();
	}

	/**
	 * Returns how many answers were stored.
	 * @return the count
	 */
	public long storedAnswers() {
		return this.stored.sum();
	}

	/**
	 * Returns how many hits were served stale, while they were refreshed in the
	 * background.
	 * @return the count
	 */
	public long staleHits() {
		return this.stale.sum();
	}

	/**
	 * Returns how many hits were marked as wrong.
	 * @return the count
	 */
	public long wrongHits() {
		return this.markedWrong.sum();
	}

	/**
	 * Returns what hits saved.
	 * @return the sum of what their answers cost when they were given
	 */
	public Money saved() {
		return Money.ofNanos(this.savedNanos.sum());
	}

	/**
	 * Returns what would have been saved, had the cache answered.
	 * @return the sum
	 */
	public Money wouldHaveSaved() {
		return Money.ofNanos(this.shadowNanos.sum());
	}

	/**
	 * Returns how many look-ups were made.
	 * @return the count
	 */
	public long lookups() {
		return this.lookups.sum();
	}

	/**
	 * Returns how long they took together, encoding included.
	 * @return nanoseconds
	 */
	public long lookupNanos() {
		return this.lookupNanos.sum();
	}

	/**
	 * Returns the latest turns.
	 * @return what became of them
	 */
	public HitWindow window() {
		return this.window;
	}

	/** What would have happened, had the cache answered. */
	public enum ShadowOutcome {

		/** The same question was asked before. */
		EXACT_HIT,

		/** An answer to a similar question would have been served. */
		SEMANTIC_HIT,

		/** Such an answer was compared with the fresh one and said the same. */
		RIGHT,

		/** Such an answer was compared with the fresh one and said something else. */
		WRONG

	}

}

package io.github.costwise.budget;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.bounded.RecentMap;

/**
 * What calls of a feature and model used lately: how long their answers were, and how
 * many more input tokens were billed than counted. Remembers the latest 1,000 of both,
 * and of each the latest 256 calls. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LearntBounds {

	private static final int REMEMBERED = 1_000;

	/** Enough calls to go by what was seen. */
	private static final int ENOUGH = 20;

	private static final long MILLION = 1_000_000;

	/** A token that was counted is hardly ever billed as four. */
	private static final long MOST_RATIO = 4 * MILLION;

	/**
	 * What providers add to a prompt, such as how to call tools, does not grow with it:
	 * of shorter ones the difference is learnt, of longer ones the ratio.
	 */
	private static final long LONG = 1_000;

	private final int prior;

	private final Map<String, RecentMost> outputs = RecentMap.shared(REMEMBERED);

	private final Map<String, RecentMost> uncached = RecentMap.shared(REMEMBERED);

	private final Map<String, RecentMost> overheads = RecentMap.shared(REMEMBERED);

	private final Map<String, RecentMost> inputs = RecentMap.shared(REMEMBERED);

	/**
	 * Creates bounds of which nothing is learnt.
	 * @param prior output tokens that are assumed while less than 20 answers were seen
	 */
	public LearntBounds(int prior) {
		this.prior = prior;
	}

	/**
	 * Returns how long an answer may become.
	 * @param feature the feature, or {@code null}
	 * @param model the model
	 * @return output tokens: no more than one in 200 of the latest 256 answers was
	 * longer; at least the prior while there are less than 20
	 */
	public int output(@Nullable String feature, String model) {
		RecentMost seen = this.outputs.get(key(feature, model));
		if (seen == null) {
			return this.prior;
		}
		int most = (int) Math.min(Integer.MAX_VALUE, Math.max(1, seen.nearlyMost()));
		return (seen.count() < ENOUGH) ? Math.max(this.prior, most) : most;
	}

	/**
	 * Returns whether enough answers were seen to go by.
	 * @param feature the feature, or {@code null}
	 * @param model the model
	 * @return whether there were at least 20
	 */
	public boolean isLearnt(@Nullable String feature, String model) {
		RecentMost seen = this.outputs.get(key(feature, model));
		return seen != null && seen.count() >= ENOUGH;
	}

	/**
	 * Returns how many input tokens a request may be billed for.
	 * @param model the model
	 * @param counted the tokens that were counted
	 * @param priorPercent percents of what was counted that are assumed while nothing was
	 * seen
	 * @return tokens, rounded up
	 */
	public long input(String model, long counted, int priorPercent) {
		RecentMost beside = this.overheads.get(model);
		RecentMost seen = this.inputs.get(model);
		long more = (beside != null) ? counted + beside.most() : 0;
		if (counted < LONG && beside != null) {
			return more;
		}
		long ratio = (seen != null) ? seen.most() : priorPercent * (MILLION / 100);
		return Math.max(Math.max(counted, more), ceil(counted * (ratio - 1)));
	}

	/**
	 * Returns how much of its input a call is likely to find in the provider's cache.
	 * @param feature the feature, or {@code null}
	 * @param model the model
	 * @param input the input tokens
	 * @return tokens: the least share of the latest 256 calls, none while less than 20
	 * were seen
	 */
	public long cached(@Nullable String feature, String model, long input) {
		RecentMost uncached = this.uncached.get(key(feature, model));
		if (uncached == null || uncached.count() < ENOUGH) {
			return 0;
		}
		return Math.max(0, input - ceil(input * uncached.most()));
	}

	/**
	 * Takes how much of its input a call found in the provider's cache.
	 * @param feature the feature, or {@code null}
	 * @param model the model
	 * @param input its input tokens, above zero
	 * @param cached those of them that were cached
	 */
	public void cacheRead(@Nullable String feature, String model, long input, long cached) {
		this.uncached.computeIfAbsent(key(feature, model), (key) -> new RecentMost()).add(ratio(input - cached, input));
	}

	/**
	 * Takes what a call used.
	 * @param feature the feature, or {@code null}
	 * @param model the model
	 * @param answer the output tokens; twice as many where a cap cut the answer
	 */
	public void answered(@Nullable String feature, String model, long answer) {
		this.outputs.computeIfAbsent(key(feature, model), (key) -> new RecentMost()).add(answer);
	}

	/**
	 * Takes what a request was billed for.
	 * @param model the model
	 * @param counted the input tokens that were counted, above zero
	 * @param billed the input tokens that were billed
	 */
	public void sent(String model, long counted, long billed) {
		if (counted < LONG) {
			long beside = Math.max(0, Math.min(LONG * LONG, billed - counted));
			this.overheads.computeIfAbsent(model, (key) -> new RecentMost()).add(beside);
		}
		else {
			this.inputs.computeIfAbsent(model, (key) -> new RecentMost())
				.add(Math.min(MOST_RATIO, ratio(billed, counted)));
		}
	}

	/** How many millionths one is of another, rounded up. */
	private static long ratio(long one, long other) {
		return -Math.floorDiv(-one * MILLION, other);
	}

	private static long ceil(long millionths) {
		return -Math.floorDiv(-millionths, MILLION);
	}

	private static String key(@Nullable String feature, String model) {
		return ((feature != null) ? feature : "") + '\n' + model;
	}

	/** The most of the latest values, and what one in 200 of them may pass. */
	private static final class RecentMost {

		private static final int SIZE = 256;

		private static final int OUTLIER = 200;

		private final long[] values = new long[SIZE];

		private int count;

		private int next;

		private long most;

		private long second;

		private synchronized void add(long value) {
			long gone = (this.count == SIZE) ? this.values[this.next] : -1;
			this.values[this.next] = value;
			this.next = (this.next + 1) % SIZE;
			this.count = Math.min(SIZE, this.count + 1);
			if (gone >= this.second) {
				this.most = 0;
				this.second = 0;
				for (int i = 0; i < this.count; i++) {
					count(this.values[i]);
				}
			}
			else {
				count(value);
			}
		}

		private void count(long value) {
			this.second = Math.max(this.second, Math.min(this.most, value));
			this.most = Math.max(this.most, value);
		}

		private synchronized long nearlyMost() {
			return (this.count >= OUTLIER) ? this.second : this.most;
		}

		private synchronized long most() {
			return this.most;
		}

		private synchronized int count() {
			return this.count;
		}

	}

}

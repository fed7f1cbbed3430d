package io.github.costwise.accounting.usage;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a model's own count is, relative to ours: for each model an exponentially weighted
 * mean of the ratio in thousandths, with weight 1/8 for the newest. Bounded, thread-safe.
 */
final class Calibration {

	private static final int PER_MILLE = 1000;

	private static final int WEIGHT = 8;

	private static final int LEAST_TOKENS = 50;

	private static final int MOST_MODELS = 256;

	private static final long LOWEST = 500;

	private static final long HIGHEST = 3000;

	private final Map<String, Long> ratios = new ConcurrentHashMap<>();

	void observe(String model, long counted, long reported) {
		boolean full = this.ratios.size() >= MOST_MODELS && !this.ratios.containsKey(model);
		if (full || counted < LEAST_TOKENS || reported <= 0) {
			return;
		}
		long ratio = Math.max(LOWEST, Math.min(HIGHEST, reported * PER_MILLE / counted));
		this.ratios.merge(model, ratio, (mean, newest) -> mean + (newest - mean) / WEIGHT);
	}

	long apply(String model, long counted) {
		return counted * this.ratios.getOrDefault(model, (long) PER_MILLE) / PER_MILLE;
	}

}

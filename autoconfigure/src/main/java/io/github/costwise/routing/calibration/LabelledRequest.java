package io.github.costwise.routing.calibration;

import org.jspecify.annotations.Nullable;

/**
 * A request that two models have answered. Immutable as long as its vector is not
 * changed.
 *
 * @param text what the user asked
 * @param vector the text as an encoder gave it, or {@code null} without an encoder
 * @param weak how good the cheap model's answer was, 0 to 1
 * @param strong how good the capable model's answer was, 0 to 1
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent")
public record LabelledRequest(String text, float @Nullable [] vector, double weak, double strong) {

	/**
	 * Creates a labelled request.
	 * @throws IllegalArgumentException if a label is not from 0 to 1
	 */
	public LabelledRequest {
		if (!(weak >= 0 && weak <= 1 && strong >= 0 && strong <= 1)) {
			throw new IllegalArgumentException("Labels must be from 0 to 1");
		}
	}

	/**
	 * Returns what the capable model gains.
	 * @return -1 to 1
	 */
	public double gain() {
		return this.strong - this.weak;
	}

}

package io.github.costwise.routing.calibration;

import java.util.List;

/**
 * Labelled requests of one origin, for a model that is to serve others.
 *
 * @param name what the model calls it, with its licence
 * @param requests its requests
 * @since 0.1.0
 */
public record PooledSource(String name, List<PooledRequest> requests) {

	/** Copies its list. */
	public PooledSource {
		requests = List.copyOf(requests);
	}

	/**
	 * A request of a source.
	 *
	 * @param text what was asked
	 * @param vector the text as the encoder gave it
	 * @param gain what more capable models gained on it, averaged over pairs of models
	 * and standardised within the source
	 * @param light how well light models did against the most capable one, 0 to 1, or NaN
	 * where that is not known
	 * @param standard the same for standard models
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record PooledRequest(String text, float[] vector, double gain, double light, double standard) {

	}

}

package io.github.costwise.benchmarks.eval.routing;

import java.util.List;

/**
 * Labelled requests of one origin, for a model that is to serve others.
 *
 * @param name what the model calls it, with its licence
 * @param requests its requests
 */
record PooledSource(String name, List<PooledRequest> requests) {

	/** Copies its list. */
	PooledSource {
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
	record PooledRequest(String text, float[] vector, double gain, double light, double standard) {

	}

}

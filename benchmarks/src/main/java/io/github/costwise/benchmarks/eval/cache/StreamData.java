package io.github.costwise.benchmarks.eval.cache;

import java.util.List;

import io.github.costwise.encoding.TextEncoder;

/**
 * The requests of a file and their vectors. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class StreamData {

	private final List<StreamRequest> requests;

	private final float[][] vectors;

	private final long[] embedNanos;

	/**
	 * Encodes the requests one after another, as an application would.
	 * @param requests the requests
	 * @param encoder gives their vectors
	 */
	public StreamData(List<StreamRequest> requests, TextEncoder encoder) {
		this.requests = List.copyOf(requests);
		this.vectors = new float[requests.size()][];
		this.embedNanos = new long[requests.size()];
		encoder.dimensions();
		for (int i = 0; i < this.vectors.length; i++) {
			long start = System.nanoTime();
			this.vectors[i] = encoder.encode(requests.get(i).text());
			this.embedNanos[i] = System.nanoTime() - start;
		}
	}

	int size() {
		return this.requests.size();
	}

	StreamRequest request(int index) {
		return this.requests.get(index);
	}

	float[] vector(int index) {
		return this.vectors[index];
	}

	/**
	 * Returns how long encoding took.
	 * @return nanoseconds for each request
	 */
	public long[] embedNanos() {
		return this.embedNanos.clone();
	}

}

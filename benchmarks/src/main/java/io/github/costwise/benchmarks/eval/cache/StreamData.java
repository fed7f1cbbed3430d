package io.github.costwise.benchmarks.eval.cache;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.verify.EvidenceGroups;
import io.github.costwise.spi.TextEncoder;

/**
 * The requests of a file and their vectors. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class StreamData {

	private final List<StreamRequest> requests;

	private final float[][] vectors;

	private final @Nullable String[] groups;

	private final long[] embedNanos;

	/**
	 * Encodes the requests one after another, as an application would.
	 * @param requests the requests
	 * @param encoder gives their vectors
	 */
	public StreamData(List<StreamRequest> requests, TextEncoder encoder) {
		this.requests = List.copyOf(requests);
		this.vectors = new float[requests.size()][];
		this.groups = new String[requests.size()];
		this.embedNanos = new long[requests.size()];
		EvidenceGroups evidence = new EvidenceGroups(encoder);
		encoder.dimensions();
		for (int i = 0; i < this.vectors.length; i++) {
			long start = System.nanoTime();
			this.vectors[i] = encoder.encode(requests.get(i).text());
			this.embedNanos[i] = System.nanoTime() - start;
			this.groups[i] = evidence.of(requests.get(i).text());
		}
	}

	/**
	 * Returns how many requests there are.
	 * @return the number
	 */
	public int size() {
		return this.requests.size();
	}

	StreamRequest request(int index) {
		return this.requests.get(index);
	}

	/** The group whose evidence counts, or {@code null} when it must not be compared. */
	@Nullable String group(int index) {
		return this.groups[index];
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

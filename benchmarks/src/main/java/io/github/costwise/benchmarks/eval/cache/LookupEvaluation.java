package io.github.costwise.benchmarks.eval.cache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.HdrHistogram.Histogram;

import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheKey;
import io.github.costwise.model.Neighbour;
import io.github.costwise.spi.ResponseCacheStore;

/**
 * Fills one partition of a store with seeded clusters and times look-ups by likeness. The
 * nearest entry found is compared with that of a search over the vectors in single
 * precision. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class LookupEvaluation {

	private static final String PARTITION = SampleEntries.digest("partition of the look-up evaluation");

	private static final int NEIGHBOURS = 10;

	private static final int QUERIES = 3_000;

	private static final int WARM_UP = 1_000;

	private static final int BATCH = 200;

	private static final int PROGRESS_EVERY = 100_000;

	private static final long COMPARISONS = 400_000_000L;

	private static final long LONGEST_NANOS = 60_000_000_000L;

	private static final double NANOS_PER_MICRO = 1000;

	private final EvaluatedStore evaluated;

	private final ResponseCacheStore store;

	private final SeededClusters clusters;

	private final Consumer<String> progress;

	/**
	 * Creates an evaluation.
	 * @param evaluated an empty store
	 * @param entries how many entries to fill it with
	 * @param seed decides the vectors
	 * @param progress receives what is going on
	 */
	public LookupEvaluation(EvaluatedStore evaluated, int entries, long seed, Consumer<String> progress) {
		this.evaluated = evaluated;
		this.store = evaluated.store();
		this.clusters = new SeededClusters(seed, entries);
		this.progress = progress;
	}

	/**
	 * Runs the evaluation.
	 * @return keys and values of the result
	 */
	public Map<String, Object> run() {
		warmUp();
		long before = this.evaluated.bytes();
		long answers = fill();
		long used = this.evaluated.bytes() - before - answers;
		int queries = queries();
		String[] found = new String[queries];
		Map<String, Object> lookup = lookup(found);
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("entries", this.clusters.entries());
		result.put("bytesPerEntry", used / (double) this.clusters.entries());
		result.put("lookupMicros", lookup);
		result.put("recallAgainstExact", recall(found));
		result.put("recallQueries", queries);
		this.progress.accept("timing a search over all entries");
		result.put("bruteForceMicros", Map.of("p50", new BruteForce(this.clusters).medianMicros()));
		return result;
	}

	/** Loads every class before memory is counted. */
	private void warmUp() {
		String question = SampleEntries.question(-1);
		CacheKey key = SampleEntries.key(PARTITION, question);
		this.store.put(SampleEntries.entry(key, question, this.clusters.query(0), SampleEntries.answer(-1)));
		this.evaluated.settle();
		this.store.find(key);
		this.store.nearest(PARTITION, this.clusters.query(0), NEIGHBOURS);
		this.store.evict(CacheEviction.all());
	}

	private long fill() {
		long answers = 0;
		List<CacheEntry> batch = new ArrayList<>();
		for (int i = 0; i < this.clusters.entries(); i++) {
			String question = SampleEntries.question(i);
			CacheEntry entry = SampleEntries.entry(SampleEntries.key(PARTITION, question), question,
					this.clusters.member(i), SampleEntries.answer(i));
			answers += SampleEntries.answerBytes(entry);
			batch.add(entry);
			if (batch.size() == BATCH || i + 1 == this.clusters.entries()) {
				this.store.putAll(batch);
				batch.clear();
			}
			if ((i + 1) % PROGRESS_EVERY == 0) {
				this.progress.accept((i + 1) + " entries stored");
			}
		}
		this.evaluated.settle();
		return answers;
	}

	private int queries() {
		return (int) Math.max(100, Math.min(QUERIES, COMPARISONS / this.clusters.entries()));
	}

	private Map<String, Object> lookup(String[] found) {
		Histogram histogram = new Histogram(LONGEST_NANOS, 3);
		for (int i = -WARM_UP; i < QUERIES; i++) {
			float[] query = this.clusters.query(Math.floorMod(i, QUERIES));
			long start = System.nanoTime();
			List<Neighbour> neighbours = this.store.nearest(PARTITION, query, NEIGHBOURS);
			long nanos = System.nanoTime() - start;
			if (i >= 0) {
				histogram.recordValue(nanos);
			}
			if (i >= 0 && i < found.length) {
				found[i] = neighbours.isEmpty() ? "" : neighbours.get(0).entry().id();
			}
		}
		return micros(histogram);
	}

	private double recall(String[] found) {
		this.progress.accept("searching exactly for " + found.length + " queries");
		float[][] queries = new float[found.length][];
		Arrays.setAll(queries, this.clusters::query);
		float[] best = new float[found.length];
		Arrays.fill(best, Float.NEGATIVE_INFINITY);
		int[] nearest = new int[found.length];
		for (int i = 0; i < this.clusters.entries(); i++) {
			float[] member = this.clusters.member(i);
			for (int j = 0; j < queries.length; j++) {
				float cosine = SeededClusters.dot(member, queries[j]);
				if (cosine > best[j]) {
					best[j] = cosine;
					nearest[j] = i;
				}
			}
		}
		int right = 0;
		for (int j = 0; j < queries.length; j++) {
			String id = SampleEntries.key(PARTITION, SampleEntries.question(nearest[j])).id();
			right += id.equals(found[j]) ? 1 : 0;
		}
		return right / (double) queries.length;
	}

	private static Map<String, Object> micros(Histogram histogram) {
		Map<String, Object> micros = new LinkedHashMap<>();
		micros.put("p50", histogram.getValueAtPercentile(50) / NANOS_PER_MICRO);
		micros.put("p99", histogram.getValueAtPercentile(99) / NANOS_PER_MICRO);
		return micros;
	}

}

package io.github.costwise.benchmarks.eval.cache;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.costwise.cache.CacheEntry;
import io.github.costwise.cache.CacheEviction;
import io.github.costwise.cache.CacheKey;
import io.github.costwise.cache.Neighbour;
import io.github.costwise.cache.ResponseCacheStore;

/**
 * Asks the same questions in every combination of two values of each field that keeps
 * answers apart. First each combination must find its own answers; then its own are
 * removed, and nothing must be found although all others hold the same questions.
 *
 * @since 0.1.0
 */
public final class IsolationEvaluation {

	private static final List<String> FIELDS = List.of("tenant", "user", "system", "tools", "options", "history",
			"version", "encoder");

	private static final int QUESTIONS = 20;

	private static final int NEIGHBOURS = 50;

	private static final int PROGRESS_EVERY = 32;

	private final EvaluatedStore evaluated;

	private final ResponseCacheStore store;

	private final SeededClusters vectors;

	private final Consumer<String> progress;

	private int checks;

	private int crossScopeHits;

	private int ownHits;

	/**
	 * Creates an evaluation.
	 * @param evaluated an empty store
	 * @param seed decides the vectors
	 * @param progress receives what is going on
	 */
	public IsolationEvaluation(EvaluatedStore evaluated, long seed, Consumer<String> progress) {
		this.evaluated = evaluated;
		this.store = evaluated.store();
		this.vectors = new SeededClusters(seed, QUESTIONS);
		this.progress = progress;
	}

	/**
	 * Runs the evaluation.
	 * @return keys and values of the result
	 */
	public Map<String, Object> run() {
		List<String> partitions = IntStream.range(0, 1 << FIELDS.size())
			.mapToObj(IsolationEvaluation::partition)
			.toList();
		partitions.forEach(this::fill);
		this.evaluated.settle();
		partitions.forEach(this::findOwn);
		for (int i = 0; i < partitions.size(); i++) {
			findNoOther(partitions.get(i));
			if ((i + 1) % PROGRESS_EVERY == 0) {
				this.progress.accept((i + 1) + " of " + partitions.size() + " partitions checked");
			}
		}
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("partitions", partitions.size());
		result.put("checks", this.checks);
		result.put("crossScopeHits", this.crossScopeHits);
		result.put("ownHits", this.ownHits);
		return result;
	}

	private static String partition(int combination) {
		return SampleEntries.digest(IntStream.range(0, FIELDS.size())
			.mapToObj((field) -> FIELDS.get(field) + "=" + ((combination >> field) & 1))
			.collect(Collectors.joining("\n")));
	}

	private void fill(String partition) {
		for (int i = 0; i < QUESTIONS; i++) {
			String question = SampleEntries.question(i);
			this.store.put(SampleEntries.entry(SampleEntries.key(partition, question), question, this.vectors.member(i),
					partition));
		}
	}

	private void findOwn(String partition) {
		for (int i = 0; i < QUESTIONS; i++) {
			CacheEntry exact = this.store.find(SampleEntries.key(partition, SampleEntries.question(i)));
			count(partition, exact != null ? List.of(exact) : List.of());
			count(partition, nearest(partition, i));
		}
	}

	private void count(String partition, List<CacheEntry> found) {
		this.checks++;
		boolean own = found.stream().allMatch((entry) -> text(entry).equals(partition));
		this.crossScopeHits += own ? 0 : 1;
		this.ownHits += (own && !found.isEmpty()) ? 1 : 0;
	}

	private void findNoOther(String partition) {
		this.store.evict(CacheEviction.partition(partition));
		this.evaluated.settle();
		for (int i = 0; i < QUESTIONS; i++) {
			CacheKey key = SampleEntries.key(partition, SampleEntries.question(i));
			this.checks += 2;
			this.crossScopeHits += (this.store.find(key) != null) ? 1 : 0;
			this.crossScopeHits += nearest(partition, i).isEmpty() ? 0 : 1;
		}
		fill(partition);
		this.evaluated.settle();
	}

	private List<CacheEntry> nearest(String partition, int question) {
		return this.store.nearest(partition, this.vectors.member(question), NEIGHBOURS)
			.stream()
			.map(Neighbour::entry)
			.toList();
	}

	private static String text(CacheEntry entry) {
		return entry.answer().parts().get(0).text();
	}

}

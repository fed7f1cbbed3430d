package io.github.costwise.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheLabel;
import io.github.costwise.model.CacheVector;
import io.github.costwise.model.Neighbour;
import io.github.costwise.spi.EvictionIncompleteException;
import io.github.costwise.spi.ResponseCacheStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * What every {@link ResponseCacheStore} must hold.
 */
public abstract class ResponseCacheStoreContract {

	/** Further than any server's clock can be off. */
	protected static final Duration HOUR = Duration.ofHours(1);

	private final TestClock clock = new TestClock(startTime());

	private ResponseCacheStore store;

	/** Returns an empty store that reads the given clock and holds 1,000 entries. */
	protected abstract ResponseCacheStore create(Clock clock) throws Exception;

	/** Waits until what was stored can be found by its likeness. */
	protected void settle() throws Exception {
	}

	/** Returns when the tests begin: now where a server has a clock of its own. */
	protected Instant startTime() {
		return CacheEntries.NOW;
	}

	@BeforeEach
	void createStore() throws Exception {
		this.store = create(this.clock);
	}

	protected final ResponseCacheStore store() {
		return this.store;
	}

	protected final TestClock clock() {
		return this.clock;
	}

	protected final CacheEntry entry(String partition, String question, float @Nullable [] vector,
			CacheLabel... labels) {
		return CacheEntries.entry(partition, question, vector, this.clock.instant().plus(HOUR), labels);
	}

	@Test
	void findsWhatWasStoredAndNothingElse() throws Exception {
		CacheEntry entry = entry("p", "How do I pay?", CacheEntries.vector(1), CacheLabel.tenant("acme"));
		this.store.put(entry);
		settle();
		assertThat(this.store.find(CacheEntries.key("p", "How do I pay?"))).isEqualTo(entry);
		assertThat(this.store.find(CacheEntries.key("p", "How do I pay"))).isNull();
		assertThat(this.store.find(CacheEntries.key("q", "How do I pay?"))).isNull();
	}

	/** Also texts that no encoding of Unicode has bytes for. */
	@Test
	void everyTextComesBackAsItWas() throws Exception {
		for (String text : List.of("a\uD83D", "\uDE00b", "\uDE00\uD83D", "\uD83D?\uFFFD\uD83D\uDE00",
				"\uD83D".repeat(400), "\0 \uFFFF \uD7FF\uE000")) {
			CacheEntry entry = entry("p", text, CacheEntries.vector(text.length()));
			this.store.put(entry);
			settle();
			CacheEntry found = this.store.find(CacheEntries.key("p", text));
			assertThat(found).isEqualTo(entry);
			assertThat(found.question()).isEqualTo(text);
			assertThat(found.answer().text()).isEqualTo("Answer to " + text);
		}
	}

	@Test
	void keyFindsWhateverTheVectorPointsTo() throws Exception {
		for (int i = 0; i < 40; i++) {
			this.store.put(entry("p", "q" + i, CacheEntries.vector(i)));
		}
		settle();
		for (int i = 0; i < 40; i++) {
			assertThat(this.store.find(CacheEntries.key("p", "q" + i))).as("q%s", i).isNotNull();
		}
		float[] opposite = CacheEntries.vector(7);
		for (int i = 0; i < opposite.length; i++) {
			opposite[i] = -opposite[i];
		}
		assertThat(this.store.nearest(CacheEntries.partition("p"), opposite, 39)).hasSize(39);
	}

	@Test
	void entryOfTheSameRequestTakesThePlaceOfTheFormer() throws Exception {
		float[] vector = CacheEntries.vector(1);
		this.store.put(entry("p", "q", vector));
		CacheEntry former = entry("p", "q", vector);
		CacheEntry later = new CacheEntry(former.id(), former.partition(), former.group(), "q", former.vector(),
				CacheEntries.answer("Another answer"), former.labels(), former.createdAt(), former.expiresAt());
		this.store.put(later);
		settle();
		assertThat(this.store.find(CacheEntries.key("p", "q"))).isEqualTo(later);
		assertThat(this.store.nearest(later.partition(), vector, 5)).singleElement()
			.satisfies((neighbour) -> assertThat(neighbour.entry()).isEqualTo(later));
	}

	@Test
	void entryWithoutVectorIsFoundByItsKeyAlone() throws Exception {
		CacheEntry entry = entry("p", "q", null);
		this.store.put(entry);
		settle();
		assertThat(this.store.find(CacheEntries.key("p", "q"))).isEqualTo(entry);
		assertThat(this.store.nearest(entry.partition(), CacheEntries.vector(1), 5)).isEmpty();
	}

	@Test
	void nearestAreThoseOfABruteForceSearchOverTheStoredVectors() throws Exception {
		List<CacheEntry> entries = clusters("p", 10, 20);
		entries.forEach(this.store::put);
		clusters("other", 10, 20).forEach(this.store::put);
		settle();
		for (int i = 0; i < 40; i++) {
			float[] query = CacheEntries.near(CacheEntries.vector(i % 10), .9, 5000 + i);
			List<Neighbour> expected = entries.stream()
				.map((entry) -> new Neighbour(entry, cosine(entry, query)))
				.sorted(Comparator.comparingDouble(Neighbour::cosine)
					.reversed()
					.thenComparing((neighbour) -> neighbour.entry().id()))
				.limit(10)
				.toList();
			List<Neighbour> found = this.store.nearest(CacheEntries.partition("p"), query, 10);
			assertThat(found.subList(0, 3)).isEqualTo(expected.subList(0, 3));
			assertThat(found).hasSize(10).isSortedAccordingTo(Comparator.comparingDouble(Neighbour::cosine).reversed());
		}
	}

	@Test
	void lengthOfTheVectorDoesNotMatter() throws Exception {
		float[] vector = CacheEntries.vector(1);
		this.store.put(entry("p", "q", vector));
		settle();
		float[] longer = vector.clone();
		for (int i = 0; i < longer.length; i++) {
			longer[i] *= 7;
		}
		assertThat(this.store.nearest(CacheEntries.partition("p"), longer, 1)).singleElement()
			.satisfies((neighbour) -> assertThat(neighbour.cosine()).isCloseTo(1, within(.001)));
	}

	@Test
	void nothingIsFoundInAnotherPartition() throws Exception {
		float[] vector = CacheEntries.vector(1);
		List<String> partitions = IntStream.range(0, 30).mapToObj((i) -> "partition-" + i).toList();
		partitions.forEach((partition) -> this.store.put(entry(partition, "q", vector)));
		settle();
		for (String partition : partitions) {
			assertThat(this.store.nearest(CacheEntries.partition(partition), vector, 50)).singleElement()
				.satisfies((neighbour) -> assertThat(neighbour.entry().partition())
					.isEqualTo(CacheEntries.partition(partition)));
			CacheEntry found = this.store.find(CacheEntries.key(partition, "q"));
			assertThat(found).isNotNull();
			assertThat(found.partition()).isEqualTo(CacheEntries.partition(partition));
		}
		assertThat(this.store.nearest(CacheEntries.partition("none"), vector, 50)).isEmpty();
	}

	@Test
	void timePassesAbsolutelyWhetherReadOrNot() throws Exception {
		float[] vector = CacheEntries.vector(1);
		this.store.put(entry("p", "q", vector));
		settle();
		this.clock.advance(HOUR.minusSeconds(10));
		assertThat(this.store.find(CacheEntries.key("p", "q"))).isNotNull();
		assertThat(this.store.nearest(CacheEntries.partition("p"), vector, 1)).hasSize(1);
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(this.store.nearest(CacheEntries.partition("p"), vector, 1)).isEmpty();
		assertThat(this.store.find(CacheEntries.key("p", "q"))).isNull();
	}

	@Test
	void whatIsAlreadyOverIsNotStored() throws Exception {
		Instant now = this.clock.instant();
		this.store.put(CacheEntries.entry("p", "q", CacheEntries.vector(1), now));
		settle();
		assertThat(this.store.find(CacheEntries.key("p", "q"))).isNull();
		assertThat(this.store.nearest(CacheEntries.partition("p"), CacheEntries.vector(1), 1)).isEmpty();
	}

	@Test
	void evictsOneEntry() throws Exception {
		CacheEntry entry = entry("p", "q", CacheEntries.vector(1));
		CacheEntry other = entry("p", "other", CacheEntries.vector(2));
		this.store.put(entry);
		this.store.put(other);
		settle();
		assertEvicted(1, this.store.evict(CacheEviction.entry(entry.id())));
		assertEvicted(0, this.store.evict(CacheEviction.entry(entry.id())));
		assertThat(this.store.find(CacheEntries.key("p", "q"))).isNull();
		assertThat(this.store.nearest(entry.partition(), CacheEntries.vector(1), 5)).singleElement()
			.satisfies((neighbour) -> assertThat(neighbour.entry()).isEqualTo(other));
	}

	@Test
	void evictsByLabelPartitionGroupAndAll() throws Exception {
		for (int i = 0; i < 40; i++) {
			this.store.put(entry("p" + i % 4, "q" + i, CacheEntries.vector(i), CacheLabel.tenant("t" + i % 5),
					CacheLabel.user("t" + i % 5), CacheLabel.tag("|a b{c}*")));
		}
		this.store.put(entry("p0", "plain", null));
		settle();
		assertEvicted(0, this.store.evict(CacheEviction.label(CacheLabel.feature("t1"))));
		assertEvicted(8, this.store.evict(CacheEviction.label(CacheLabel.tenant("t1"))));
		assertThat(this.store.find(CacheEntries.key("p1", "q1"))).isNull();
		assertEvicted(8, this.store.evict(CacheEviction.partition(CacheEntries.partition("p3"))));
		assertThat(this.store.nearest(CacheEntries.partition("p3"), CacheEntries.vector(3), 5)).isEmpty();
		String group = CacheEntry.groupOf(CacheEntries.key("p2", "q2").id());
		assertEvicted(1, this.store.evict(CacheEviction.group(group)));
		assertEvicted(23, this.store.evict(CacheEviction.label(CacheLabel.tag("|a b{c}*"))));
		assertThat(this.store.find(CacheEntries.key("p0", "plain"))).isNotNull();
		assertEvicted(1, this.store.evict(CacheEviction.all()));
		assertThat(this.store.find(CacheEntries.key("p0", "plain"))).isNull();
	}

	/**
	 * Lets the store fail to remove, while all else works.
	 * @return what ends that, or {@code null} where removing cannot fail
	 */
	protected @Nullable AutoCloseable failRemovals() throws Exception {
		return null;
	}

	/**
	 * Returns a store of another instance with the same entries, where there can be one.
	 */
	protected ResponseCacheStore other() throws Exception {
		return this.store;
	}

	@Test
	void evictionRemovesAllThatItNamesOrSaysSoAndNobodyIsServedTheRest() throws Exception {
		CacheLabel acme = CacheLabel.tenant("acme");
		putForty(acme);
		CacheEntry kept = entry("p1", "kept", CacheEntries.vector(3), CacheLabel.tenant("umbrella"));
		this.store.put(kept);
		settle();
		ResponseCacheStore other = other();
		AutoCloseable failing = failRemovals();
		if (failing != null) {
			try (failing) {
				assertThatExceptionOfType(EvictionIncompleteException.class)
					.isThrownBy(() -> this.store.evict(CacheEviction.label(acme)))
					.satisfies((ex) -> assertThat(ex.removed()).isLessThanOrEqualTo(40));
				assertNothingOfForty(this.store);
				assertNothingOfForty(other);
				assertThat(other.find(CacheEntries.key("p1", "kept"))).isEqualTo(kept);
			}
		}
		this.store.evict(CacheEviction.label(acme));
		assertNothingOfForty(this.store);
		assertNothingOfForty(other);
		putForty(acme);
		settle();
		assertThat(other.find(CacheEntries.key("p3", "q3"))).isNotNull();
		assertThat(other.nearest(CacheEntries.partition("p1"), CacheEntries.vector(1), 20)).hasSize(11);
	}

	@Test
	void everyKindOfEvictionThatFailedIsNotServed() throws Exception {
		AutoCloseable never = failRemovals();
		if (never == null) {
			return;
		}
		never.close();
		String partition = CacheEntries.partition("p1");
		String id = CacheEntries.key("p1", "q1").id();
		for (CacheEviction eviction : List.of(CacheEviction.all(), CacheEviction.partition(partition),
				CacheEviction.group(CacheEntry.groupOf(id)), CacheEviction.label(CacheLabel.tenant("acme")))) {
			putForty(CacheLabel.tenant("acme"));
			settle();
			try (AutoCloseable failing = failRemovals()) {
				assertThatExceptionOfType(EvictionIncompleteException.class)
					.isThrownBy(() -> this.store.evict(eviction));
				assertThat(other().find(CacheEntries.key("p1", "q1"))).as("%s", eviction).isNull();
				assertThat(other().nearest(partition, CacheEntries.vector(1), 40))
					.noneMatch((neighbour) -> neighbour.entry().id().equals(id));
			}
			this.store.evict(eviction);
		}
	}

	private void putForty(CacheLabel label) {
		for (int i = 0; i < 40; i++) {
			this.store.put(entry("p" + i % 4, "q" + i, CacheEntries.vector(i), label));
		}
	}

	private static void assertNothingOfForty(ResponseCacheStore store) {
		for (int i = 0; i < 40; i++) {
			assertThat(store.find(CacheEntries.key("p" + i % 4, "q" + i))).as("q%d", i).isNull();
		}
		for (int i = 0; i < 4; i++) {
			assertThat(store.nearest(CacheEntries.partition("p" + i), CacheEntries.vector(i), 40))
				.allMatch((neighbour) -> neighbour.entry().question().equals("kept"));
		}
	}

	private static void assertEvicted(long expected, long evicted) {
		assertThat(evicted).isIn(expected, -1L);
	}

	@Test
	void unusualTextsComeBackUnchanged() throws Exception {
		String question = "a|b {c} \"d\" \\ \0 \uD83D\uDE00 ".repeat(50);
		CacheEntry entry = entry("p", question, CacheEntries.vector(1), CacheLabel.user("x|y:z"));
		this.store.put(entry);
		settle();
		assertThat(this.store.find(CacheEntries.key("p", question))).isEqualTo(entry);
		assertThat(this.store.nearest(entry.partition(), CacheEntries.vector(1), 1)).singleElement()
			.satisfies((neighbour) -> assertThat(neighbour.entry()).isEqualTo(entry));
	}

	@Test
	void entriesAreCounted() throws Exception {
		clusters("p", 2, 5).forEach(this.store::put);
		settle();
		assertThat(this.store.stats().entries()).isIn(10L, -1L);
		this.store.evict(CacheEviction.all());
		assertThat(this.store.stats().entries()).isIn(0L, -1L);
	}

	@Test
	void manyThreadsSeeOnlyWholeEntriesOfTheirPartition() throws Exception {
		int threads = 16;
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		List<String> faults = Collections.synchronizedList(new ArrayList<>());
		try {
			List<Future<?>> futures = IntStream.range(0, threads)
				.<Future<?>>mapToObj((thread) -> executor.submit(() -> work(thread, faults)))
				.toList();
			for (Future<?> future : futures) {
				future.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(faults).isEmpty();
		this.store.evict(CacheEviction.all());
		settle();
		for (int i = 0; i < 4; i++) {
			assertThat(this.store.nearest(CacheEntries.partition("p" + i), CacheEntries.vector(1), 10)).isEmpty();
		}
	}

	/** Returns how many steps each thread of the race takes. */
	protected int steps() {
		return 150;
	}

	private void work(int thread, List<String> faults) {
		Random random = new Random(thread);
		for (int i = 0; i < steps(); i++) {
			String partition = "p" + random.nextInt(4);
			int number = random.nextInt(60);
			switch (random.nextInt(8)) {
				case 0, 1, 2 -> this.store.put(entry(partition, partition + " question " + number,
						CacheEntries.vector(number), CacheLabel.tenant("t" + number % 7)));
				case 3 -> this.store.evict(CacheEviction.label(CacheLabel.tenant("t" + number % 7)));
				case 4 -> this.store.evict(CacheEviction.entry(CacheEntries.key(partition, "question " + number).id()));
				case 5 -> check(partition, this.store.find(CacheEntries.key(partition, "question " + number)), faults);
				default -> this.store.nearest(CacheEntries.partition(partition), CacheEntries.vector(number), 5)
					.forEach((neighbour) -> check(partition, neighbour, number, faults));
			}
		}
	}

	private static void check(String partition, Neighbour neighbour, int number, List<String> faults) {
		check(partition, neighbour.entry(), faults);
		if (cosine(neighbour.entry(), CacheEntries.vector(number)) != neighbour.cosine()) {
			faults.add("cosine of another vector");
		}
	}

	private static void check(String partition, CacheEntry entry, List<String> faults) {
		if (entry == null) {
			return;
		}
		String question = entry.question();
		if (!entry.partition().equals(CacheEntries.partition(partition)) || !question.startsWith(partition + " ")) {
			faults.add("partition");
		}
		if (!entry.answer().text().equals("Answer to " + question)) {
			faults.add("answer of another question");
		}
		int number = Integer.parseInt(question.substring(question.lastIndexOf(' ') + 1));
		if (!CacheVector.of(CacheEntries.vector(number)).equals(entry.vector())) {
			faults.add("vector of another question");
		}
	}

	private List<CacheEntry> clusters(String partition, int count, int size) {
		List<CacheEntry> entries = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			for (int j = 0; j < size; j++) {
				double cosine = .6 + .38 * j / size;
				entries.add(entry(partition, "question " + i + "/" + j,
						CacheEntries.near(CacheEntries.vector(i), cosine, 1000L + i * size + j)));
			}
		}
		return entries;
	}

	private static double cosine(CacheEntry entry, float[] query) {
		CacheVector vector = entry.vector();
		return (vector != null) ? vector.cosine(query) : Double.NaN;
	}

}

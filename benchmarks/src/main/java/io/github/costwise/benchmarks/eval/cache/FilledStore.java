package io.github.costwise.benchmarks.eval.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;
import io.github.costwise.Tier;
import io.github.costwise.cache.memory.InMemoryResponseCacheStore;
import io.github.costwise.cache.memory.MemoryStoreSettings;
import io.github.costwise.cache.verify.CacheQuestion;
import io.github.costwise.cache.verify.NearEntry;
import io.github.costwise.cache.verify.TextFeatures;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheKey;
import io.github.costwise.model.CacheVector;
import io.github.costwise.model.CachedAnswer;
import io.github.costwise.model.Neighbour;
import io.github.costwise.model.RecordedAnswer;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.spi.ResponseCacheStore;

/**
 * The store of an application, filled with the answers of a file. Not thread-safe.
 */
final class FilledStore {

	private static final int MAX_ENTRIES = 10_000_000;

	private static final Duration LIFE = Duration.ofDays(1);

	private static final int HEXADECIMAL = 16;

	private final ResponseCacheStore store = new InMemoryResponseCacheStore(
			new MemoryStoreSettings(MAX_ENTRIES, Long.MAX_VALUE), Clock.systemUTC());

	private final Map<String, String> answers = new HashMap<>();

	/**
	 * Finds what is near to a request.
	 * @param partition where to look
	 * @param text the request
	 * @param vector its vector
	 * @param neighbours how many entries at the most
	 * @return what the verifier decides on
	 */
	CacheQuestion question(String partition, String text, float[] vector, int neighbours) {
		List<NearEntry> near = this.store.nearest(partition, vector, neighbours)
			.stream()
			.map(FilledStore::candidate)
			.toList();
		return new CacheQuestion(TextFeatures.of(text), near);
	}

	private static NearEntry candidate(Neighbour near) {
		CacheEntry entry = near.entry();
		return new NearEntry(entry.id(), Long.parseUnsignedLong(entry.group(), HEXADECIMAL), near.cosine(),
				TextFeatures.of(entry.question()));
	}

	/**
	 * Stores an answer.
	 * @param key what tells the request from others
	 * @param text the request
	 * @param vector its vector, or {@code null} for the exact tier alone
	 * @param group the group of the answer
	 * @param answer the answer
	 */
	void put(CacheKey key, String text, float @Nullable [] vector, long group, String answer) {
		Instant now = Instant.now();
		CachedAnswer cached = new CachedAnswer(RecordedAnswer.of(answer), "model", Tier.STANDARD, TokenUsage.of(1, 1),
				Money.ofNanos(1));
		this.store.put(new CacheEntry(key.id(), key.partition(), digits(group), text,
				(vector != null) ? CacheVector.of(vector) : null, cached, Set.of(), now, now.plus(LIFE)));
		this.answers.put(key.id(), answer);
	}

	boolean has(CacheKey key) {
		return this.store.find(key) != null;
	}

	static long newGroup(CacheKey key) {
		return Long.parseUnsignedLong(CacheEntry.groupOf(key.id()), HEXADECIMAL);
	}

	/**
	 * Returns whether an answer is that of an entry.
	 */
	boolean isAnswerOf(String entry, String answer) {
		return answer.equals(this.answers.get(entry));
	}

	void remove(long group) {
		this.store.evict(CacheEviction.group(digits(group)));
	}

	private static String digits(long group) {
		return String.format("%016x", group);
	}

}

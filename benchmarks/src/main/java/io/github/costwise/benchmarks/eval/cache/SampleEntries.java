package io.github.costwise.benchmarks.eval.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;
import io.github.costwise.Tier;
import io.github.costwise.cache.EntryBody;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheKey;
import io.github.costwise.model.CacheLabel;
import io.github.costwise.model.CacheVector;
import io.github.costwise.model.CachedAnswer;
import io.github.costwise.model.RecordedAnswer;
import io.github.costwise.model.TokenUsage;

/** Makes entries as an application would store them. */
final class SampleEntries {

	private static final String ANSWER = "You can change the delivery address in your account under Orders, as long "
			+ "as the parcel has not left the warehouse. After that, ask the carrier with the number in your mail. ";

	private static final Set<CacheLabel> LABELS = Set.of(CacheLabel.tenant("acme"), CacheLabel.feature("support"),
			CacheLabel.promptVersion("7"), CacheLabel.tag("faq"));

	private static final int ANSWER_REPEATS = 3;

	private SampleEntries() {
	}

	/** Returns a question of 60 characters, about as long as customers' questions are. */
	static String question(int number) {
		return String.format("Where is my order number %09d and when will it arrive?", number);
	}

	static CacheKey key(String partition, String question) {
		return new CacheKey(partition, digest(question));
	}

	static CacheEntry entry(CacheKey key, String question, float @Nullable [] vector, String answer) {
		Instant now = Instant.now();
		CachedAnswer cached = new CachedAnswer(RecordedAnswer.of(answer), "gpt-5.4-mini", Tier.STANDARD,
				TokenUsage.of(310, 120), Money.ofNanos(617_500));
		return new CacheEntry(key.id(), key.partition(), CacheEntry.groupOf(key.id()), question,
				(vector != null) ? CacheVector.of(vector) : null, cached, LABELS, now, now.plus(Duration.ofHours(6)));
	}

	static String answer(int number) {
		return ANSWER.repeat(ANSWER_REPEATS) + number;
	}

	/** Returns how many bytes of an entry are its answer. */
	static int answerBytes(CacheEntry entry) {
		CacheVector vector = entry.vector();
		int dimension = (vector != null) ? vector.dimension() : 0;
		int question = entry.question().getBytes(StandardCharsets.UTF_8).length;
		return EntryBody.encode(entry).length - EntryBody.CODES - dimension - question - 1;
	}

	static String digest(String text) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}

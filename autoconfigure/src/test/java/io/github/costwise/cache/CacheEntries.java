package io.github.costwise.cache;

import java.time.Duration;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;
import io.github.costwise.Tier;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheKey;
import io.github.costwise.model.CacheLabel;
import io.github.costwise.model.CacheVector;
import io.github.costwise.model.CachedAnswer;
import io.github.costwise.model.RecordedAnswer;
import io.github.costwise.model.TokenUsage;

/** Makes entries for tests. */
public final class CacheEntries {

	public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

	public static final int DIMENSION = 384;

	private CacheEntries() {
	}

	public static String partition(String name) {
		return HexFormat.of().formatHex(sha256("partition " + name));
	}

	public static CacheKey key(String partition, String question) {
		return new CacheKey(partition(partition), HexFormat.of().formatHex(sha256(question)));
	}

	private static byte[] sha256(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static float[] vector(long seed) {
		Random random = new Random(seed);
		float[] vector = new float[DIMENSION];
		for (int i = 0; i < vector.length; i++) {
			vector[i] = (float) random.nextGaussian();
		}
		return CacheVector.unit(vector);
	}

	/** Returns a vector of length 1 at the given cosine to another. */
	public static float[] near(float[] centre, double cosine, long seed) {
		float[] other = vector(seed);
		double along = 0;
		for (int i = 0; i < other.length; i++) {
			along += other[i] * centre[i];
		}
		for (int i = 0; i < other.length; i++) {
			other[i] -= (float) (along * centre[i]);
		}
		float[] across = CacheVector.unit(other);
		float[] near = new float[centre.length];
		double rest = Math.sqrt(1 - cosine * cosine);
		for (int i = 0; i < near.length; i++) {
			near[i] = (float) (cosine * centre[i] + rest * across[i]);
		}
		return near;
	}

	public static CacheEntry entry(String partition, String question, float @Nullable [] vector) {
		return entry(partition, question, vector, NOW.plus(Duration.ofHours(1)));
	}

	public static CacheEntry entry(String partition, String question, float @Nullable [] vector, Instant expiresAt,
			CacheLabel... labels) {
		String id = key(partition, question).id();
		return new CacheEntry(id, partition(partition), CacheEntry.groupOf(id), question,
				(vector != null) ? CacheVector.of(vector) : null, answer("Answer to " + question), Set.of(labels), NOW,
				expiresAt);
	}

	public static CachedAnswer answer(String text) {
		return new CachedAnswer(RecordedAnswer.of(text), "model-1", Tier.STANDARD, TokenUsage.of(120, 34),
				Money.ofNanos(1_234_567));
	}

}

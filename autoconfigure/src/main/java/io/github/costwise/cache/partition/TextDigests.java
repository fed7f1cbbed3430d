package io.github.costwise.cache.partition;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Digests of texts that come again with each request of a client: system texts, schemas,
 * formats. They are remembered with the text itself, which never changes, and found by
 * comparing it, so that a digest is never that of another text. Bounded; thread-safe.
 */
final class TextDigests {

	/** Shorter ones are digested faster than they are found. */
	private static final int SHORTEST = 256;

	/** Longer ones are not kept in memory. */
	private static final int LONGEST = 32_768;

	private static final int PLACES = 64;

	private static final int SAMPLES = 8;

	private static final AtomicReferenceArray<@Nullable KnownText> KNOWN = new AtomicReferenceArray<>(PLACES);

	private TextDigests() {
	}

	/**
	 * Returns whether a text is added by its own digest, which follows from its length.
	 */
	static boolean concerns(String text) {
		return text.length() >= SHORTEST;
	}

	static String of(String text) {
		if (text.length() > LONGEST) {
			return digest(text);
		}
		int place = place(text);
		KnownText known = KNOWN.get(place);
		if (known == null || !known.text().equals(text)) {
			known = new KnownText(text, digest(text));
			KNOWN.lazySet(place, known);
		}
		return known.digest();
	}

	private static String digest(String text) {
		return new FieldDigest().add(text).toHex();
	}

	/** A hash of the whole would take about as long as the digest. */
	private static int place(String text) {
		int hash = text.length();
		for (int i = 0; i < SAMPLES; i++) {
			hash = 31 * hash + text.charAt((int) ((long) (text.length() - 1) * i / (SAMPLES - 1)));
		}
		return (hash ^ hash >>> 16) & PLACES - 1;
	}

	private record KnownText(String text, String digest) {

	}

}

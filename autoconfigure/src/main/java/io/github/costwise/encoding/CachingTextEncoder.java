package io.github.costwise.encoding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.github.costwise.spi.TextEncoder;

/**
 * Remembers the vectors of the texts used last, so that a repeated text costs a look-up.
 * Texts are kept as SHA-256 digests only. An entry takes four bytes an element and about
 * 150 bytes more: 4,096 entries of 384 elements take about 7 MB. Thread-safe; no lock is
 * held while encoding, so that threads that meet the same new text each encode it.
 *
 * @since 0.1.0
 */
public final class CachingTextEncoder implements TextEncoder, AutoCloseable {

	private final TextEncoder encoder;

	private final Map<TextDigest, float[]> vectors;

	private final LongAdder hits = new LongAdder();

	private final LongAdder misses = new LongAdder();

	/**
	 * Creates an encoder that remembers nothing yet.
	 * @param encoder encodes what is not remembered; closed with this one
	 * @param capacity how many vectors to keep, at least 1; the one used least recently
	 * makes room
	 */
	public CachingTextEncoder(TextEncoder encoder, int capacity) {
		if (capacity < 1) {
			throw new IllegalArgumentException("capacity must be at least 1 but is " + capacity);
		}
		this.encoder = encoder;
		this.vectors = new LeastRecentlyUsed(capacity);
	}

	@Override
	public float[] encode(String text) {
		TextDigest digest = TextDigest.of(text);
		float[] known = find(digest);
		return (known != null) ? known : keep(digest, this.encoder.encode(text));
	}

	@Override
	public List<float[]> encode(List<String> texts) {
		List<TextDigest> digests = texts.stream().map(TextDigest::of).toList();
		Map<TextDigest, float[]> found = new LinkedHashMap<>();
		Map<TextDigest, String> missing = new LinkedHashMap<>();
		for (int i = 0; i < texts.size(); i++) {
			look(digests.get(i), texts.get(i), found, missing);
		}
		encodeMissing(missing, found);
		return digests.stream().map((digest) -> Objects.requireNonNull(found.get(digest)).clone()).toList();
	}

	private void look(TextDigest digest, String text, Map<TextDigest, float[]> found, Map<TextDigest, String> missing) {
		if (found.containsKey(digest) || missing.containsKey(digest)) {
			this.hits.increment();
			return;
		}
		float[] known = find(digest);
		if (known != null) {
			found.put(digest, known);
		}
		else {
			missing.put(digest, text);
		}
	}

	private void encodeMissing(Map<TextDigest, String> missing, Map<TextDigest, float[]> found) {
		if (missing.isEmpty()) {
			return;
		}
		List<TextDigest> digests = new ArrayList<>(missing.keySet());
		List<float[]> encoded = this.encoder.encode(List.copyOf(missing.values()));
		for (int i = 0; i < digests.size(); i++) {
			found.put(digests.get(i), keep(digests.get(i), encoded.get(i)));
		}
	}

	private float @Nullable [] find(TextDigest digest) {
		float[] known;
		synchronized (this.vectors) {
			known = this.vectors.get(digest);
		}
		((known != null) ? this.hits : this.misses).increment();
		return (known != null) ? known.clone() : null;
	}

	private float[] keep(TextDigest digest, float[] vector) {
		float[] own = vector.clone();
		synchronized (this.vectors) {
			this.vectors.put(digest, own);
		}
		return vector;
	}

	@Override
	public int dimensions() {
		return this.encoder.dimensions();
	}

	@Override
	public String id() {
		return this.encoder.id();
	}

	@Override
	public double known(String text) {
		return this.encoder.known(text);
	}

	@Override
	public boolean isMultilingual() {
		return this.encoder.isMultilingual();
	}

	/**
	 * Returns how many texts were not encoded because their vector was remembered.
	 * @return the count since start
	 */
	public long hits() {
		return this.hits.sum();
	}

	/**
	 * Returns how many texts were encoded because their vector was not remembered.
	 * @return the count since start
	 */
	public long misses() {
		return this.misses.sum();
	}

	/**
	 * Returns how many vectors are remembered.
	 * @return from zero to the capacity
	 */
	public int size() {
		synchronized (this.vectors) {
			return this.vectors.size();
		}
	}

	/**
	 * Closes the encoder behind this one if it can be closed.
	 * @throws Exception if closing fails
	 */
	@Override
	public void close() throws Exception {
		if (this.encoder instanceof AutoCloseable closeable) {
			closeable.close();
		}
	}

	/** In access order, bounded. */
	private static final class LeastRecentlyUsed extends LinkedHashMap<TextDigest, float[]> {

		private final int capacity;

		LeastRecentlyUsed(int capacity) {
			super(16, 0.75f, true);
			this.capacity = capacity;
		}

		@Override
		protected boolean removeEldestEntry(Map.Entry<TextDigest, float[]> eldest) {
			return size() > this.capacity;
		}

	}

}

package io.github.costwise.encoding;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.github.costwise.bounded.RecentMap;
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
		this.vectors = RecentMap.shared(capacity);
	}

	@Override
	public float[] encode(String text) {
		TextDigest digest = TextDigest.of(text);
		float[] known = find(digest);
		return (known != null) ? known : keep(digest, this.encoder.encode(text));
	}

	@Override
	public List<float[]> encode(List<String> texts) {
		Map<TextDigest, float[]> found = new HashMap<>();
		Map<TextDigest, String> missing = new LinkedHashMap<>();
		List<TextDigest> digests = texts.stream().map(TextDigest::of).toList();
		for (int i = 0; i < texts.size(); i++) {
			look(digests.get(i), texts.get(i), found, missing);
		}
		if (!missing.isEmpty()) {
			Iterator<float[]> encoded = this.encoder.encode(List.copyOf(missing.values())).iterator();
			missing.keySet().forEach((digest) -> found.put(digest, keep(digest, encoded.next())));
		}
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

	private float @Nullable [] find(TextDigest digest) {
		float[] known = this.vectors.get(digest);
		((known != null) ? this.hits : this.misses).increment();
		return (known != null) ? known.clone() : null;
	}

	private float[] keep(TextDigest digest, float[] vector) {
		this.vectors.put(digest, vector.clone());
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
		return this.vectors.size();
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

}

package io.github.costwise.cache.learning;

import java.util.ArrayList;
import java.util.List;

import io.github.costwise.encoding.UnitVectors;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.spi.TextEncodingException;
import io.github.costwise.text.Parts;

/**
 * Vectors of texts that may be longer than an encoder reads: parts of them are encoded
 * alone, and their vectors are added in proportion to their length. Thread-safe.
 */
final class AnswerVectors {

	/** About 200 of the 256 tokens that the encoder of the module embedding reads. */
	private static final int WORDS = 140;

	private final TextEncoder encoder;

	AnswerVectors(TextEncoder encoder) {
		this.encoder = encoder;
	}

	/**
	 * Returns how alike two texts are.
	 * @param one a text
	 * @param other the other text
	 * @return the cosine of their vectors
	 * @throws TextEncodingException if the encoder fails
	 */
	double cosine(String one, String other) {
		float[] a = vector(one);
		float[] b = vector(other);
		double dot = 0;
		for (int i = 0; i < a.length; i++) {
			dot += (double) a[i] * b[i];
		}
		return dot;
	}

	private float[] vector(String text) {
		List<String> parts = parts(text);
		if (parts.size() == 1) {
			return this.encoder.encode(parts.get(0));
		}
		float[] sum = new float[this.encoder.dimensions()];
		for (String part : parts) {
			float[] vector = this.encoder.encode(part);
			for (int i = 0; i < sum.length; i++) {
				sum[i] += part.length() * vector[i];
			}
		}
		return UnitVectors.normalize(sum);
	}

	/** Cuts a text into parts of about the same length, so that none is a scrap. */
	private static List<String> parts(String text) {
		String[] words = Parts.words(text);
		int count = (words.length + WORDS - 1) / WORDS;
		List<String> parts = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int from = (int) ((long) words.length * i / count);
			int to = (int) ((long) words.length * (i + 1) / count);
			parts.add(String.join(" ", List.of(words).subList(from, to)));
		}
		return parts;
	}

}

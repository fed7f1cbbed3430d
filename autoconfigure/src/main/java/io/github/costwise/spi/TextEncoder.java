package io.github.costwise.spi;

import java.util.List;

/**
 * Turns text into vectors whose dot product says how similar the texts are.
 * <p>
 * Implementations are thread-safe and deterministic: the same text gives the same vector,
 * alone, in a list and from any thread. Vectors have length one, so that their dot
 * product is the cosine of their angle, and belong to the caller, who may change them.
 *
 * @since 0.1.0
 */
public interface TextEncoder {

	/**
	 * Encodes a text. What is longer than the encoder can read is cut off at the end.
	 * @param text the text, possibly empty
	 * @return a vector of length one with {@link #dimensions()} elements
	 * @throws TextEncodingException if the encoder is not available or fails
	 */
	float[] encode(String text);

	/**
	 * Encodes many texts, such as when a cache is filled. Encodes one by one unless an
	 * implementation has a faster method.
	 * @param texts the texts
	 * @return their vectors in the same order
	 * @throws TextEncodingException if the encoder is not available or fails
	 */
	default List<float[]> encode(List<String> texts) {
		return texts.stream().map(this::encode).toList();
	}

	/**
	 * Returns the number of elements of a vector. May wait for the encoder to start.
	 * @return at least 1
	 * @throws TextEncodingException if the encoder is not available
	 */
	int dimensions();

	/**
	 * Returns what tells this encoder from others: vectors are only comparable when this
	 * is equal. Part of the partition keys of the response cache. May wait for the
	 * encoder to start.
	 * @return model, version and whatever else changes the vectors
	 * @throws TextEncodingException if the encoder is not available
	 */
	String id();

	/**
	 * Returns how much of a text the vector depends on. Two texts that differ only in
	 * what an encoder cannot read have the same vector, so that a text of which it knows
	 * little is only ever compared by its exact form. Takes time in proportion to the
	 * text. An encoder that cannot tell knows everything.
	 * @param text the text
	 * @return the share of its letters that are read as they stand and not one by one,
	 * from 0 to 1; 0 if any sign of it has no part in the vector at all, such as one that
	 * becomes an unknown token or is cut off
	 * @throws TextEncodingException if the encoder is not available
	 */
	default double known(String text) {
		return 1;
	}

	/**
	 * Returns whether the encoder was made for texts of any language. Of any other, what
	 * is not in Latin letters is only compared by its exact form.
	 * @return whether it was; {@code false} unless an implementation says so
	 */
	default boolean isMultilingual() {
		return false;
	}

}

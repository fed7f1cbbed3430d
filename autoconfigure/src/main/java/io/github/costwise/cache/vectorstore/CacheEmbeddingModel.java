package io.github.costwise.cache.vectorstore;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

import io.github.costwise.CostwiseConfigurationException;

/**
 * The embedding model that the vector store of the cache is built with. The cache has the
 * vector of a request already; it hands it over as a text, and this model reads that text
 * back. Vector stores do not return what is more than a right angle away, so that this
 * model adds one number that all vectors share: every cosine c becomes .2 c + .73, which
 * keeps the order. A vector without a direction of its own is nearer than all others to
 * whatever is looked for. It reads no other texts. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CacheEmbeddingModel implements EmbeddingModel {

	/** Where there is no direction, whatever the dimension of the vector store. */
	static final float[] NO_VECTOR = {};

	private static final String MARK = "costwise-vector:";

	private static final String QUERY = "costwise-query:";

	private static final double SHARED = .6;

	/** Above .887, a vector without a direction is nearer than one in the same. */
	private static final double SHARED_OF_QUERIES = .9;

	private final int dimension;

	/**
	 * Creates a model.
	 * @param dimension how many numbers the vectors of the cache have, from 1
	 */
	public CacheEmbeddingModel(int dimension) {
		this.dimension = dimension;
	}

	/** The text of a vector that is stored. */
	static String toText(float[] vector) {
		return MARK + base64(vector);
	}

	/** The text of a vector that is looked for. */
	static String toQuery(float[] vector) {
		return QUERY + base64(vector);
	}

	private static String base64(float[] vector) {
		ByteBuffer buffer = ByteBuffer.allocate(vector.length * Float.BYTES);
		buffer.asFloatBuffer().put(vector);
		return Base64.getEncoder().encodeToString(buffer.array());
	}

	@Override
	public EmbeddingResponse call(EmbeddingRequest request) {
		List<Embedding> embeddings = new ArrayList<>();
		for (String text : request.getInstructions()) {
			embeddings.add(new Embedding(vector(text), embeddings.size()));
		}
		return new EmbeddingResponse(embeddings);
	}

	@Override
	public float[] embed(Document document) {
		String text = document.getText();
		return vector((text != null) ? text : "");
	}

	/**
	 * Returns how many numbers the vector store must be made for.
	 * @return one more than the vectors of the cache have
	 */
	@Override
	public int dimensions() {
		return this.dimension + 1;
	}

	private float[] vector(String text) {
		if (text.startsWith(MARK)) {
			return vector(text.substring(MARK.length()), SHARED);
		}
		if (!text.startsWith(QUERY)) {
			throw new CostwiseConfigurationException(
					"The vector store of the response cache is also used for other documents.",
					"Build a vector store for the cache alone, with a CacheEmbeddingModel.");
		}
		return vector(text.substring(QUERY.length()), SHARED_OF_QUERIES);
	}

	private float[] vector(String base64, double shared) {
		FloatBuffer numbers = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).asFloatBuffer();
		float[] vector = new float[this.dimension + 1];
		float scale = (float) Math.sqrt(1 - shared);
		int given = numbers.remaining();
		if (given != 0 && given != this.dimension) {
			throw new CostwiseConfigurationException(
					"The CacheEmbeddingModel of the response cache has " + this.dimension
							+ " dimensions, the encoder gives " + given + ".",
					"Build the vector store with new CacheEmbeddingModel(" + given + ").");
		}
		for (int i = 0; i < given; i++) {
			vector[i] = scale * numbers.get(i);
		}
		vector[this.dimension] = (float) Math.sqrt(shared);
		return vector;
	}

}

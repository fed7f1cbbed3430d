package io.github.costwise.encoding;

import java.util.ArrayList;
import java.util.List;

import org.springframework.ai.embedding.EmbeddingModel;

import io.github.costwise.spi.TextEncoder;
import io.github.costwise.spi.TextEncodingException;

/**
 * Encodes by a Spring AI embedding model. Its requests may be billed: they are accounted
 * for by the model's observation, attributed to the scope of the calling thread. Scales
 * vectors to length one. Thread-safe if the model is.
 *
 * @since 0.1.0
 */
public final class EmbeddingModelTextEncoder implements TextEncoder {

	/** Texts in one request; the smallest limit among common providers. */
	private static final int REQUEST_SIZE = 96;

	private final EmbeddingModel model;

	private final String id;

	private final boolean multilingual;

	private volatile int dimensions;

	/**
	 * Creates an encoder of English.
	 * @param model the model
	 * @param id names the model and its version; must change when they change
	 */
	public EmbeddingModelTextEncoder(EmbeddingModel model, String id) {
		this(model, id, false);
	}

	/**
	 * Creates an encoder.
	 * @param model the model
	 * @param id names the model and its version; must change when they change
	 * @param multilingual whether the model was made for texts of any language
	 */
	public EmbeddingModelTextEncoder(EmbeddingModel model, String id, boolean multilingual) {
		this.model = model;
		this.id = id;
		this.multilingual = multilingual;
	}

	@Override
	public float[] encode(String text) {
		return request(List.of(text)).get(0);
	}

	@Override
	public List<float[]> encode(List<String> texts) {
		List<float[]> vectors = new ArrayList<>(texts.size());
		for (int from = 0; from < texts.size(); from += REQUEST_SIZE) {
			vectors.addAll(request(texts.subList(from, Math.min(from + REQUEST_SIZE, texts.size()))));
		}
		return vectors;
	}

	private List<float[]> request(List<String> texts) {
		List<float[]> vectors = embed(texts);
		if (vectors.size() != texts.size()) {
			throw new TextEncodingException(
					this.id + " gave " + vectors.size() + " vectors for " + texts.size() + " texts.", null);
		}
		return vectors.stream().map(this::unit).toList();
	}

	private List<float[]> embed(List<String> texts) {
		try {
			return this.model.embed(texts);
		}
		catch (RuntimeException ex) {
			throw new TextEncodingException("The embedding model " + this.id + " failed.", ex);
		}
	}

	private float[] unit(float[] vector) {
		float[] unit = UnitVectors.normalize(vector.clone());
		this.dimensions = unit.length;
		return unit;
	}

	/**
	 * Returns the number of elements of a vector. Asks the model if nothing was encoded
	 * yet, for which many models send a request.
	 */
	@Override
	public int dimensions() {
		if (this.dimensions == 0) {
			this.dimensions = encode("dimensions").length;
		}
		return this.dimensions;
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public boolean isMultilingual() {
		return this.multilingual;
	}

}

package io.github.costwise.spi;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;

/**
 * A text encoder as a Spring AI embedding model, for vector stores that Costwise uses.
 * Options of a request are ignored. Not observed, as it costs nothing by itself.
 * Thread-safe.
 * <p>
 * Where it becomes a bean, it must be declared with
 * {@code @Bean(defaultCandidate = false)}, or it would compete with the application's own
 * embedding model.
 *
 * @since 0.1.0
 */
public final class TextEncoderEmbeddingModel implements EmbeddingModel {

	private final TextEncoder encoder;

	/**
	 * Creates a model.
	 * @param encoder encodes what the model embeds
	 */
	public TextEncoderEmbeddingModel(TextEncoder encoder) {
		this.encoder = encoder;
	}

	@Override
	public EmbeddingResponse call(EmbeddingRequest request) {
		List<float[]> vectors = this.encoder.encode(request.getInstructions());
		List<Embedding> embeddings = IntStream.range(0, vectors.size())
			.mapToObj((index) -> new Embedding(vectors.get(index), index))
			.toList();
		EmbeddingResponseMetadata metadata = new EmbeddingResponseMetadata();
		metadata.setModel(this.encoder.id());
		return new EmbeddingResponse(embeddings, metadata);
	}

	@Override
	public float[] embed(String text) {
		return this.encoder.encode(text);
	}

	@Override
	public List<float[]> embed(List<String> texts) {
		return this.encoder.encode(texts);
	}

	@Override
	public float[] embed(Document document) {
		return this.encoder.encode(Objects.requireNonNullElse(getEmbeddingContent(document), ""));
	}

	@Override
	public int dimensions() {
		return this.encoder.dimensions();
	}

}

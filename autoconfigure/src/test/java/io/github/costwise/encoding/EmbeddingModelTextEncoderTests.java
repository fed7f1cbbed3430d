package io.github.costwise.encoding;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

import io.github.costwise.spi.TextEncoder;
import io.github.costwise.spi.TextEncoderEmbeddingModel;
import io.github.costwise.spi.TextEncodingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link EmbeddingModelTextEncoder} and {@link TextEncoderEmbeddingModel}.
 */
@Tag("unit")
class EmbeddingModelTextEncoderTests {

	private final ScriptedModel model = new ScriptedModel();

	private final TextEncoder encoder = new EmbeddingModelTextEncoder(this.model, "mine:1");

	@Test
	void vectorsHaveLengthOneAndTheModelsOwnAreNotChanged() {
		this.model.vector = new float[] { 3, 4 };
		assertThat(this.encoder.encode("a")).containsExactly(new float[] { 0.6f, 0.8f }, within(1e-6f));
		assertThat(this.model.vector).containsExactly(3, 4);
		assertThat(this.encoder.id()).isEqualTo("mine:1");
	}

	@Test
	void isOfEnglishUnlessSaidOtherwise() {
		assertThat(this.encoder.isMultilingual()).isFalse();
		assertThat(new EmbeddingModelTextEncoder(this.model, "mine:1", true).isMultilingual()).isTrue();
		assertThat(this.encoder.known("如何")).isOne();
	}

	@Test
	void listsAreSplitIntoRequests() {
		assertThat(this.encoder.encode(Collections.nCopies(200, "a"))).hasSize(200);
		assertThat(this.model.sizes).containsExactly(96, 96, 8);
	}

	@Test
	void dimensionsAreAskedForOnceAtTheMost() {
		assertThat(this.encoder.dimensions()).isEqualTo(2);
		assertThat(this.encoder.dimensions()).isEqualTo(2);
		assertThat(this.model.sizes).hasSize(1);
	}

	@Test
	void whatTheModelCannotDoIsOneException() {
		this.model.vector = new float[] { 0, 0 };
		fails("without a direction");
		this.model.vector = new float[] { Float.NaN, 1 };
		fails("without a direction");
		this.model.vector = null;
		fails("mine:1 gave 0 vectors for 1 texts");
		this.model.failure = new IllegalStateException("down");
		fails("The embedding model mine:1 failed");
	}

	private void fails(String message) {
		assertThatExceptionOfType(TextEncodingException.class).isThrownBy(() -> this.encoder.encode("secret"))
			.withMessageContaining(message)
			.withMessageNotContaining("secret");
	}

	@Test
	void anEncoderIsAnEmbeddingModel() {
		CountingEncoder counting = new CountingEncoder();
		EmbeddingModel adapter = new TextEncoderEmbeddingModel(counting);
		EmbeddingResponse response = adapter.call(new EmbeddingRequest(List.of("a", "bb"), null));
		assertThat(response.getResults()).extracting(Embedding::getIndex).containsExactly(0, 1);
		assertThat(response.getResults().get(1).getOutput()).isEqualTo(counting.encode("bb"));
		assertThat(response.getMetadata().getModel()).isEqualTo("counting");
		assertThat(adapter.embed(new Document("bb"))).isEqualTo(counting.encode("bb"));
		assertThat(adapter.embed("bb")).isEqualTo(counting.encode("bb"));
		assertThat(adapter.embed(List.of("bb"))).containsExactly(counting.encode("bb"));
		assertThat(adapter.dimensions()).isEqualTo(2);
	}

	/** Gives one vector for every text. */
	private static final class ScriptedModel implements EmbeddingModel {

		private final List<Integer> sizes = new ArrayList<>();

		private float[] vector = { 1, 1 };

		private RuntimeException failure;

		@Override
		public EmbeddingResponse call(EmbeddingRequest request) {
			if (this.failure != null) {
				throw this.failure;
			}
			this.sizes.add(request.getInstructions().size());
			return new EmbeddingResponse((this.vector == null) ? List.of()
					: request.getInstructions().stream().map((text) -> new Embedding(this.vector, 0)).toList());
		}

		@Override
		public float[] embed(Document document) {
			throw new UnsupportedOperationException();
		}

	}

}

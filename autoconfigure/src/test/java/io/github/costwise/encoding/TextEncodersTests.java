package io.github.costwise.encoding;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

import io.github.costwise.spi.TextEncoder;
import io.github.costwise.spi.TextEncoderContract;
import io.github.costwise.spi.TextEncoderEmbeddingModel;

/**
 * Holds the encoders to their contract.
 */
@Tag("unit")
class TextEncodersTests {

	@Nested
	class OfAModel extends TextEncoderContract {

		@Override
		protected TextEncoder create() {
			return new EmbeddingModelTextEncoder(new TextEncoderEmbeddingModel(new CountingEncoder()), "mine:1");
		}

	}

	@Nested
	class Remembering extends TextEncoderContract {

		@Override
		protected TextEncoder create() {
			return new CachingTextEncoder(new CountingEncoder(), 3);
		}

	}

}

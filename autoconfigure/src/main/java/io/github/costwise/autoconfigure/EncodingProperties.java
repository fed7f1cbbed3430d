package io.github.costwise.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.encoding.CachingTextEncoder;
import io.github.costwise.spi.TextEncoder;

/**
 * Properties of encoding, by whatever encoder.
 *
 * @param modelBean Name of the EmbeddingModel bean that encodes text. Its requests are
 * accounted for.
 * @param modelVersion Version of the model behind the bean. Answers cached under another
 * version are not found any more.
 * @param multilingual Whether the model was made for texts of any language. Of a model of
 * English, questions in other scripts are only found by their exact text.
 * @param cacheSize Number of texts whose vectors are remembered. Zero remembers none.
 * @since 0.1.0
 */
@ConfigurationProperties("costwise.embedding")
public record EncodingProperties(@Nullable String modelBean, @DefaultValue("1") String modelVersion,
		@DefaultValue("false") boolean multilingual, @DefaultValue("4096") int cacheSize) {

	/**
	 * Wraps an encoder into one that remembers as many vectors as the properties say.
	 * @param encoder the encoder
	 * @return the wrapped encoder, or the encoder itself if none are to be remembered
	 * @throws CostwiseConfigurationException if the size is negative
	 */
	public TextEncoder remembering(TextEncoder encoder) {
		if (this.cacheSize < 0) {
			throw new CostwiseConfigurationException(
					"The property 'costwise.embedding.cache-size' is " + this.cacheSize + ".",
					"Set it to the number of texts whose vectors are remembered, or to 0 to remember none.");
		}
		return (this.cacheSize > 0) ? new CachingTextEncoder(encoder, this.cacheSize) : encoder;
	}

}

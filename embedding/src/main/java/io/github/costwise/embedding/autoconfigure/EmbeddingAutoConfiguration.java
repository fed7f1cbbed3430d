package io.github.costwise.embedding.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.github.costwise.autoconfigure.ConditionalOnCostwise;
import io.github.costwise.autoconfigure.EncodingAutoConfiguration;
import io.github.costwise.autoconfigure.EncodingProperties;
import io.github.costwise.background.Background;
import io.github.costwise.embedding.OnnxTextEncoder;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.TextEncoder;

/**
 * Auto-configuration of encoding in process, unless the application has an encoder or
 * names an embedding model.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = EncodingAutoConfiguration.class)
@ConditionalOnCostwise
@ConditionalOnClass(name = { "ai.onnxruntime.OrtSession", "ai.djl.huggingface.tokenizers.HuggingFaceTokenizer" })
@ConditionalOnBooleanProperty(name = "costwise.embedding.enabled", matchIfMissing = true)
@ConditionalOnMissingBean(TextEncoder.class)
@EnableConfigurationProperties(EmbeddingProperties.class)
public final class EmbeddingAutoConfiguration {

	@Bean
	EncoderWarmUp costwiseEncoderWarmUp(EmbeddingProperties properties, EncodingProperties encoding,
			ObjectProvider<Background> background) {
		OnnxTextEncoder.checkPlatform();
		return new EncoderWarmUp(new OnnxTextEncoder(properties.settings(encoding.multilingual()),
				background.getIfAvailable(() -> new Background(new Faults()))), properties.warmUp());
	}

	@Bean
	TextEncoder costwiseTextEncoder(EncoderWarmUp warmUp, EncodingProperties properties) {
		return properties.remembering(warmUp.encoder());
	}

}

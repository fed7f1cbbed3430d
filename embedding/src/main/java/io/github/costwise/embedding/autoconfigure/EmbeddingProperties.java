package io.github.costwise.embedding.autoconfigure;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

import io.github.costwise.embedding.OnnxSettings;
import io.github.costwise.embedding.Pooling;

/**
 * Properties of encoding in process.
 *
 * @param enabled Whether text is encoded in process.
 * @param model ONNX model that encodes text.
 * @param tokenizer Tokenizer of the model, a tokenizer.json of Hugging Face.
 * @param maxTokens Number of tokens of a text that are read. What follows is cut off.
 * @param pooling How the vectors of tokens become the vector of their text.
 * @param threads Number of texts that may be encoded at the same time. Zero means one for
 * each processor.
 * @param batchSize Number of texts of a list that go through the model together. Above
 * one, vectors of dynamically quantised models depend on their neighbours.
 * @param warmUp Whether the model is loaded in the background once the application is
 * ready, instead of when the first text comes.
 * @param nativeFolder Folder that native libraries are unpacked to.
 */
@ConfigurationProperties("costwise.embedding")
record EmbeddingProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("classpath:" + OnnxSettings.MODEL) Resource model,
		@DefaultValue("classpath:" + OnnxSettings.TOKENIZER) Resource tokenizer, @DefaultValue("256") int maxTokens,
		@DefaultValue("mean") Pooling pooling, @DefaultValue("0") int threads, @DefaultValue("1") int batchSize,
		@DefaultValue("true") boolean warmUp, @Nullable Path nativeFolder) {

	OnnxSettings settings(boolean multilingual) {
		return new OnnxSettings(this.model, this.tokenizer, this.maxTokens, this.pooling,
				(this.threads != 0) ? this.threads : Runtime.getRuntime().availableProcessors(), this.batchSize,
				this.nativeFolder, multilingual);
	}

}

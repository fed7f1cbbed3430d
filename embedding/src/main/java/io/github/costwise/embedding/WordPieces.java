package io.github.costwise.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;

/** Cuts text into the tokens of a model. Thread-safe. */
final class WordPieces implements AutoCloseable {

	private final HuggingFaceTokenizer tokenizer;

	private WordPieces(HuggingFaceTokenizer tokenizer) {
		this.tokenizer = tokenizer;
	}

	/** Padding and truncation of the file itself do not count. */
	static WordPieces load(OnnxSettings settings) throws IOException {
		String length = Integer.toString(settings.maxTokens());
		Map<String, String> options = Map.of("padding", "false", "truncation", "true", "maxLength", length,
				"modelMaxLength", length);
		try (InputStream in = settings.tokenizer().getInputStream()) {
			return new WordPieces(HuggingFaceTokenizer.newInstance(in, options));
		}
	}

	long[] of(String text) {
		return this.tokenizer.encode(text).getIds();
	}

	@Override
	public void close() {
		this.tokenizer.close();
	}

}

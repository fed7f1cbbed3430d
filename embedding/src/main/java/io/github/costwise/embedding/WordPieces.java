package io.github.costwise.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;

/** Cuts text into the tokens of a model. Thread-safe. */
final class WordPieces implements AutoCloseable {

	/** A letter of no language that any tokenizer takes for one. */
	private static final String FOREIGN = "\ud800\udf80";

	private static final long NONE = -1;

	private final HuggingFaceTokenizer tokenizer;

	/** Stands for what the model does not know, unless it has no such token. */
	private final long unknown;

	private WordPieces(HuggingFaceTokenizer tokenizer) {
		this.tokenizer = tokenizer;
		long[] ids = tokenizer.encode(FOREIGN, false, false).getIds();
		this.unknown = (ids.length == 1) ? ids[0] : NONE;
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

	/**
	 * Returns how much of a text its tokens stand for.
	 * @return the share of its letters, 0 if a part of it is in no known token
	 */
	double known(String text) {
		Encoding encoding = this.tokenizer.encode(text);
		long[] ids = encoding.getIds();
		String[] tokens = encoding.getTokens();
		CharSpan[] spans = encoding.getCharTokenSpans();
		TokenCoverage reading = new TokenCoverage(text);
		for (int i = 0; i < ids.length; i++) {
			if (ids[i] == this.unknown) {
				return 0;
			}
			if (spans[i] != null) {
				reading.add(tokens[i], spans[i].getStart(), spans[i].getEnd());
			}
		}
		return encoding.exceedMaxLength() ? 0 : reading.known();
	}

	@Override
	public void close() {
		this.tokenizer.close();
	}

}

package io.github.costwise.embedding;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

import io.github.costwise.CostwiseConfigurationException;

/**
 * What an {@link OnnxTextEncoder} is made of. Immutable.
 *
 * @param model ONNX model with the inputs input_ids and attention_mask, optionally
 * token_type_ids, and a first output of token vectors or of text vectors
 * @param tokenizer its tokenizer.json, in the format of Hugging Face
 * @param maxTokens tokens of a text that are read, special ones included, 3 to 8192; what
 * follows is cut off
 * @param pooling how token vectors become a text's vector
 * @param threads how many texts may be encoded at the same time, at least 1
 * @param batchSize how many texts of a list to encode in one run of the model, at least 1
 * @param nativeFolder where native libraries are unpacked, or {@code null} for the
 * libraries' own choice
 * @param multilingual whether the model was made for texts of any language
 * @since 0.1.0
 */
public record OnnxSettings(Resource model, Resource tokenizer, int maxTokens, Pooling pooling, int threads,
		int batchSize, @Nullable Path nativeFolder, boolean multilingual) {

	/** Location of all-MiniLM-L6-v2 on the class path. */
	public static final String MODEL = "all-minilm-l6-v2-q.onnx";

	/** Location of the tokenizer of all-MiniLM-L6-v2 on the class path. */
	public static final String TOKENIZER = "all-minilm-l6-v2-q-tokenizer.json";

	/**
	 * Checks the settings.
	 * @throws CostwiseConfigurationException if a number is out of range, a file is
	 * missing, or the model is said to read languages that it does not
	 */
	public OnnxSettings {
		inRange("max-tokens", maxTokens, 3, 8192);
		inRange("threads", threads, 1, 1024);
		inRange("batch-size", batchSize, 1, 256);
		exists("model", model);
		exists("tokenizer", tokenizer);
		if (multilingual && model instanceof ClassPathResource file && file.getPath().equals(MODEL)) {
			throw new CostwiseConfigurationException(
					"The property 'costwise.embedding.multilingual' is true, but all-MiniLM-L6-v2 reads English.",
					"Remove it, or set 'costwise.embedding.model' and 'costwise.embedding.tokenizer' to a model that "
							+ "was made for your languages.");
		}
	}

	/**
	 * Returns settings for all-MiniLM-L6-v2, quantised to 8 bits: 384 elements, 256
	 * tokens as it was trained, one thread a processor.
	 * @return the default settings
	 */
	public static OnnxSettings miniLm() {
		return new OnnxSettings(new ClassPathResource(MODEL), new ClassPathResource(TOKENIZER), 256, Pooling.MEAN,
				Runtime.getRuntime().availableProcessors(), 1, null, false);
	}

	private static void inRange(String property, int value, int least, int most) {
		if (value < least || value > most) {
			throw new CostwiseConfigurationException(
					"The property 'costwise.embedding." + property + "' is " + value + ".",
					"Set it to a number from " + least + " to " + most + ".");
		}
	}

	private static void exists(String property, Resource resource) {
		if (!resource.exists()) {
			throw new CostwiseConfigurationException(
					"The file that the property 'costwise.embedding." + property + "' names cannot be found: "
							+ resource.getDescription() + ".",
					"Set 'costwise.embedding.model' and 'costwise.embedding.tokenizer' to the model and to its own "
							+ "tokenizer.json (file:, classpath: or a URL), or remove both to use all-MiniLM-L6-v2, "
							+ "which costwise-embedding brings.");
		}
	}

}

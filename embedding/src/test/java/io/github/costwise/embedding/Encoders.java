package io.github.costwise.embedding;

import java.util.List;

import org.springframework.core.io.Resource;

import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;

/** Texts, and one encoder of the default model for all tests. */
final class Encoders {

	static final List<String> TEXTS = List.of("How do I reset my password?", "What are the steps to reset my password?",
			"How do I enable two-factor authentication?", "How do I disable two-factor authentication?",
			"What is the capital of France?", "What is the capital of Germany?", "Convert 100 USD to EUR",
			"Convert 200 USD to EUR", "Is aspirin safe during pregnancy?", "Is aspirin not safe during pregnancy?");

	private static final OnnxTextEncoder SHARED = new OnnxTextEncoder(OnnxSettings.miniLm(),
			new Background(new Faults()));

	private Encoders() {
	}

	static OnnxTextEncoder shared() {
		return SHARED;
	}

	static OnnxSettings with(Resource model, Resource tokenizer) {
		OnnxSettings standard = OnnxSettings.miniLm();
		return new OnnxSettings(model, tokenizer, standard.maxTokens(), standard.pooling(), standard.threads(),
				standard.batchSize(), null, false);
	}

	static OnnxSettings with(int maxTokens, Pooling pooling, int threads, int batchSize) {
		OnnxSettings standard = OnnxSettings.miniLm();
		return new OnnxSettings(standard.model(), standard.tokenizer(), maxTokens, pooling, threads, batchSize, null,
				false);
	}

	static double cosine(float[] a, float[] b) {
		double sum = 0;
		for (int i = 0; i < a.length; i++) {
			sum += (double) a[i] * b[i];
		}
		return sum;
	}

}

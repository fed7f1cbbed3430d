package io.github.costwise.accounting.usage;

/** Ollama: prompt and output, nothing cached is reported and nothing is billed. */
final class OllamaNormalizer extends BodyNormalizer {

	OllamaNormalizer() {
		super(Shape.OLLAMA);
	}

	@Override
	void collect(Body body, Buckets buckets) {
		buckets.prompt(buckets.count(body.fields(), Field.PROMPT_EVAL_COUNT), Modalities.UNKNOWN, CacheCounts.of(0, 0));
		buckets.output(buckets.count(body.fields(), Field.EVAL_COUNT), 0, Modalities.UNKNOWN);
	}

}

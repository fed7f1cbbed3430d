package io.github.costwise.accounting.usage;

import io.github.costwise.model.BilledUnit;

/** Cohere: what is billed stands apart from what the model processed. */
final class CohereNormalizer extends BodyNormalizer {

	CohereNormalizer() {
		super(Shape.COHERE);
	}

	@Override
	void collect(Body body, Buckets buckets) {
		UsageFields billed = body.fields().child(Field.BILLED_UNITS);
		buckets.prompt(buckets.count(billed, Field.INPUT_TOKENS), Modalities.UNKNOWN, CacheCounts.of(0, 0));
		buckets.output(buckets.count(billed, Field.OUTPUT_TOKENS), 0, Modalities.UNKNOWN);
		buckets.add(BilledUnit.WEB_SEARCH, buckets.count(billed, Field.SEARCH_UNITS));
	}

}

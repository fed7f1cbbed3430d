package io.github.costwise.accounting.usage;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.PriceReason;

/**
 * OpenAI's chat, Responses, image and embedding APIs, and those compatible with them. The
 * prompt includes what was read from and written to the cache, and the completion
 * includes reasoning, unless the total shows that they come on top. A cost in the body
 * (OpenRouter, Perplexity, xAI) is the amount that the provider charges.
 */
final class OpenAiNormalizer extends BodyNormalizer {

	private static final Set<String> GOOGLE = Set.of("google", "vertex_ai");

	OpenAiNormalizer() {
		super(Shape.OPENAI);
	}

	@Override
	void collect(Body body, Buckets buckets) {
		UsageFields fields = body.fields();
		long prompt = buckets.countOr(body.usage().getPromptTokens(), fields, Field.PROMPT_TOKENS, Field.INPUT_TOKENS);
		UsageFields details = fields.child(Field.PROMPT_TOKENS_DETAILS, Field.INPUT_TOKENS_DETAILS,
				Field.INPUT_TOKEN_DETAILS);
		boolean hour = body.context().oneHourCacheWrites() && Shape.isCacheApart(body.context());
		CacheCounts cache = new CacheFields(fields, details, buckets)
			.counts(modalities(details.child(Field.CACHED_TOKENS_DETAILS), buckets), hour);
		UsageFields written = fields.child(Field.COMPLETION_TOKENS_DETAILS, Field.OUTPUT_TOKENS_DETAILS,
				Field.OUTPUT_TOKEN_DETAILS);
		Totals totals = totals(body, prompt, cache, written, buckets);
		if (totals.contradicts() && (cache.total() > 0 || totals.rest() > 0)) {
			buckets.assume(PriceReason.TOTAL_MISMATCH);
		}
		buckets.prompt(totals.isCacheApart() ? prompt + cache.total() : prompt, modalities(details, buckets), cache);
		output(body.context().provider(), totals, modalities(written, buckets), buckets);
		buckets.add(BilledUnit.WEB_SEARCH, searches(fields, buckets));
		buckets.tier(ServiceTiers.of(fields.text(Field.SERVICE_TIER)));
		if (Iterations.areSeveral(fields, body.context().model())) {
			buckets.assume(PriceReason.ROUNDS_SUMMED);
		}
		ReportedCosts.take(fields, body.context().provider(), totals.prompt() + totals.completion() > 0, buckets);
	}

	private static Totals totals(Body body, long prompt, CacheCounts cache, UsageFields written, Buckets buckets) {
		UsageFields fields = body.fields();
		long completion = buckets.countOr(body.usage().getCompletionTokens(), fields, Field.COMPLETION_TOKENS,
				Field.OUTPUT_TOKENS);
		long reasoning = buckets.count(written.has(Field.REASONING_TOKENS) ? written : fields, Field.REASONING_TOKENS);
		return new Totals(prompt, completion, buckets.count(fields, Field.TOTAL_TOKENS), cache.total(), reasoning);
	}

	private static Modalities modalities(UsageFields details, Buckets buckets) {
		if (details == UsageFields.NONE) {
			return Modalities.UNKNOWN;
		}
		return new Modalities(buckets.count(details, Field.AUDIO_TOKENS), buckets.count(details, Field.IMAGE_TOKENS),
				buckets.count(details, Field.VIDEO_TOKENS), true);
	}

	private static void output(String provider, Totals totals, Modalities all, Buckets buckets) {
		long onTop = onTop(provider, totals, buckets);
		buckets.output(totals.completion() + onTop, Math.max(totals.reasoning(), onTop), all);
	}

	/** Returns the reasoning that the completion leaves out: the total is the judge. */
	private static long onTop(String provider, Totals totals, Buckets buckets) {
		long reasoning = totals.reasoning();
		if (totals.saysReasoningIsApart()) {
			return reasoning;
		}
		if (reasoning > totals.completion() || reasoning > 0 && totals.total() == 0 && provider.equals("xai")) {
			buckets.assume(PriceReason.REASONING_UNTOLD);
			return reasoning;
		}
		if (reasoning == 0 && !totals.isCacheApart() && totals.rest() > 0 && GOOGLE.contains(provider)) {
			buckets.assume(PriceReason.REASONING_UNTOLD);
			return totals.rest();
		}
		return 0;
	}

	private static long searches(UsageFields fields, Buckets buckets) {
		UsageFields tools = fields.child(Field.SERVER_TOOL_USE);
		UsageFields apart = fields.child(Field.SERVER_SIDE_TOOL_USAGE_DETAILS);
		return buckets.count(tools.has(Field.WEB_SEARCH_REQUESTS) ? tools : fields, Field.WEB_SEARCH_REQUESTS,
				Field.NUM_SEARCH_QUERIES) + buckets.count(apart, Field.WEB_SEARCH_CALLS)
				+ buckets.count(apart, Field.X_SEARCH_CALLS);
	}

	/**
	 * Spring AI gives each chunk of a stream without usage a body of three zeros: a usage
	 * without anything else in it was not sent by the provider.
	 */
	@Override
	boolean isAbsent(Body body) {
		UsageFields fields = body.fields();
		return body.context().streamed() && !(fields instanceof MapFields) && !fields.has(Field.PROMPT_TOKENS_DETAILS)
				&& !fields.has(Field.COMPLETION_TOKENS_DETAILS) && fields.number(Field.PROMPT_TOKENS) == 0
				&& fields.number(Field.COMPLETION_TOKENS) == 0 && fields.number(Field.TOTAL_TOKENS) == 0;
	}

}

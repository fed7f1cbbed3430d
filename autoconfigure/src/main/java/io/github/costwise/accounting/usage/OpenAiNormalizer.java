package io.github.costwise.accounting.usage;

import java.math.BigDecimal;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.pricing.BilledUnit;

/**
 * OpenAI's chat, Responses, image and embedding APIs, and those compatible with them. The
 * prompt includes what was read from and written to the cache, and the completion
 * includes reasoning, unless the total shows that reasoning comes on top (xAI). Cached
 * tokens come under the names of DeepSeek, Mistral, Together and Moonshot too. A cost in
 * the body (OpenRouter, Perplexity, xAI) is the amount that the provider charges.
 */
final class OpenAiNormalizer extends BodyNormalizer {

	private static final Set<String> GOOGLE = Set.of("google", "vertex_ai");

	private static final int TICKS_PER_USD_EXPONENT = 10;

	OpenAiNormalizer() {
		super(Shape.OPENAI);
	}

	@Override
	void collect(Body body, Buckets buckets) {
		UsageFields fields = body.fields();
		long prompt = buckets.countOr(body.usage().getPromptTokens(), fields, Field.PROMPT_TOKENS, Field.INPUT_TOKENS);
		UsageFields details = fields.child(Field.PROMPT_TOKENS_DETAILS, Field.INPUT_TOKENS_DETAILS,
				Field.INPUT_TOKEN_DETAILS);
		buckets.prompt(prompt, modalities(details, buckets), cache(fields, details, buckets));
		output(body, prompt, buckets);
		buckets.add(BilledUnit.WEB_SEARCH, searches(fields, buckets));
		buckets.tier(ServiceTiers.of(fields.text(Field.SERVICE_TIER)));
		buckets.cost(cost(fields));
	}

	private static CacheCounts cache(UsageFields fields, UsageFields details, Buckets buckets) {
		long read = Math.max(buckets.count(details, Field.CACHED_TOKENS),
				buckets.count(fields, Field.PROMPT_CACHE_HIT_TOKENS, Field.NUM_CACHED_TOKENS, Field.CACHED_TOKENS,
						Field.CACHED_PROMPT_TEXT_TOKENS));
		long write = buckets.count(details, Field.CACHE_WRITE_TOKENS, Field.CACHE_CREATION_TOKENS);
		return new CacheCounts(read, modalities(details.child(Field.CACHED_TOKENS_DETAILS), buckets), write, 0);
	}

	private static Modalities modalities(UsageFields details, Buckets buckets) {
		if (details == UsageFields.NONE) {
			return Modalities.UNKNOWN;
		}
		return new Modalities(buckets.count(details, Field.AUDIO_TOKENS), buckets.count(details, Field.IMAGE_TOKENS),
				buckets.count(details, Field.VIDEO_TOKENS), true);
	}

	private static void output(Body body, long prompt, Buckets buckets) {
		UsageFields fields = body.fields();
		long completion = buckets.countOr(body.usage().getCompletionTokens(), fields, Field.COMPLETION_TOKENS,
				Field.OUTPUT_TOKENS);
		long total = buckets.count(fields, Field.TOTAL_TOKENS);
		UsageFields details = fields.child(Field.COMPLETION_TOKENS_DETAILS, Field.OUTPUT_TOKENS_DETAILS,
				Field.OUTPUT_TOKEN_DETAILS);
		long reasoning = buckets.count(details.has(Field.REASONING_TOKENS) ? details : fields, Field.REASONING_TOKENS);
		long onTop = onTop(body.context().provider(), new Counts(prompt, completion, total, reasoning), buckets);
		buckets.output(completion + onTop, Math.max(reasoning, onTop), modalities(details, buckets));
	}

	/** Returns the reasoning that the completion leaves out: the total is the judge. */
	private static long onTop(String provider, Counts counts, Buckets buckets) {
		long reasoning = counts.reasoning();
		if (reasoning > 0 && counts.rest() == reasoning) {
			return reasoning;
		}
		if (reasoning > counts.completion() || reasoning > 0 && counts.total() == 0 && provider.equals("xai")) {
			buckets.assume("reasoning comes on top of the completion");
			return reasoning;
		}
		if (reasoning == 0 && counts.rest() > 0 && GOOGLE.contains(provider)) {
			buckets.assume("tokens of the total that are neither prompt nor completion are thoughts");
			return counts.rest();
		}
		return 0;
	}

	private static long searches(UsageFields fields, Buckets buckets) {
		UsageFields tools = fields.child(Field.SERVER_TOOL_USE);
		return buckets.count(tools.has(Field.WEB_SEARCH_REQUESTS) ? tools : fields, Field.WEB_SEARCH_REQUESTS,
				Field.NUM_SEARCH_QUERIES);
	}

	private static @Nullable BigDecimal cost(UsageFields fields) {
		BigDecimal ticks = fields.decimal(Field.COST_IN_USD_TICKS);
		if (ticks != null) {
			return ticks.movePointLeft(TICKS_PER_USD_EXPONENT);
		}
		BigDecimal cost = fields.decimal(Field.COST);
		if (cost == null) {
			return fields.child(Field.COST).decimal(Field.TOTAL_COST);
		}
		BigDecimal upstream = "true".equals(fields.text(Field.IS_BYOK))
				? fields.child(Field.COST_DETAILS).decimal(Field.UPSTREAM_INFERENCE_COST) : null;
		return (upstream != null) ? cost.add(upstream) : cost;
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

	private record Counts(long prompt, long completion, long total, long reasoning) {

		long rest() {
			return this.total - this.prompt - this.completion;
		}

	}

}

package io.github.costwise.accounting.usage;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;

import io.github.costwise.model.PriceReason;
import io.github.costwise.spi.UsageNormalizer;

/**
 * Any usage, by Spring AI's common interface alone. Zeros without anything native mean
 * that nothing was reported: that is what {@code EmptyUsage} and the chunks of a stream
 * before the last look like.
 */
final class CommonNormalizer implements UsageNormalizer {

	@Override
	public boolean supports(Usage usage, UsageContext context) {
		return true;
	}

	@Override
	public NormalizedUsage normalize(Usage usage, UsageContext context) {
		Buckets buckets = new Buckets();
		UsageFields fields = fields(usage);
		long prompt = buckets.count(fields, Field.PROMPT_TOKENS);
		long completion = buckets.count(fields, Field.COMPLETION_TOKENS);
		long total = buckets.count(fields, Field.TOTAL_TOKENS);
		CacheCounts cache = CacheCounts.of(buckets.count(fields, Field.CACHE_READ_INPUT_TOKENS),
				buckets.count(fields, Field.CACHE_WRITE_INPUT_TOKENS));
		if (prompt + completion + total + cache.total() == 0) {
			return Buckets.ABSENT;
		}
		boolean apart = Shape.isCacheApart(context);
		notes(context, cache, buckets);
		buckets.prompt(apart ? prompt + cache.total() : prompt, Modalities.UNKNOWN, lifetime(cache, context));
		long thoughts = isGoogle(context) ? Math.max(0, total - prompt - completion) : 0;
		if (thoughts > 0) {
			buckets.assume(PriceReason.REASONING_UNTOLD);
		}
		buckets.output(completion + thoughts, thoughts, Modalities.UNKNOWN);
		return buckets.build();
	}

	private static void notes(UsageContext context, CacheCounts cache, Buckets buckets) {
		if (cache.total() > 0) {
			buckets.assume(PriceReason.CACHE_UNTOLD);
		}
		else if (!context.provider().equals("ollama")) {
			buckets.note(PriceReason.DETAILS_DROPPED);
		}
	}

	private static CacheCounts lifetime(CacheCounts cache, UsageContext context) {
		return context.oneHourCacheWrites() ? new CacheCounts(cache.read(), cache.readBy(), 0, cache.write5m()) : cache;
	}

	private static boolean isGoogle(UsageContext context) {
		return context.provider().equals("google") || context.provider().equals("vertex_ai");
	}

	private static UsageFields fields(Usage usage) {
		return (field) -> value(usage, field);
	}

	private static @Nullable Object value(Usage usage, Field field) {
		return switch (field) {
			case PROMPT_TOKENS -> usage.getPromptTokens();
			case COMPLETION_TOKENS -> usage.getCompletionTokens();
			case TOTAL_TOKENS -> usage.getTotalTokens();
			case CACHE_READ_INPUT_TOKENS -> usage.getCacheReadInputTokens();
			case CACHE_WRITE_INPUT_TOKENS -> usage.getCacheWriteInputTokens();
			default -> null;
		};
	}

}

package io.github.costwise.accounting.usage;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.PriceReason;

/**
 * Gemini. The prompt includes cached tokens; results of the provider's own tools are
 * input on top of it; thoughts are output on top of the candidates. Documents count as
 * images, which is how Gemini reads them.
 */
final class GoogleNormalizer extends BodyNormalizer {

	GoogleNormalizer() {
		super(Shape.GOOGLE);
	}

	@Override
	void collect(Body body, Buckets buckets) {
		UsageFields fields = body.fields();
		long prompt = buckets.count(fields, Field.PROMPT_TOKEN_COUNT)
				+ buckets.count(fields, Field.TOOL_USE_PROMPT_TOKEN_COUNT);
		Modalities all = modalities(fields, Field.PROMPT_TOKENS_DETAILS, buckets)
			.plus(modalities(fields, Field.TOOL_USE_PROMPT_TOKENS_DETAILS, buckets));
		Modalities cached = modalities(fields, Field.CACHE_TOKENS_DETAILS, buckets);
		buckets.prompt(prompt, all,
				new CacheCounts(buckets.count(fields, Field.CACHED_CONTENT_TOKEN_COUNT), cached, 0, 0));
		output(fields, prompt, buckets);
		tier(fields, buckets);
	}

	/** What only the total has was thought. */
	private static void output(UsageFields fields, long prompt, Buckets buckets) {
		long candidates = buckets.count(fields, Field.CANDIDATES_TOKEN_COUNT, Field.RESPONSE_TOKEN_COUNT);
		long told = buckets.count(fields, Field.THOUGHTS_TOKEN_COUNT);
		long untold = Math.max(0, buckets.count(fields, Field.TOTAL_TOKEN_COUNT) - prompt - candidates - told);
		if (untold > 0) {
			buckets.assume(PriceReason.REASONING_UNTOLD);
		}
		long thoughts = told + untold;
		Modalities all = modalities(fields, fields.has(Field.CANDIDATES_TOKENS_DETAILS)
				? Field.CANDIDATES_TOKENS_DETAILS : Field.RESPONSE_TOKENS_DETAILS, buckets);
		buckets.output(candidates + thoughts, thoughts, all);
	}

	private static Modalities modalities(UsageFields fields, Field list, Buckets buckets) {
		List<UsageFields> counts = fields.children(list);
		long[] sums = new long[3];
		for (UsageFields count : counts) {
			int kind = kind(count.text(Field.MODALITY));
			if (kind >= 0) {
				sums[kind] += buckets.count(count, Field.TOKEN_COUNT);
			}
		}
		return new Modalities(sums[0], sums[1], sums[2], !counts.isEmpty());
	}

	private static int kind(@Nullable String modality) {
		return switch ((modality != null) ? modality.toUpperCase(Locale.ROOT) : "") {
			case "AUDIO" -> 0;
			case "IMAGE", "DOCUMENT" -> 1;
			case "VIDEO" -> 2;
			default -> -1;
		};
	}

	private static void tier(UsageFields fields, Buckets buckets) {
		String tier = fields.text(Field.SERVICE_TIER);
		String traffic = (tier != null) ? tier : fields.text(Field.TRAFFIC_TYPE);
		buckets.tier(ServiceTiers.of(traffic));
		if (traffic != null && traffic.toUpperCase(Locale.ROOT).startsWith("PROVISIONED")) {
			buckets.note(PriceReason.SURCHARGE_UNPRICED);
		}
	}

}

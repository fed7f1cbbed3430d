package io.github.costwise.accounting.usage;

import java.util.ArrayList;
import java.util.List;

import org.springframework.ai.chat.metadata.EmptyUsage;
import org.springframework.ai.chat.metadata.Usage;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.PriceReason;
import io.github.costwise.text.ShortText;
import io.github.costwise.text.TextPattern;

/**
 * Anthropic's Messages API and Bedrock's Converse API. The input leaves out what was read
 * from and written to the cache; the output includes thinking. Where the lifetimes of the
 * writes are not told (streams of Spring AI 2.0, older Bedrock clients), the request
 * tells.
 */
final class AnthropicNormalizer extends BodyNormalizer {

	private static final TextPattern NO_DIGIT = TextPattern.of("\\D");

	AnthropicNormalizer() {
		super(Shape.ANTHROPIC);
	}

	@Override
	void collect(Body body, Buckets buckets) {
		UsageFields fields = body.fields();
		long input = input(body, buckets);
		Iterations rounds = Iterations.of(fields, input, body.context().model());
		if (rounds.isTotalOfOthersToo()) {
			rounds.inside().forEach((round) -> collect(round, body.context(), buckets));
		}
		else {
			collect(fields, input, body, buckets);
		}
		rounds.beside().forEach((round) -> collect(round, body.context(), buckets));
		if (rounds.isSummed()) {
			buckets.assume(PriceReason.ROUNDS_SUMMED);
		}
		buckets.add(BilledUnit.WEB_SEARCH, searches(fields, buckets));
		buckets.tier(ServiceTiers.of(fields.text(Field.SERVICE_TIER)));
		surcharges(fields, buckets);
		ReportedCosts.take(fields, body.context().provider(), buckets.isAny(), buckets);
	}

	/** Returns the rounds of an answer that are priced one by one. */
	UsageRounds rounds(Usage usage, UsageContext context) {
		UsageFields fields = NativeViews.view(usage.getNativeUsage());
		if (fields == null || !fields.has(Field.ITERATIONS)) {
			return UsageRounds.NONE;
		}
		Buckets fees = new Buckets();
		Iterations rounds = Iterations.of(fields, input(new Body(fields, usage, context), fees), context.model());
		List<NormalizedUsage> own = new ArrayList<>();
		if (rounds.explained() && !rounds.own().isEmpty()) {
			rounds.own().forEach((round) -> own.add(round(round, context)));
			fees.add(BilledUnit.WEB_SEARCH, searches(fields, fees));
			own.add(fees.build());
		}
		List<UsageRounds.OtherModel> others = rounds.others()
			.stream()
			.map((round) -> new UsageRounds.OtherModel(ShortText.ofModel(String.valueOf(round.text(Field.MODEL))),
					round(round, context)))
			.toList();
		return new UsageRounds(own, others);
	}

	private static NormalizedUsage round(UsageFields round, UsageContext context) {
		Buckets buckets = new Buckets();
		collect(round, context, buckets);
		return buckets.build();
	}

	private static void collect(UsageFields round, UsageContext context, Buckets buckets) {
		Body body = new Body(round, new EmptyUsage(), context);
		collect(round, buckets.count(round, Field.INPUT_TOKENS), body, buckets);
	}

	private static long searches(UsageFields fields, Buckets buckets) {
		return buckets.count(fields.child(Field.SERVER_TOOL_USE), Field.WEB_SEARCH_REQUESTS);
	}

	private static void collect(UsageFields fields, long input, Body body, Buckets buckets) {
		CacheCounts cache = cache(fields, body, buckets);
		buckets.prompt(input + cache.total(), Modalities.UNKNOWN, cache);
		long thinking = buckets.count(fields.child(Field.OUTPUT_TOKENS_DETAILS), Field.THINKING_TOKENS);
		buckets.output(buckets.countOr(body.usage().getCompletionTokens(), fields, Field.OUTPUT_TOKENS), thinking,
				Modalities.UNKNOWN);
	}

	/** In a stream the client keeps the input count of the start and hands it on. */
	private static long input(Body body, Buckets buckets) {
		long reported = buckets.countOr(body.usage().getPromptTokens(), body.fields(), Field.INPUT_TOKENS);
		Integer kept = body.context().streamed() ? body.usage().getPromptTokens() : null;
		return (kept != null) ? Math.max(reported, kept) : reported;
	}

	private static CacheCounts cache(UsageFields fields, Body body, Buckets buckets) {
		long read = buckets.countOr(body.usage().getCacheReadInputTokens(), fields, Field.CACHE_READ_INPUT_TOKENS,
				Field.CACHE_READ_INPUT_TOKEN_COUNT);
		long written = buckets.countOr(body.usage().getCacheWriteInputTokens(), fields,
				Field.CACHE_CREATION_INPUT_TOKENS, Field.CACHE_WRITE_INPUT_TOKENS, Field.CACHE_WRITE_INPUT_TOKEN_COUNT);
		UsageFields lifetimes = fields.child(Field.CACHE_CREATION);
		List<UsageFields> details = fields.children(Field.CACHE_DETAILS);
		long write5m = buckets.count(lifetimes, Field.EPHEMERAL_5M_INPUT_TOKENS) + sum(details, "5", buckets);
		long write1h = buckets.count(lifetimes, Field.EPHEMERAL_1H_INPUT_TOKENS) + sum(details, "1", buckets);
		long untold = written - write5m - write1h;
		if (untold != 0 && written > 0) {
			buckets.assume(PriceReason.CACHE_UNTOLD);
		}
		boolean hour = body.context().oneHourCacheWrites();
		long rest = Math.max(0, untold);
		return new CacheCounts(read, Modalities.UNKNOWN, write5m + (hour ? 0 : rest), write1h + (hour ? rest : 0));
	}

	private static long sum(List<UsageFields> details, String lifetime, Buckets buckets) {
		long sum = 0;
		for (UsageFields detail : details) {
			String ttl = detail.text(Field.TTL);
			if (ttl != null && NO_DIGIT.replaceAll(ttl, "").equals(lifetime)) {
				sum += buckets.count(detail, Field.INPUT_TOKENS);
			}
		}
		return sum;
	}

	private static void surcharges(UsageFields fields, Buckets buckets) {
		if ("fast".equalsIgnoreCase(fields.text(Field.SPEED))) {
			buckets.note(PriceReason.SURCHARGE_UNPRICED);
		}
		buckets.regional(Regions.isOwn(fields.text(Field.INFERENCE_GEO)));
	}

}

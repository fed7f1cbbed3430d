package io.github.costwise.pipeline;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.ChatOptions;

import io.github.costwise.accounting.usage.AskedClass;
import io.github.costwise.budget.CallBound;
import io.github.costwise.budget.LearntBounds;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.pricing.CostCalculator;
import io.github.costwise.pricing.PriceRequest;
import io.github.costwise.spi.BudgetStore.OutputRange;

/**
 * Finds the most that a call can use as it is sent: its input counted from above, at the
 * rates that it can reach, and the output tokens that it may ask for. Thread-safe.
 */
final class CallBounds {

	/** More than any model writes, where that of a model is not known. */
	private static final int LONGEST = 131_072;

	/** What most models accept as a limit, where that of a model is not known. */
	private static final int ACCEPTED = 16_384;

	/**
	 * Of what is free, a call that nobody limits holds a fiftieth, unless it needs more.
	 */
	private static final int SHARE = 50;

	private static final int EXACT_PERCENT = 100;

	private static final int ROUGH_PERCENT = 115;

	private static final long MILLION = 1_000_000;

	private final CallUsage usages;

	private final CostCalculator calculator;

	private final OutputCaps caps;

	private final LearntBounds learnt;

	private final Map<String, Integer> longest;

	CallBounds(CallUsage usages, CostCalculator calculator, OutputCaps caps, LearntBounds learnt,
			Map<String, Integer> longest) {
		this.usages = usages;
		this.calculator = calculator;
		this.caps = caps;
		this.learnt = learnt;
		this.longest = Map.copyOf(longest);
	}

	CallBound of(CallPlan plan, CallMeter meter) {
		ChatOptions options = plan.prompt().getOptions();
		AskedTerms terms = (options != null) ? this.caps.terms(options) : AskedTerms.NONE;
		meter.asks(terms);
		CallMeter.CallFacts call = meter.call();
		String model = call.requestedModel();
		String feature = meter.turn().attribution().feature();
		long counted = this.usages.promptTokens(plan.size(), plan.appended(), model);
		int percent = "openai".equals(call.provider()) ? EXACT_PERCENT : ROUGH_PERCENT;
		long input = this.learnt.input(model, counted, percent);
		PriceRequest request = new PriceRequest(new ModelId(call.provider(), model), call.startedAt(),
				(terms.tier() != null) ? terms.tier() : ServiceTier.STANDARD, meter.isRegional());
		long read = nanos(request, usage(input, BilledUnit.INPUT, 0));
		long written = nanos(request, TokenUsage.builder().add(written(terms), input).build());
		long fee = terms.searching() ? nanos(request, usage(input, BilledUnit.WEB_SEARCH, 1)) - read : 0;
		long cached = this.learnt.cached(feature, model, input);
		long most = Math.max(read, written);
		long likely = (cached > 0) ? nanos(request, usage(input - cached, BilledUnit.CACHE_READ, cached)) : most;
		int choices = (options != null) ? AskedClass.choices(options) : 1;
		return new CallBound(counted, input, most + fee, Math.min(most, likely) + fee,
				choices * perToken(request, input, read), range(plan, meter), choices, false);
	}

	/** The tokens of texts, as they are counted. */
	long tokens(List<String> texts) {
		return texts.stream().mapToLong(this.usages::textTokens).sum();
	}

	private static BilledUnit written(AskedTerms terms) {
		return terms.oneHourCache() ? BilledUnit.CACHE_WRITE_1H : BilledUnit.CACHE_WRITE_5M;
	}

	private static TokenUsage usage(long input, BilledUnit besides, long count) {
		return TokenUsage.builder().add(BilledUnit.INPUT, input).add(besides, count).build();
	}

	private long perToken(PriceRequest request, long input, long without) {
		long most = Math.max(nanos(request, usage(input, BilledUnit.OUTPUT, MILLION)),
				nanos(request, usage(input, BilledUnit.OUTPUT_REASONING, MILLION)));
		return (most - without + MILLION - 1) / MILLION;
	}

	private long nanos(PriceRequest request, TokenUsage usage) {
		Price price = this.calculator.price(request, usage);
		return (price.state() != PriceState.UNKNOWN) ? price.amount().nanos() : 0;
	}

	private OutputRange range(CallPlan plan, CallMeter meter) {
		CostTurn turn = meter.turn();
		String model = meter.call().requestedModel();
		String kind = CallBudgets.kind(turn.attribution().feature(), meter.call().purpose());
		ChatOptions options = plan.prompt().getOptions();
		Integer ofTurn = turn.limits().maxOutputTokens();
		Integer asked = least((options != null) ? this.caps.askedLimit(options) : null, ofTurn);
		Integer sent = least((options != null) ? this.caps.outputLimit(options) : null, ofTurn);
		Integer bounded = least(sent, known(plan.target(), model));
		int most = (bounded != null) ? bounded : LONGEST;
		int safe = (bounded != null) ? most : ACCEPTED;
		int thoughts = (options != null) ? this.caps.thinkingBudget(options) : 0;
		int useful = Math.max(this.learnt.output(kind, model), thoughts + 1);
		boolean firm = asked != null || this.learnt.isLearnt(kind, model);
		return new OutputRange(Math.min(most, useful), most, safe, (asked != null) ? 1 : SHARE, firm);
	}

	private @Nullable Integer known(@Nullable RouteTarget target, String model) {
		int told = (target != null) ? target.abilities().maxOutput() : Integer.MAX_VALUE;
		return (told < Integer.MAX_VALUE) ? Integer.valueOf(told) : this.longest.get(model);
	}

	private static @Nullable Integer least(@Nullable Integer one, @Nullable Integer other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return Math.min(one, other);
	}

}

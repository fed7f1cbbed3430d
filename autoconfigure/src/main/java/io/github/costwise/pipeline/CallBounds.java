package io.github.costwise.pipeline;

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

	CallBound of(CostTurn turn, CallPlan plan, CallMeter.CallFacts call, boolean regional) {
		String model = call.requestedModel();
		int percent = "openai".equals(call.provider()) ? EXACT_PERCENT : ROUGH_PERCENT;
		long counted = this.usages.promptTokens(plan.size(), plan.appended(), model);
		long input = this.learnt.input(model, counted, percent);
		ChatOptions options = plan.prompt().getOptions();
		ServiceTier tier = (options != null) ? AskedClass.tier(options) : null;
		boolean searching = options != null && AskedClass.isSearching(options);
		boolean elsewhere = regional || (options != null && AskedClass.isRegional(options));
		PriceRequest request = new PriceRequest(new ModelId(call.provider(), model), call.startedAt(),
				(tier != null) ? tier : ServiceTier.STANDARD, elsewhere);
		long fixed = Math.max(nanos(request, usage(BilledUnit.INPUT, input, searching)),
				nanos(request, usage(written(options), input, searching)));
		long cached = this.learnt.cached(turn.attribution().feature(), model, input);
		long likely = (cached > 0) ? Math.min(fixed, likely(request, input - cached, cached)) : fixed;
		int choices = (options != null) ? AskedClass.choices(options) : 1;
		return new CallBound(counted, input, fixed, likely, choices * perToken(request, input), range(turn, plan, call),
				choices, false);
	}

	private BilledUnit written(@Nullable ChatOptions options) {
		boolean hour = options != null && this.caps.asksForOneHourCache(options);
		return hour ? BilledUnit.CACHE_WRITE_1H : BilledUnit.CACHE_WRITE_5M;
	}

	private long likely(PriceRequest request, long uncached, long cached) {
		return nanos(request,
				TokenUsage.builder().add(BilledUnit.INPUT, uncached).add(BilledUnit.CACHE_READ, cached).build());
	}

	private static TokenUsage usage(BilledUnit unit, long count, boolean searching) {
		TokenUsage.UsageBuilder usage = TokenUsage.builder().add(unit, count);
		return (searching ? usage.add(BilledUnit.WEB_SEARCH, 1) : usage).build();
	}

	private long perToken(PriceRequest request, long input) {
		long without = nanos(request, usage(BilledUnit.INPUT, input, false));
		long most = 0;
		for (BilledUnit unit : new BilledUnit[] { BilledUnit.OUTPUT, BilledUnit.OUTPUT_REASONING }) {
			TokenUsage million = TokenUsage.builder().add(BilledUnit.INPUT, input).add(unit, MILLION).build();
			most = Math.max(most, nanos(request, million) - without);
		}
		return (most + MILLION - 1) / MILLION;
	}

	private long nanos(PriceRequest request, TokenUsage usage) {
		Price price = this.calculator.price(request, usage);
		return (price.state() != PriceState.UNKNOWN) ? price.amount().nanos() : 0;
	}

	private OutputRange range(CostTurn turn, CallPlan plan, CallMeter.CallFacts call) {
		String model = call.requestedModel();
		String kind = CallBudgets.kind(turn.attribution().feature(), call.purpose());
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

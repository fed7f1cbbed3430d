package io.github.costwise.pipeline;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.costwise.accounting.usage.UsageRounds;
import io.github.costwise.accounting.usage.UsageRounds.OtherModel;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.CallEnding;
import io.github.costwise.model.CallRecord.CallIdentity;
import io.github.costwise.model.CallRecord.CallTarget;
import io.github.costwise.model.CallRecord.CallTiming;
import io.github.costwise.model.CallRecord.SourcedUsage;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.pricing.CostCalculator;
import io.github.costwise.pricing.PriceRequest;
import io.github.costwise.pricing.PriceSum;
import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;

/**
 * Prices calls round by round: the price tier of each is its own, and that of another
 * model is a call of its own. Thread-safe.
 */
final class RoundPrices {

	private final CostCalculator calculator;

	RoundPrices(CostCalculator calculator) {
		this.calculator = calculator;
	}

	/**
	 * Prices a call.
	 * @param request what decides its rates
	 * @param used what it used; the amount that the provider reports of it wins
	 * @param rounds its rounds
	 */
	Price of(PriceRequest request, NormalizedUsage used, UsageRounds rounds) {
		if (used.providerCost() == null) {
			return listed(request, used, rounds);
		}
		Price reported = this.calculator.reported(used.providerCost(), request, used.usage());
		boolean doubted = used.reasons().contains(PriceReason.AMOUNT_DOUBTED);
		return doubted ? reported.because(PriceReason.AMOUNT_DOUBTED) : reported;
	}

	/**
	 * Prices a call by the catalogue, whatever its provider reports.
	 * @param request what decides its rates
	 * @param used what it used
	 * @param rounds its rounds
	 */
	Price listed(PriceRequest request, NormalizedUsage used, UsageRounds rounds) {
		List<NormalizedUsage> own = rounds.own();
		if (own.isEmpty()) {
			return this.calculator.price(request, used.usage(), used.reasons());
		}
		if (!isSum(used.usage(), own)) {
			return this.calculator.price(request, used.usage(), used.reasons()).because(PriceReason.ROUNDS_SUMMED);
		}
		return PriceSum
			.of(own.stream().map((round) -> this.calculator.price(request, round.usage(), both(used, round))).toList());
	}

	/** Something may have been added since, as for a stream that was cancelled. */
	private static boolean isSum(TokenUsage whole, List<NormalizedUsage> rounds) {
		long prompt = 0;
		long output = 0;
		for (NormalizedUsage round : rounds) {
			prompt += round.usage().promptTokens();
			output += round.usage().outputTokens();
		}
		return prompt == whole.promptTokens() && output == whole.outputTokens();
	}

	/**
	 * Returns the calls that rounds of other models are.
	 * @param call the call whose answer they were made for
	 * @param request what decides its rates
	 * @param used what it used
	 * @param rounds its rounds
	 */
	List<CallRecord> others(CallRecord call, PriceRequest request, NormalizedUsage used, UsageRounds rounds) {
		if (rounds.others().isEmpty() || used.providerCost() != null) {
			return List.of();
		}
		List<CallRecord> others = new ArrayList<>();
		for (OtherModel other : rounds.others()) {
			ModelId model = new ModelId(call.target().provider(), other.model());
			Price price = guarded(new PriceRequest(model, request.at(), request.tier(), request.regional()), used,
					other.used());
			others.add(record(call, other, price, call.id() + '.' + (others.size() + 1)));
		}
		return others;
	}

	/** One that cannot be priced must not lose the others. */
	private Price guarded(PriceRequest request, NormalizedUsage used, NormalizedUsage round) {
		try {
			return this.calculator.price(request, round.usage(), both(used, round));
		}
		catch (Throwable ex) {
			return Price.unknown("error", PriceReason.FAILED);
		}
	}

	private static CallRecord record(CallRecord call, OtherModel other, Price price, String id) {
		CallTiming timing = call.timing();
		CallTarget target = call.target();
		CallEnding ending = call.ending();
		return new CallRecord(new CallIdentity(id, call.turnId(), call.identity().round(), call.purpose()),
				new CallTiming(timing.startedAt(), timing.latency(), null, timing.streamed()),
				new CallTarget(target.operation(), target.provider(), other.model(), other.model(),
						target.serviceTier()),
				new SourcedUsage(other.used().usage(), other.used().source()), price,
				new CallEnding(ending.outcome(), ending.errorType(), List.of(), ending.coverage()), call.attribution(),
				call.versions());
	}

	private static Set<PriceReason> both(NormalizedUsage used, NormalizedUsage round) {
		Set<PriceReason> both = EnumSet.noneOf(PriceReason.class);
		both.addAll(used.reasons());
		both.addAll(round.reasons());
		return both;
	}

}

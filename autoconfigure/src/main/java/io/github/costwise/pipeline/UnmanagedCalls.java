package io.github.costwise.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;

import io.github.costwise.Attribution;
import io.github.costwise.CostScope;
import io.github.costwise.accounting.usage.UsageNormalizers;
import io.github.costwise.accounting.usage.UsageRounds;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.CallEnding;
import io.github.costwise.model.CallRecord.CallIdentity;
import io.github.costwise.model.CallRecord.CallTarget;
import io.github.costwise.model.CallRecord.CallTiming;
import io.github.costwise.model.CallRecord.Coverage;
import io.github.costwise.model.CallRecord.Operation;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.CallRecord.SourcedUsage;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.model.Versions;
import io.github.costwise.pricing.CostCalculator;
import io.github.costwise.pricing.PriceRequest;
import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;
import io.github.costwise.spi.UsageNormalizer.UsageContext;
import io.github.costwise.text.ShortText;

/**
 * Accounts for calls that did not pass the advisors and were seen from outside: embedding
 * calls, and chat calls that a model was asked for directly. Thread-safe.
 *
 * @since 0.1.0
 */
public final class UnmanagedCalls {

	private final Ids ids = new Ids();

	private final CostAccountant accountant;

	private final UsageNormalizers normalizers;

	private final RoundPrices prices;

	private final Clock clock;

	/**
	 * Creates an instance.
	 * @param accountant receives the records
	 * @param normalizers read what providers report
	 * @param calculator prices it
	 * @param clock tells the time
	 */
	public UnmanagedCalls(CostAccountant accountant, UsageNormalizers normalizers, CostCalculator calculator,
			Clock clock) {
		this.accountant = accountant;
		this.normalizers = normalizers;
		this.prices = new RoundPrices(calculator);
		this.clock = clock;
	}

	/**
	 * Accounts for a call that has ended.
	 * @param seen what was seen of it
	 */
	public void account(Seen seen) {
		NormalizedUsage used = seen.terms().searching() ? CallUsage.searched(normalize(seen)) : normalize(seen);
		ServiceTier asked = (seen.terms().tier() != null) ? seen.terms().tier() : ServiceTier.STANDARD;
		ServiceTier serviceTier = (used.serviceTier() != null) ? used.serviceTier() : asked;
		UsageRounds rounds = (used.source() != UsageSource.NONE) ? this.normalizers.rounds(seen.usage(), context(seen))
				: UsageRounds.NONE;
		PriceRequest request = request(seen, used, serviceTier);
		Price price = price(seen, used, request, rounds);
		boolean embedding = seen.operation() == Operation.EMBEDDING;
		CostTurn own = embedding ? OwnWork.current() : null;
		CostScope scope = (own != null) ? own.innerScope() : seen.scope();
		CostTurn parent = (scope != null && scope.parent() instanceof CostTurn around) ? around : null;
		String id = this.ids.next();
		CallRecord call = new CallRecord(
				new CallIdentity(id, (parent != null) ? parent.id() : id, 1,
						embedding ? Purpose.EMBEDDING : Purpose.ANSWER),
				new CallTiming(this.clock.instant().minus(seen.latency()), seen.latency(), null, seen.streamed()),
				new CallTarget(seen.operation(), seen.provider(), seen.requestedModel(), seen.answeredModel(),
						serviceTier),
				new SourcedUsage(used.usage(), used.source()), price, ending(seen, coverage(embedding, scope)),
				(scope != null) ? scope.attribution() : Attribution.NONE, versions(scope));
		if (parent != null) {
			parent.totals().addBeside(call, own != null);
		}
		this.accountant.appendSeen(call);
		for (CallRecord other : this.prices.others(call, request, used, rounds)) {
			if (parent != null) {
				parent.totals().addBeside(other, own != null);
			}
			this.accountant.appendSeen(other);
		}
	}

	private PriceRequest request(Seen seen, NormalizedUsage used, ServiceTier tier) {
		return new PriceRequest(new ModelId(seen.provider(), seen.answeredModel()),
				this.clock.instant().minus(seen.latency()), tier, used.regional() || seen.terms().regional());
	}

	/**
	 * Nothing is known of a call that succeeded and reported no prompt; one that cannot
	 * be priced is not lost.
	 */
	private Price price(Seen seen, NormalizedUsage used, PriceRequest request, UsageRounds rounds) {
		Set<PriceReason> doubts = EnumSet.noneOf(PriceReason.class);
		if (seen.error() == null && used.usage().promptTokens() == 0) {
			doubts.add(PriceReason.USAGE_PARTIAL);
		}
		if (used.serviceTier() == null && request.tier() != ServiceTier.STANDARD && used.providerCost() == null) {
			doubts.add(PriceReason.CLASS_ASSUMED);
		}
		try {
			return this.prices.of(request, used, rounds).because(doubts);
		}
		catch (RuntimeException ex) {
			this.accountant.unreadable(ex);
			return Price.unknown("error", PriceReason.FAILED);
		}
	}

	private NormalizedUsage normalize(Seen seen) {
		if (seen.usage() == null) {
			return new NormalizedUsage(TokenUsage.NONE, UsageSource.NONE);
		}
		return this.normalizers.normalize(seen.usage(), context(seen));
	}

	private static UsageContext context(Seen seen) {
		return new UsageContext(seen.provider(), seen.answeredModel(), seen.streamed(), false);
	}

	private static CallEnding ending(Seen seen, Coverage coverage) {
		Throwable error = seen.error();
		return (error != null) ? new CallEnding(Outcome.FAILED, Failures.type(error), List.of(), coverage)
				: new CallEnding(Outcome.SUCCEEDED, null, List.of(), coverage);
	}

	private static Versions versions(@Nullable CostScope scope) {
		String policy = (scope != null) ? scope.policy() : null;
		return new Versions((policy != null) ? policy : CostPolicy.DEFAULT,
				(scope != null) ? scope.promptVersion() : null, null);
	}

	/**
	 * An embedding call cannot pass the advisors, so that only its scope tells whether it
	 * is accounted for as it should be.
	 */
	private static Coverage coverage(boolean embedding, @Nullable CostScope scope) {
		if (!embedding) {
			return Coverage.UNMANAGED;
		}
		return (scope != null) ? Coverage.MANAGED : Coverage.UNATTRIBUTED;
	}

	/**
	 * What was seen of a call from outside.
	 *
	 * @param operation what kind of model was asked
	 * @param provider billing provider
	 * @param requestedModel the model asked for
	 * @param answeredModel the model that answered
	 * @param usage what the provider reported, or {@code null}
	 * @param latency how long it took
	 * @param streamed whether the answer was streamed
	 * @param error what it failed with, or {@code null}
	 * @param scope the scope it ran in, or {@code null}
	 * @param terms what its options say of the bill
	 */
	public record Seen(Operation operation, String provider, String requestedModel, String answeredModel,
			@Nullable Usage usage, Duration latency, boolean streamed, @Nullable Throwable error,
			@Nullable CostScope scope, AskedTerms terms) {

		public Seen {
			requestedModel = ShortText.ofModel(requestedModel);
			answeredModel = ShortText.ofModel(answeredModel);
		}

	}

}

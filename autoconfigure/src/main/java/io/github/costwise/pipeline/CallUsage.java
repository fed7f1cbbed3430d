package io.github.costwise.pipeline;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;

import io.github.costwise.accounting.usage.PromptSize;
import io.github.costwise.accounting.usage.UsageEstimator;
import io.github.costwise.accounting.usage.UsageNormalizers;
import io.github.costwise.accounting.usage.UsageRounds;
import io.github.costwise.accounting.wire.WireReading;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;
import io.github.costwise.spi.UsageNormalizer.UsageContext;

/**
 * Finds what a call used: as reported, else counted from what was sent and received, else
 * nothing when no answer came. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CallUsage {

	static final NormalizedUsage NOTHING = new NormalizedUsage(TokenUsage.NONE, UsageSource.NONE);

	private static final TokenUsage ONE_SEARCH = TokenUsage.builder().add(BilledUnit.WEB_SEARCH, 1).build();

	private final UsageNormalizers normalizers;

	private final UsageEstimator estimator;

	/**
	 * Creates an instance.
	 * @param normalizers read what providers report
	 * @param estimator counts where they report nothing
	 */
	public CallUsage(UsageNormalizers normalizers, UsageEstimator estimator) {
		this.normalizers = normalizers;
		this.estimator = estimator;
	}

	/** The input tokens of a request, as they are counted. */
	long promptTokens(PromptSize sent, String appended, String model) {
		return this.estimator.estimate(sent, appended, "", model).usage().promptTokens();
	}

	/** The tokens of a text that an unknown model reads, as they are counted. */
	long textTokens(String text) {
		return this.estimator.countOutput(text, "");
	}

	void expectEstimates() {
		this.estimator.warmUp();
	}

	/** Chooses the word that counts of what a call reports. */
	ReportedUsage reported(CallMeter meter) {
		CallMeter.CallFacts call = meter.call();
		UsageContext context = new UsageContext(call.provider(), meter.answeredModel(), call.streamed(),
				meter.terms().oneHourCache());
		return new ReportedUsage(this.normalizers.better(meter.usage(), meter.wire(), context), context);
	}

	NormalizedUsage of(CallMeter meter, ReportedUsage told, Outcome outcome) {
		NormalizedUsage used = withoutFees(meter, told, outcome);
		return meter.terms().searching() ? searched(used) : used;
	}

	/**
	 * Where searches were asked for and none is reported, one is assumed; a reported
	 * amount has them.
	 */
	static NormalizedUsage searched(NormalizedUsage used) {
		boolean told = used.usage().get(BilledUnit.WEB_SEARCH) > 0 || used.providerCost() != null;
		if (told || used.source() == UsageSource.NONE) {
			return used;
		}
		Set<PriceReason> reasons = EnumSet.of(PriceReason.FEE_ASSUMED);
		reasons.addAll(used.reasons());
		UsageSource source = (used.source() == UsageSource.REPORTED) ? UsageSource.PARTLY_ESTIMATED : used.source();
		return new NormalizedUsage(used.usage().plus(ONE_SEARCH), source, used.serviceTier(), used.regional(), reasons,
				null);
	}

	private NormalizedUsage withoutFees(CallMeter meter, ReportedUsage told, Outcome outcome) {
		NormalizedUsage reported = normalized(told);
		if (outcome == Outcome.SUCCEEDED) {
			return (reported != null) ? possible(meter, reported) : estimated(meter);
		}
		if (reported == null && !meter.reach().isBilled(outcome)) {
			CallHold hold = meter.hold();
			boolean mayBeBilled = outcome == Outcome.TIMED_OUT && !meter.reach().unsent();
			return (hold != null && hold.isSized() && mayBeBilled) ? assumed(meter, hold) : NOTHING;
		}
		return (reported != null) ? cutShort(meter, reported) : estimated(meter);
	}

	/**
	 * What a call in flight has used at least. Reads only what does not change any more.
	 */
	NormalizedUsage sent(CallMeter meter) {
		return this.estimator.estimate(meter.sent(), meter.appended(), "", meter.call().requestedModel());
	}

	private @Nullable NormalizedUsage normalized(ReportedUsage told) {
		if (told.usage() == null) {
			return null;
		}
		NormalizedUsage normalized = this.normalizers.normalize(told.usage(), told.context());
		return (normalized.source() != UsageSource.NONE) ? normalized : null;
	}

	/** The rounds of which the answer tells. */
	UsageRounds rounds(ReportedUsage told) {
		return this.normalizers.rounds(told.usage(), told.context());
	}

	/**
	 * Zeros that cannot be true are counted. Ollama leaves out what it had in its cache.
	 */
	private NormalizedUsage possible(CallMeter meter, NormalizedUsage reported) {
		boolean prompt = reported.usage().promptTokens() == 0 && !"ollama".equals(meter.call().provider());
		boolean output = reported.usage().outputTokens() == 0 && !meter.received().isEmpty();
		if (!prompt && !output) {
			return reported;
		}
		TokenUsage counted = estimated(meter).usage();
		TokenUsage.UsageBuilder missing = TokenUsage.builder();
		if (prompt) {
			missing.add(BilledUnit.INPUT, counted.promptTokens());
		}
		if (output) {
			missing.add(BilledUnit.OUTPUT, counted.outputTokens());
		}
		return partly(reported, missing.build(), reported.providerCost());
	}

	private static NormalizedUsage partly(NormalizedUsage reported, TokenUsage missing, @Nullable BigDecimal cost) {
		Set<PriceReason> reasons = EnumSet.of(PriceReason.USAGE_PARTIAL);
		reasons.addAll(reported.reasons());
		return new NormalizedUsage(reported.usage().plus(missing), UsageSource.PARTLY_ESTIMATED, reported.serviceTier(),
				reported.regional(), reasons, cost);
	}

	private NormalizedUsage estimated(CallMeter meter) {
		return this.estimator.estimate(meter.sent(), meter.appended(), meter.received(), meter.answeredModel());
	}

	/**
	 * A call that came to no end in time may be billed: under a limit, its prompt and a
	 * usual answer are taken to be.
	 */
	private NormalizedUsage assumed(CallMeter meter, CallHold hold) {
		TokenUsage answer = TokenUsage.builder().add(BilledUnit.OUTPUT, hold.usualOutput()).build();
		NormalizedUsage sent = sent(meter);
		return new NormalizedUsage(sent.usage().plus(answer), UsageSource.ESTIMATED);
	}

	/**
	 * A stream that ended early may have reported its prompt at its begin, but its output
	 * only in part: what was received is the better count then.
	 */
	private NormalizedUsage cutShort(CallMeter meter, NormalizedUsage reported) {
		long counted = this.estimator.countOutput(meter.received(), meter.answeredModel());
		long missing = counted - reported.usage().outputTokens();
		WireReading wire = meter.wire();
		if (missing <= 0 && (wire == null || wire.settled())) {
			return reported;
		}
		TokenUsage received = TokenUsage.builder().add(BilledUnit.OUTPUT, Math.max(0, missing)).build();
		return partly(reported, received, (missing > 0) ? null : reported.providerCost());
	}

	/**
	 * What a call reports.
	 *
	 * @param usage the usage, or {@code null} for none
	 * @param context what else is known of the call
	 */
	record ReportedUsage(@Nullable Usage usage, UsageContext context) {

	}

}

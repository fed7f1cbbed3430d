package io.github.costwise.pipeline;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;
import io.github.costwise.UnknownModelPriceException;
import io.github.costwise.accounting.usage.ReportedCosts;
import io.github.costwise.accounting.usage.UsageRounds;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.CallEnding;
import io.github.costwise.model.CallRecord.CallIdentity;
import io.github.costwise.model.CallRecord.CallTarget;
import io.github.costwise.model.CallRecord.CallTiming;
import io.github.costwise.model.CallRecord.Operation;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.CallRecord.SourcedUsage;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.pricing.CostCalculator;
import io.github.costwise.pricing.PriceRequest;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;

/**
 * Turns what was seen of a call into money in the ledger: usage, price, record,
 * listeners. Nothing that goes wrong here reaches the caller. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CostAccountant implements Attempt.Books {

	private final CallUsage usages;

	private final CostCalculator calculator;

	private final RoundPrices prices;

	private final UsageLedger ledger;

	private final CostEventPublisher events;

	private final Faults faults;

	private final @Nullable CallBudgets budgets;

	/**
	 * Creates an accountant.
	 * @param usages finds what a call used
	 * @param calculator prices it
	 * @param ledger keeps it
	 * @param events publishes it
	 * @param faults counts what goes wrong
	 * @param budgets admit calls and book them, or {@code null} for none
	 */
	public CostAccountant(CallUsage usages, CostCalculator calculator, UsageLedger ledger, CostEventPublisher events,
			Faults faults, @Nullable CallBudgets budgets) {
		this.budgets = budgets;
		this.usages = usages;
		this.calculator = calculator;
		this.prices = new RoundPrices(calculator);
		this.ledger = ledger;
		this.events = events;
		this.faults = faults;
	}

	/**
	 * Appends a turn to the ledger and publishes it.
	 * @param turn the turn
	 */
	public void append(TurnRecord turn) {
		this.faults.guard(Faults.Kind.LEDGER, () -> this.ledger.append(turn));
		this.events.publish(turn);
	}

	@Nullable CallBudgets budgets() {
		return this.budgets;
	}

	/**
	 * Appends a call that was not admitted, since it did not pass here before it was
	 * sent.
	 * @param call the call
	 */
	void appendSeen(CallRecord call) {
		if (this.budgets != null) {
			this.budgets.book(call);
		}
		append(call);
	}

	private void append(CallRecord call) {
		this.faults.guard(Faults.Kind.LEDGER, () -> this.ledger.append(call));
		this.events.publish(call);
	}

	Faults faults() {
		return this.faults;
	}

	void expectEstimate() {
		this.usages.expectEstimates();
	}

	void unreadable(Throwable cause) {
		this.faults.report(Faults.Kind.USAGE, cause);
	}

	void checkPriced(CallMeter.CallFacts call) {
		ModelId model = new ModelId(call.provider(), call.requestedModel());
		if (blocks(model, call) && !ReportedCosts.areExpected(call.provider())) {
			throw new UnknownModelPriceException(model.toString());
		}
	}

	/** A catalogue that fails blocks nothing. */
	private boolean blocks(ModelId model, CallMeter.CallFacts call) {
		try {
			return this.calculator.blocks(model, call.startedAt());
		}
		catch (Throwable ex) {
			this.faults.report(Faults.Kind.USAGE, ex);
			return false;
		}
	}

	@Override
	public void settle(CallMeter meter, Attempt.End end) {
		this.faults.guard(Faults.Kind.USAGE, () -> book(meter, end));
		CallHold hold = meter.hold();
		if (hold != null) {
			hold.lost();
		}
	}

	@Override
	public void unsent(CallMeter meter) {
		CallHold hold = meter.hold();
		if (hold != null) {
			hold.release();
		}
	}

	private void book(CallMeter meter, Attempt.End end) {
		Spent spent = spent(meter, end.seen());
		CallRecord call = record(meter, spent, end);
		meter.turn().totals().add(call, baseline(meter, call, spent));
		List<CallRecord> others = this.prices.others(call, spent.request(), spent.used(), spent.rounds());
		CallHold hold = meter.hold();
		if (hold != null && this.budgets != null) {
			this.budgets.settle(hold, meter, call, others);
		}
		append(call);
		for (CallRecord other : others) {
			meter.turn().totals().addBeside(other, false);
			append(other);
		}
	}

	@Override
	public void hold(CallMeter meter, Money amount) {
		meter.turn().totals().hold(amount);
	}

	@Override
	public void release(CallMeter meter, Money amount) {
		meter.turn().totals().release(amount);
	}

	@Override
	public Money mayCost(CallMeter meter) {
		CallHold known = meter.hold();
		if (known != null && known.isOfTurn()) {
			return Money.ZERO;
		}
		try {
			NormalizedUsage sent = this.usages.sent(meter);
			return price(new Spent(sent, UsageRounds.NONE, request(meter, sent))).amount();
		}
		catch (Throwable ex) {
			this.faults.report(Faults.Kind.USAGE, ex);
			return Money.ZERO;
		}
	}

	/** A usage that cannot be read must not lose the record of the call. */
	private Spent spent(CallMeter meter, Outcome outcome) {
		NormalizedUsage used = CallUsage.NOTHING;
		UsageRounds rounds = UsageRounds.NONE;
		try {
			CallUsage.ReportedUsage told = this.usages.reported(meter);
			used = this.usages.of(meter, told, outcome);
			rounds = this.usages.rounds(told);
		}
		catch (Throwable ex) {
			this.faults.report(Faults.Kind.USAGE, ex);
		}
		return new Spent(used, rounds, request(meter, used));
	}

	private static ServiceTier serviceTier(CallMeter meter, NormalizedUsage used) {
		if (used.serviceTier() != null) {
			return used.serviceTier();
		}
		ServiceTier asked = meter.terms().tier();
		return (asked != null) ? asked : ServiceTier.STANDARD;
	}

	private CallRecord record(CallMeter meter, Spent spent, Attempt.End end) {
		CallMeter.CallFacts call = meter.call();
		NormalizedUsage used = spent.used();
		CostTurn turn = meter.turn();
		return new CallRecord(new CallIdentity(call.id(), turn.id(), call.round(), call.purpose()),
				new CallTiming(call.startedAt(), meter.latency(), meter.timeToFirstToken(), call.streamed()),
				new CallTarget(Operation.CHAT, call.provider(), call.requestedModel(), spent.request().model().model(),
						spent.request().tier()),
				new SourcedUsage(used.usage(), used.source()), price(spent),
				new CallEnding(meter.outcome(end), type(meter, end), meter.attempts().all(), turn.coverage()),
				turn.attribution(), turn.versions());
	}

	/**
	 * A price that cannot be found out, such as an amount beyond all bounds, must not
	 * lose the record of the call.
	 */
	private Price price(Spent spent) {
		try {
			NormalizedUsage used = spent.used();
			Price price = this.prices.of(spent.request(), used, spent.rounds());
			boolean assumed = used.serviceTier() == null && spent.request().tier() != ServiceTier.STANDARD
					&& used.providerCost() == null;
			return assumed ? price.because(PriceReason.CLASS_ASSUMED) : price;
		}
		catch (Throwable ex) {
			this.faults.report(Faults.Kind.USAGE, ex);
			return Price.unknown("error", PriceReason.FAILED);
		}
	}

	private static PriceRequest request(CallMeter meter, NormalizedUsage used) {
		CallMeter.CallFacts call = meter.call();
		return new PriceRequest(new ModelId(call.provider(), meter.answeredModel()), call.startedAt(),
				serviceTier(meter, used), used.regional() || meter.isRegional());
	}

	/**
	 * What the call would have cost at the client's own model: the same for a turn that
	 * is not routed, nothing for one that only routing made necessary.
	 */
	private Money baseline(CallMeter meter, CallRecord call, Spent spent) {
		TurnRoute route = TurnRoute.of(meter.turn());
		if (route == null || !route.acting()) {
			return call.price().amount();
		}
		if (call.purpose() == Purpose.GATE || call.purpose() == Purpose.ESCALATION || call.outcome() == Outcome.FAILED
				|| call.outcome() == Outcome.TIMED_OUT) {
			return Money.ZERO;
		}
		boolean same = route.own().equals(spent.request().model());
		return same ? call.price().amount() : atOwnModel(call, route.own(), spent);
	}

	/** What is not known of the own model saves nothing. */
	private Money atOwnModel(CallRecord call, ModelId own, Spent spent) {
		try {
			PriceRequest request = spent.request();
			Price price = this.prices.listed(new PriceRequest(own, request.at(), request.tier(), request.regional()),
					spent.used(), spent.rounds());
			return (price.state() != PriceState.UNKNOWN) ? price.amount() : call.price().amount();
		}
		catch (Throwable ex) {
			this.faults.report(Faults.Kind.USAGE, ex);
			return call.price().amount();
		}
	}

	private static @Nullable String type(CallMeter meter, Attempt.End end) {
		if (end.error() != null) {
			return Failures.type(end.error());
		}
		return (end.seen() == Outcome.SUCCEEDED) ? Failures.type(meter.verdict()) : null;
	}

	private record Spent(NormalizedUsage used, UsageRounds rounds, PriceRequest request) {

	}

}

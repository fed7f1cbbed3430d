package io.github.costwise.pipeline;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Faults;
import io.github.costwise.accounting.CallRecord;
import io.github.costwise.accounting.CallRecord.Operation;
import io.github.costwise.accounting.CallRecord.Outcome;
import io.github.costwise.accounting.CallRecord.UsageSource;
import io.github.costwise.accounting.CostListener;
import io.github.costwise.accounting.TurnRecord;
import io.github.costwise.accounting.UsageLedger;
import io.github.costwise.accounting.UsageNormalizer.NormalizedUsage;
import io.github.costwise.pricing.ModelId;
import io.github.costwise.pricing.Price;
import io.github.costwise.pricing.CostCalculator;
import io.github.costwise.pricing.ServiceTier;

/**
 * Turns what was seen of a call into money in the ledger: usage, price, record,
 * listeners. Nothing that goes wrong here reaches the caller. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CostAccountant {

	private final CallUsage usages;

	private final CostCalculator calculator;

	private final UsageLedger ledger;

	private final List<CostListener> listeners;

	private final Faults faults;

	/**
	 * Creates an accountant.
	 * @param usages finds what a call used
	 * @param calculator prices it
	 * @param ledger keeps it
	 * @param listeners are told of it
	 * @param faults counts what goes wrong
	 */
	public CostAccountant(CallUsage usages, CostCalculator calculator, UsageLedger ledger, List<CostListener> listeners,
			Faults faults) {
		this.usages = usages;
		this.calculator = calculator;
		this.ledger = ledger;
		this.listeners = List.copyOf(listeners);
		this.faults = faults;
	}

	/**
	 * Appends a turn to the ledger and tells the listeners.
	 * @param turn the turn
	 */
	public void append(TurnRecord turn) {
		try {
			this.ledger.append(turn);
		}
		catch (RuntimeException ex) {
			this.faults.report(Faults.Kind.LEDGER, ex);
		}
		for (CostListener listener : this.listeners) {
			try {
				listener.onTurn(turn);
			}
			catch (RuntimeException ex) {
				this.faults.report(Faults.Kind.LISTENER, ex);
			}
		}
	}

	/**
	 * Appends a call to the ledger and tells the listeners.
	 * @param call the call
	 */
	public void append(CallRecord call) {
		try {
			this.ledger.append(call);
		}
		catch (RuntimeException ex) {
			this.faults.report(Faults.Kind.LEDGER, ex);
		}
		for (CostListener listener : this.listeners) {
			try {
				listener.onCall(call);
			}
			catch (RuntimeException ex) {
				this.faults.report(Faults.Kind.LISTENER, ex);
			}
		}
	}

	void unreadable(RuntimeException cause) {
		this.faults.report(Faults.Kind.USAGE, cause);
	}

	void checkPriced(CallMeter.Call call) {
		ModelId model = new ModelId(call.provider(), call.requestedModel());
		if (this.calculator.blocks(model, call.startedAt())) {
			throw new UnknownModelPriceException(model);
		}
	}

	void settle(CallMeter meter, Outcome outcome, @Nullable Throwable error) {
		try {
			CallRecord call = record(meter, outcome, error);
			meter.turn().add(call.price());
			append(call);
		}
		catch (RuntimeException ex) {
			this.faults.report(Faults.Kind.USAGE, ex);
		}
	}

	private CallRecord record(CallMeter meter, Outcome outcome, @Nullable Throwable error) {
		CallMeter.Call call = meter.call();
		CostTurn turn = meter.turn();
		NormalizedUsage used = this.usages.of(meter, outcome);
		ServiceTier serviceTier = (used.serviceTier() != null) ? used.serviceTier() : ServiceTier.STANDARD;
		return new CallRecord(call.id(), turn.id(), call.round(), call.startedAt(), meter.latency(),
				meter.timeToFirstToken(), Operation.CHAT, call.purpose(), call.provider(), call.requestedModel(),
				meter.answeredModel(), serviceTier, used.usage(), used.source(), price(meter, used, serviceTier),
				outcome, (error != null) ? Failures.type(error) : null, meter.attempts(), call.streamed(),
				turn.coverage(), turn.attribution(), turn.policy().name(), turn.promptVersion(), null);
	}

	private Price price(CallMeter meter, NormalizedUsage used, ServiceTier serviceTier) {
		CallMeter.Call call = meter.call();
		if (used.providerCost() != null) {
			return this.calculator.reported(used.providerCost());
		}
		Price price = this.calculator.price(new ModelId(call.provider(), meter.answeredModel()), call.startedAt(),
				used.usage(), serviceTier);
		boolean reported = used.source() == UsageSource.REPORTED || used.source() == UsageSource.NONE;
		return reported ? price : price.asEstimated();
	}

}

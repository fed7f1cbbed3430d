package io.github.costwise.pipeline;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;
import io.github.costwise.budget.CallBound;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.spi.BudgetStore.Demand;

/**
 * Sums of the calls of one turn, and what calls in flight may still cost. Thread-safe.
 */
final class TurnTotals {

	private static final List<PriceState> BY_DOUBT = List.of(PriceState.FREE, PriceState.EXACT, PriceState.ESTIMATED,
			PriceState.UNKNOWN);

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicLong costNanos = new AtomicLong();

	private final AtomicInteger others = new AtomicInteger();

	private final AtomicLong ownNanos = new AtomicLong();

	private final AtomicLong baselineNanos = new AtomicLong();

	private final AtomicLong heldNanos = new AtomicLong();

	private final AtomicInteger doubt = new AtomicInteger(-1);

	private final AtomicReference<TokenUsage> usage = new AtomicReference<>(TokenUsage.NONE);

	private final AtomicBoolean begun = new AtomicBoolean();

	private volatile boolean repeated;

	private volatile @Nullable CallRecord last;

	void add(CallRecord call, Money baseline) {
		Price price = call.price();
		this.baselineNanos.addAndGet(baseline.nanos());
		if (call.purpose() == Purpose.RETRY) {
			this.repeated = true;
		}
		this.usage.accumulateAndGet(call.usage().tokens(), TokenUsage::plus);
		this.last = call;
		this.calls.incrementAndGet();
		this.costNanos.addAndGet(price.amount().nanos());
		this.doubt.accumulateAndGet(BY_DOUBT.indexOf(price.state()), Math::max);
	}

	/**
	 * Adds a call that does not answer: one that Costwise made for itself, or one that
	 * was made inside the turn and past it.
	 */
	void addBeside(CallRecord call, boolean own) {
		Price price = call.price();
		(own ? this.ownNanos : this.baselineNanos).addAndGet(price.amount().nanos());
		this.others.incrementAndGet();
		this.costNanos.addAndGet(price.amount().nanos());
		this.doubt.accumulateAndGet(BY_DOUBT.indexOf(price.state()), Math::max);
	}

	void hold(Money amount) {
		this.heldNanos.addAndGet(amount.nanos());
	}

	/**
	 * Holds the most that a call can cost, as far as a limit allows.
	 * @return the output tokens that are held, or -1 when there is no room
	 */
	synchronized int reserve(CallBound bound, Money limit) {
		Demand demand = bound.of(limit);
		int least = bound.output().least(demand, limit.nanos());
		long free = limit.minus(spent()).nanos();
		if (demand.amount(least) > free) {
			return -1;
		}
		int cap = bound.output().within(demand, least, free);
		hold(Money.ofNanos(demand.amount(cap)));
		return cap;
	}

	void release(Money amount) {
		this.heldNanos.addAndGet(-amount.nanos());
	}

	/** Whether a call is the first of the turn that budgets count. */
	boolean begins() {
		return this.begun.compareAndSet(false, true);
	}

	/** The call that was the first was not sent. */
	void beginsAgain() {
		this.begun.set(false);
	}

	int calls() {
		return this.calls.get();
	}

	/** How many calls have its id. */
	int records() {
		return this.calls.get() + this.others.get();
	}

	/** What Costwise's own calls have cost. */
	Money own() {
		return Money.ofNanos(this.ownNanos.get());
	}

	Money cost() {
		return Money.ofNanos(this.costNanos.get());
	}

	/** What the calls would have cost at the client's own model. */
	Money baseline() {
		return Money.ofNanos(this.baselineNanos.get());
	}

	/** What the calls have cost, and what those that nobody waits for may still cost. */
	Money spent() {
		return Money.ofNanos(this.costNanos.get() + this.heldNanos.get());
	}

	TokenUsage usage() {
		return Objects.requireNonNull(this.usage.get());
	}

	/** The worst state of their prices, or {@code null} before the first. */
	@Nullable PriceState priceState() {
		int worst = this.doubt.get();
		return (worst < 0) ? null : BY_DOUBT.get(worst);
	}

	boolean wasRepeated() {
		return this.repeated;
	}

	@Nullable CallRecord last() {
		return this.last;
	}

}

package io.github.costwise.accounting;

import io.github.costwise.Money;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Coverage;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CostSummary;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.Savings;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.model.TurnRecord;

/**
 * Running sums over calls and turns, each a whole number. Not thread-safe.
 */
final class Sums {

	private static final BilledUnit[] UNITS = BilledUnit.values();

	private static final int COUNTS = UNITS.length;

	private static final int TURNS = COUNTS;

	private static final int CALLS = COUNTS + 1;

	private static final int FAILED = COUNTS + 2;

	private static final int UNKNOWN = COUNTS + 3;

	private static final int UNATTRIBUTED = COUNTS + 4;

	private static final int UNMANAGED = COUNTS + 5;

	private static final int MONEY = COUNTS + 6;

	private static final int COST = MONEY;

	private static final int INPUT = MONEY + 1;

	private static final int CACHED = MONEY + 2;

	private static final int OUTPUT = MONEY + 3;

	private static final int OTHER = MONEY + 4;

	private static final int RETRY = MONEY + 5;

	private static final int ESTIMATED = MONEY + 6;

	private static final int UNATTRIBUTED_COST = MONEY + 7;

	private static final int UNMANAGED_COST = MONEY + 8;

	private static final int SAVED_CACHE = MONEY + 9;

	private static final int SAVED_ROUTING = MONEY + 10;

	private static final int SAVED_OWN = MONEY + 11;

	private final long[] values = new long[MONEY + 12];

	void add(CallRecord call) {
		TokenUsage usage = call.usage().tokens();
		for (BilledUnit unit : UNITS) {
			this.values[unit.ordinal()] += usage.get(unit);
		}
		this.values[CALLS]++;
		count(FAILED, call.outcome() != Outcome.SUCCEEDED);
		count(UNKNOWN, call.price().state() == PriceState.UNKNOWN);
		count(UNATTRIBUTED, call.ending().coverage() == Coverage.UNATTRIBUTED);
		count(UNMANAGED, call.ending().coverage() == Coverage.UNMANAGED);
		addMoney(call);
	}

	private void addMoney(CallRecord call) {
		Price price = call.price();
		add(COST, price.amount());
		add(INPUT, price.input());
		add(CACHED, price.cached());
		add(OUTPUT, price.output());
		add(OTHER, price.other());
		addCost(RETRY, call.isRetrySpend(), price);
		addCost(ESTIMATED, call.isEstimated(), price);
		addCost(UNATTRIBUTED_COST, call.ending().coverage() == Coverage.UNATTRIBUTED, price);
		addCost(UNMANAGED_COST, call.ending().coverage() == Coverage.UNMANAGED, price);
	}

	private void add(int index, Money money) {
		this.values[index] = Money.saturated(this.values[index], money.nanos()).nanos();
	}

	private void addCost(int index, boolean condition, Price price) {
		if (condition) {
			add(index, price.amount());
		}
	}

	private void count(int index, boolean condition) {
		if (condition) {
			this.values[index]++;
		}
	}

	void add(TurnRecord turn) {
		this.values[TURNS]++;
		add(SAVED_CACHE, turn.cost().saved().cache());
		add(SAVED_ROUTING, turn.cost().saved().routing());
		add(SAVED_OWN, turn.cost().saved().own());
	}

	void add(Sums other) {
		for (int i = 0; i < this.values.length; i++) {
			this.values[i] = Money.saturated(this.values[i], other.values[i]).nanos();
		}
	}

	private void subtract(Sums other) {
		for (int i = 0; i < this.values.length; i++) {
			this.values[i] = Money.saturated(this.values[i], -other.values[i]).nanos();
		}
	}

	void subtract(CallRecord call) {
		Sums one = new Sums();
		one.add(call);
		subtract(one);
	}

	void subtract(TurnRecord turn) {
		Sums one = new Sums();
		one.add(turn);
		subtract(one);
	}

	boolean isPositive() {
		return this.values[CALLS] > 0 || this.values[TURNS] > 0;
	}

	boolean isEmpty() {
		return this.values[CALLS] == 0 && this.values[TURNS] == 0;
	}

	CostSummary toSummary(String key) {
		return new CostSummary(key, this.values[TURNS], this.values[CALLS], this.values[FAILED], usage(), money(COST),
				money(INPUT), money(CACHED), money(OUTPUT), money(OTHER), money(RETRY), money(ESTIMATED),
				money(UNATTRIBUTED_COST), money(UNMANAGED_COST), saved(), this.values[UNKNOWN],
				this.values[UNATTRIBUTED], this.values[UNMANAGED]);
	}

	private Savings saved() {
		return new Savings(money(SAVED_CACHE), money(SAVED_ROUTING), money(SAVED_OWN));
	}

	private Money money(int index) {
		return Money.ofNanos(this.values[index]);
	}

	private TokenUsage usage() {
		TokenUsage.UsageBuilder usage = TokenUsage.builder();
		for (BilledUnit unit : UNITS) {
			usage.add(unit, this.values[unit.ordinal()]);
		}
		return usage.build();
	}

}

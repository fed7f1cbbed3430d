package io.github.costwise.budget;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BudgetOverrun;
import io.github.costwise.BudgetRefusal;
import io.github.costwise.model.CostEvent;

/**
 * How often budgets refused calls, or would have. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BudgetCounts {

	private final Map<String, Map<BudgetRefusal, LongAdder>> refused = new ConcurrentHashMap<>();

	private final Map<String, LongAdder> watched = new ConcurrentHashMap<>();

	private final Map<String, LongAdder> overruns = new ConcurrentHashMap<>();

	private final Map<String, LongAdder> unpriced = new ConcurrentHashMap<>();

	BudgetCounts() {
	}

	void refused(String budget, BudgetRefusal refusal) {
		LongAdder adder = this.refused.computeIfAbsent(budget, (id) -> adders()).get(refusal);
		Objects.requireNonNull(adder).increment();
	}

	void watched(String budget) {
		this.watched.computeIfAbsent(budget, (id) -> new LongAdder()).increment();
	}

	void withoutPrice(String budget) {
		this.unpriced.computeIfAbsent(budget, (id) -> new LongAdder()).increment();
	}

	/**
	 * Returns how many calls a budget of money counted since start whose price is not
	 * known, so that they count as nothing.
	 * @param budget its id
	 * @return the number
	 */
	public long unpriced(String budget) {
		return sum(this.unpriced.get(budget));
	}

	/** Counts the overruns among events on their route to listeners. */
	Consumer<CostEvent> counting(Consumer<CostEvent> events) {
		return (event) -> {
			if (event instanceof BudgetOverrun overrun) {
				this.overruns.computeIfAbsent(overrun.state().account().budget(), (id) -> new LongAdder()).increment();
			}
			events.accept(event);
		};
	}

	private static Map<BudgetRefusal, LongAdder> adders() {
		Map<BudgetRefusal, LongAdder> adders = new EnumMap<>(BudgetRefusal.class);
		for (BudgetRefusal refusal : BudgetRefusal.values()) {
			adders.put(refusal, new LongAdder());
		}
		return adders;
	}

	/**
	 * Returns how many calls a budget refused since start.
	 * @param budget its id
	 * @param refusal why
	 * @return the number
	 */
	public long refusals(String budget, BudgetRefusal refusal) {
		Map<BudgetRefusal, LongAdder> adders = this.refused.get(budget);
		return (adders != null) ? sum(adders.get(refusal)) : 0;
	}

	/**
	 * Returns how many calls a budget that is only watched would have refused since
	 * start.
	 * @param budget its id
	 * @return the number
	 */
	public long wouldHaveRefused(String budget) {
		return sum(this.watched.get(budget));
	}

	/**
	 * Returns how many calls were booked past the limit of a budget since start.
	 * @param budget its id
	 * @return the number
	 */
	public long overruns(String budget) {
		return sum(this.overruns.get(budget));
	}

	private static long sum(@Nullable LongAdder adder) {
		return (adder != null) ? adder.sum() : 0;
	}

}

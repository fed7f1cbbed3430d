package io.github.costwise.observability;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.github.costwise.budget.Budget;
import io.github.costwise.budget.BudgetAccounts;
import io.github.costwise.budget.BudgetCounts;
import io.github.costwise.budget.Budgets;
import io.github.costwise.BudgetRefusal;
import io.github.costwise.model.BudgetUnit;

/**
 * Meters budgets by their ids; owners are never a tag. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BudgetMeters implements MeterBinder {

	private static final double USD = 1e-9;

	/** Four besides one for each cause. */
	private static final int SERIES_OF_BUDGET = 4 + BudgetRefusal.values().length;

	private final Budgets budgets;

	private final BudgetAccounts accounts;

	private final SeriesBudget series;

	/**
	 * Creates the meters.
	 * @param budgets the budgets
	 * @param accounts their accounts
	 * @param series how many series the meters may have
	 */
	public BudgetMeters(Budgets budgets, BudgetAccounts accounts, SeriesBudget series) {
		this.budgets = budgets;
		this.accounts = accounts;
		this.series = series;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (Budget budget : this.budgets.all()) {
			if (this.series.take(SERIES_OF_BUDGET)) {
				bind(registry, budget, Tags.of("budget", budget.id()));
			}
		}
	}

	private void bind(MeterRegistry registry, Budget budget, Tags tags) {
		String id = budget.id();
		for (BudgetRefusal refusal : BudgetRefusal.values()) {
			count(registry, "refusals", "Calls that a budget refused",
					tags.and("cause", refusal.name().toLowerCase(Locale.ROOT)),
					(counts) -> counts.refusals(id, refusal));
		}
		count(registry, "shadow", "Calls that a budget would have refused", tags,
				(counts) -> counts.wouldHaveRefused(id));
		count(registry, "overruns", "Calls that were booked past the limit of a budget", tags,
				(counts) -> counts.overruns(id));
		Gauge.builder("costwise.budget.used.percent", this.accounts, (known) -> known.highestPercent(budget))
			.description("How much of its limit the account has spent that has spent most, in percents")
			.tags(tags)
			.strongReference(true)
			.register(registry);
		double scale = (budget.limit().unit() == BudgetUnit.USD) ? USD : 1;
		Gauge.builder("costwise.budget.held", this.accounts, (known) -> known.held(budget) * scale)
			.description("What calls in flight may still cost, in US dollars or in what the budget counts")
			.tags(tags)
			.strongReference(true)
			.register(registry);
	}

	private void count(MeterRegistry registry, String name, String description, Tags tags,
			ToDoubleFunction<BudgetCounts> count) {
		FunctionCounter.builder("costwise.budget." + name, this.budgets.counts(), count)
			.description(description)
			.tags(tags)
			.register(registry);
	}

}

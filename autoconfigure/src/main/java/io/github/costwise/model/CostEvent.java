package io.github.costwise.model;

/**
 * Something that happened to cost: what {@code CostListener} beans receive, and what is
 * published as an event of the application context, so that methods with
 * {@code @EventListener} and a parameter of one of these types receive it too.
 *
 * @since 0.1.0
 */
public sealed interface CostEvent
		permits CallRecord, TurnRecord, FallbackSpike, RoutingRollback, BudgetAlert, BudgetOverrun {

}

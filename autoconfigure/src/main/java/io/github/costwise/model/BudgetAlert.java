package io.github.costwise.model;

/**
 * The spend of an account has passed a threshold: told once for each window, and again
 * when the limit was raised or the spend was reset in between. Immutable.
 *
 * @param unit what the budget counts
 * @param state the account
 * @param percent the threshold, in percents of the limit
 * @since 0.1.0
 */
public record BudgetAlert(BudgetUnit unit, BudgetState state, int percent) implements CostEvent {

}

package io.github.costwise.model;

/**
 * What a budget counts for one owner. Immutable.
 *
 * @param budget id of the budget
 * @param owner the values of its key, or empty for a budget of all
 * @since 0.1.0
 */
public record BudgetAccount(String budget, String owner) {

	@Override
	public String toString() {
		return this.owner.isEmpty() ? this.budget : this.budget + "[" + this.owner + "]";
	}

}

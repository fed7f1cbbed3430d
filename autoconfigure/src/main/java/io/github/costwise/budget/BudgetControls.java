package io.github.costwise.budget;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.costwise.budget.BudgetOrder.BudgetVerb;

/**
 * What is decided at run time about budgets. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BudgetControls {

	private final Map<String, Control> controls = new ConcurrentHashMap<>();

	BudgetControls() {
	}

	/**
	 * Returns what is decided about a budget.
	 * @param budget its id
	 * @return the decision
	 */
	public Control of(String budget) {
		return this.controls.isEmpty() ? Control.AS_CONFIGURED
				: this.controls.getOrDefault(budget, Control.AS_CONFIGURED);
	}

	/**
	 * Decides about a budget.
	 * @param budget its id
	 * @param control the decision
	 */
	public void set(String budget, Control control) {
		if (control == Control.AS_CONFIGURED) {
			this.controls.remove(budget);
		}
		else {
			this.controls.put(budget, control);
		}
	}

	/** A decision about a budget. */
	public enum Control {

		/** It does what is configured. */
		AS_CONFIGURED,

		/** It counts nothing and refuses nothing. */
		SUSPENDED,

		/** Nothing that it counts is sent. */
		BLOCKED;

		static Control by(BudgetVerb verb) {
			return switch (verb) {
				case SUSPEND -> SUSPENDED;
				case BLOCK -> BLOCKED;
				case RESUME, RAISE, RESET, ADJUST -> AS_CONFIGURED;
			};
		}

	}

}

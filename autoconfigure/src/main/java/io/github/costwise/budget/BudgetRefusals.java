package io.github.costwise.budget;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore.Admission;

/**
 * Says why a budget has no room.
 */
final class BudgetRefusals {

	private BudgetRefusals() {
	}

	static BudgetExceededException exception(Budget budget, Admission.Denied refused, @Nullable Duration wait) {
		Instant until = refused.state().span().until();
		return new BudgetExceededException(message(budget, refused), refused.account().budget(),
				refused.account().owner(), refused.refusal(), budget.isOfTargets(),
				until.equals(Instant.MAX) ? null : until, wait);
	}

	private static String message(Budget budget, Admission.Denied refused) {
		BudgetState state = refused.state();
		String name = "The budget '" + budget.id() + "'"
				+ (refused.account().owner().isEmpty() ? "" : " of '" + refused.account().owner() + "'");
		String needed = budget.unit().format(refused.needed());
		String limit = budget.unit().format(state.limit());
		String spent = budget.unit().format(state.spent());
		return name + switch (refused.refusal()) {
			case BLOCKED -> " is blocked";
			case UNAVAILABLE -> " is kept in a store that does not answer";
			case NEVER_FITS -> " is too small: a call needs at least " + needed + ", and the limit is " + limit;
			case SPENT ->
				" is used up: a call needs at least " + needed + ", and " + spent + " of " + limit + " are spent";
			case DRAWN -> " has no room in what the application holds for its work: a call needs at least " + needed;
			case HOLDS -> " has no room at the moment: a call needs at least " + needed + ", " + spent + " of " + limit
					+ " are spent and calls in flight hold " + budget.unit().format(state.held());
		} + "; the call was not sent.";
	}

}

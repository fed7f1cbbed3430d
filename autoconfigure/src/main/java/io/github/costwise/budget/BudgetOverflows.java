package io.github.costwise.budget;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseConfigurationException;

/**
 * Which budget is tried where another one has no room. Immutable.
 */
final class BudgetOverflows {

	private final Map<String, Budget> next = new HashMap<>();

	private final Set<String> overflows = new HashSet<>();

	/**
	 * Creates overflows.
	 * @throws CostwiseConfigurationException if a budget overflows into one that does not
	 * exist, counts something else, or overflows back into it
	 */
	BudgetOverflows(List<Budget> budgets) {
		Map<String, Budget> known = budgets.stream().collect(Collectors.toMap(Budget::id, Function.identity()));
		for (Budget budget : budgets) {
			String id = budget.rules().overflow();
			if (id != null) {
				this.next.put(budget.id(), usable(budget, id, known));
				this.overflows.add(id);
			}
		}
		budgets.forEach(this::requireEnd);
	}

	private static Budget usable(Budget budget, String id, Map<String, Budget> known) {
		Budget other = known.get(id);
		if (other == null) {
			throw unusable(budget, "which is no budget", "Name one of " + known.keySet());
		}
		if (other.unit() != budget.unit()) {
			throw unusable(budget, "which counts " + other.unit().label(),
					"Name a budget that counts " + budget.unit().label() + " as well");
		}
		return other;
	}

	private void requireEnd(Budget budget) {
		Budget other = this.next.get(budget.id());
		for (int steps = 0; other != null && steps <= this.next.size(); steps++) {
			if (other.id().equals(budget.id())) {
				throw unusable(budget, "which comes back to it", "Name a budget that nothing leads away from");
			}
			other = this.next.get(other.id());
		}
	}

	private static CostwiseConfigurationException unusable(Budget budget, String why, String help) {
		return new CostwiseConfigurationException("'costwise.budgets.limits." + budget.id() + ".overflow' names '"
				+ budget.rules().overflow() + "', " + why + ".", help + ", or leave 'overflow' out.");
	}

	/** Whether a budget only takes what others have no room for. */
	boolean takesOnly(Budget budget) {
		return this.overflows.contains(budget.id());
	}

	/** The budget that is tried next, or {@code null} for none. */
	@Nullable Budget after(Budget budget) {
		return this.next.get(budget.id());
	}

}

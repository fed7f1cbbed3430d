package io.github.costwise.budget.redis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.budget.Budget;
import io.github.costwise.budget.BudgetDimension;
import io.github.costwise.model.BudgetAccount;

/**
 * Keeps the budgets of each tenant together, and apart from those of others. That takes
 * budgets each of whose accounts is of one tenant. Immutable.
 */
final class TenantShards implements Function<BudgetAccount, String> {

	private static final String TENANT = "tenant";

	private final Map<String, Function<String, String>> tenants;

	private TenantShards(Map<String, Function<String, String>> tenants) {
		this.tenants = Map.copyOf(tenants);
	}

	/**
	 * Finds the tenants of budgets.
	 * @param budgets the budgets
	 * @return where their accounts are kept
	 * @throws CostwiseConfigurationException if an account of a budget may be of several
	 * tenants
	 */
	static TenantShards of(List<Budget> budgets) {
		Map<String, Function<String, String>> tenants = new HashMap<>();
		for (Budget budget : budgets) {
			tenants.put(budget.id(), tenant(budget));
		}
		return new TenantShards(tenants);
	}

	private static Function<String, String> tenant(Budget budget) {
		BudgetDimension tenant = BudgetDimension.parse(TENANT);
		int place = budget.per().indexOf(tenant);
		if (place >= 0) {
			return (budget.per().size() == 1) ? TenantShards::single : (owner) -> part(owner, place);
		}
		Set<String> only = budget.only().getOrDefault(tenant, Set.of());
		if (only.size() == 1) {
			String name = only.iterator().next();
			return (owner) -> name;
		}
		throw new CostwiseConfigurationException(
				"The budget '" + budget.id() + "' counts several tenants in one account, but with "
						+ "costwise.budgets.redis.shard-by=tenant each tenant is kept apart.",
				"Add tenant to costwise.budgets." + budget.id()
						+ ".per, or set costwise.budgets.redis.shard-by to none.");
	}

	/** Values are written otherwise where there are several. */
	private static String single(String owner) {
		return owner.startsWith("%28") ? "(" + owner.substring(3)
				: owner.startsWith("%25") ? "%" + owner.substring(3) : owner;
	}

	private static String part(String owner, int place) {
		int from = 0;
		for (int i = 0; i < place; i++) {
			from = owner.indexOf('/', from) + 1;
		}
		int to = owner.indexOf('/', from);
		String part = (to < 0) ? owner.substring(from) : owner.substring(from, to);
		String whole = part.startsWith("%28") ? "(" + part.substring(3) : part;
		return whole.replace("%2F", "/").replace("%25", "%");
	}

	@Override
	public String apply(BudgetAccount account) {
		Function<String, String> tenant = this.tenants.get(account.budget());
		return (tenant != null) ? tenant.apply(account.owner()) : RedisShards.FIRST;
	}

}

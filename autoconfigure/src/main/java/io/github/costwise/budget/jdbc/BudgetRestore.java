package io.github.costwise.budget.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.spi.BudgetStore.Spend;
import io.github.costwise.spi.SharedBudgetStore.Restored;

/** Begins empty tables with what is known from elsewhere. */
final class BudgetRestore {

	private static final BudgetAccount MARK = new BudgetAccount("", "");

	private BudgetRestore() {
	}

	/**
	 * Fills the tables, unless another instance did; holds of which nothing else is known
	 * any more are dropped.
	 * @param transaction the transaction
	 * @param spends what was spent
	 * @return whether it was done here
	 */
	static boolean restore(BudgetTransaction transaction, List<Restored> spends) throws SQLException {
		NewAccount epoch = new NewAccount(BudgetSql.EPOCH, MARK, "v=1", 0, Long.MAX_VALUE);
		if (transaction.create(List.of(epoch)) == 0) {
			return false;
		}
		transaction.change("delete from " + BudgetSql.HOLDS);
		transaction.change("delete from " + BudgetSql.ACCOUNTS + " where id <> '" + BudgetSql.EPOCH + "'");
		transaction.change("delete from costwise_budget_room");
		transaction.change("insert into costwise_budget_room (id, events) values (1, 0)");
		Map<String, StoredAccount> accounts = new TreeMap<>();
		for (Restored restored : spends) {
			Spend spend = restored.spend();
			accounts
				.computeIfAbsent(StoredAccount.key(spend.account()),
						(key) -> new StoredAccount(key, spend.account(), "", spend.span()))
				.book(spend, restored.at());
		}
		List<NewAccount> rows = new ArrayList<>();
		accounts.values().forEach((account) -> rows.add(NewAccount.of(account)));
		if (!rows.isEmpty()) {
			transaction.create(rows);
		}
		return true;
	}

}

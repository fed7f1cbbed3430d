package io.github.costwise.budget.jdbc;

import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RequiresRealPart;
import io.github.costwise.testsupport.TestDatabase;

/**
 * Tests that {@link JdbcBudgetStore} holds the contract on MariaDB, each test in a
 * database of its own.
 */
@RequiresRealPart(RealPart.MARIADB)
class JdbcBudgetStoreMariaDbIntegrationTests extends JdbcBudgetStoreContract {

	JdbcBudgetStoreMariaDbIntegrationTests() {
		super(TestDatabase.mariaDb("budgets"));
	}

}

package io.github.costwise.budget.jdbc;

import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RequiresRealPart;
import io.github.costwise.testsupport.TestDatabase;

/**
 * Tests that {@link JdbcBudgetStore} holds the contract on PostgreSQL, each test in a
 * schema of its own.
 */
@RequiresRealPart(RealPart.POSTGRES)
class JdbcBudgetStorePostgresIntegrationTests extends JdbcBudgetStoreContract {

	JdbcBudgetStorePostgresIntegrationTests() {
		super(TestDatabase.postgres("budgets"));
	}

}

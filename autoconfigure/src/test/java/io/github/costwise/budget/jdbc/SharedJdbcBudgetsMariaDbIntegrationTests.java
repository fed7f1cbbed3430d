package io.github.costwise.budget.jdbc;

import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RequiresRealPart;
import io.github.costwise.testsupport.TestDatabase;

/**
 * Tests several instances of {@link JdbcBudgetStore} over one MariaDB.
 */
@RequiresRealPart(RealPart.MARIADB)
class SharedJdbcBudgetsMariaDbIntegrationTests extends JdbcBudgetTroubleContract {

	SharedJdbcBudgetsMariaDbIntegrationTests() {
		super(TestDatabase.mariaDb("shared_budgets"));
	}

}

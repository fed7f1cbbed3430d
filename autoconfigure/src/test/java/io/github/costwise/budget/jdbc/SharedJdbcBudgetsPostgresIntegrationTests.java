package io.github.costwise.budget.jdbc;

import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RequiresRealPart;
import io.github.costwise.testsupport.TestDatabase;

/**
 * Tests several instances of {@link JdbcBudgetStore} over one PostgreSQL.
 */
@RequiresRealPart(RealPart.POSTGRES)
class SharedJdbcBudgetsPostgresIntegrationTests extends JdbcBudgetTroubleContract {

	SharedJdbcBudgetsPostgresIntegrationTests() {
		super(TestDatabase.postgres("shared_budgets"));
	}

}

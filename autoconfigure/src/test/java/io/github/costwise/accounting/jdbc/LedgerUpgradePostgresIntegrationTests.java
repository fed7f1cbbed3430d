package io.github.costwise.accounting.jdbc;

import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RequiresRealPart;
import io.github.costwise.testsupport.TestDatabase;

/**
 * Upgrades on PostgreSQL, each in a schema of its own.
 */
@RequiresRealPart(RealPart.POSTGRES)
class LedgerUpgradePostgresIntegrationTests extends LedgerUpgradeContract {

	LedgerUpgradePostgresIntegrationTests() {
		super(TestDatabase.postgres("upgrade"));
	}

}

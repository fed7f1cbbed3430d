package io.github.costwise.budget.jdbc;

import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

import io.github.costwise.testsupport.TestDatabase;

/**
 * Tests that {@link JdbcBudgetStore} holds the contract on an H2 file.
 */
@Tag("chain")
class JdbcBudgetStoreH2Tests extends JdbcBudgetStoreContract {

	JdbcBudgetStoreH2Tests(@TempDir Path folder) {
		super(TestDatabase.h2(folder));
	}

}

package io.github.costwise.accounting.jdbc;

import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

import io.github.costwise.testsupport.TestDatabase;

/**
 * Upgrades on an H2 file.
 */
@Tag("chain")
class LedgerUpgradeH2Tests extends LedgerUpgradeContract {

	LedgerUpgradeH2Tests(@TempDir Path folder) {
		super(TestDatabase.h2(folder));
	}

}

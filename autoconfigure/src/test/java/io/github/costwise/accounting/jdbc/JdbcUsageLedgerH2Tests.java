package io.github.costwise.accounting.jdbc;

import java.nio.file.Path;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of {@link JdbcUsageLedger} on an H2 file.
 */
class JdbcUsageLedgerH2Tests extends JdbcUsageLedgerContract {

	@TempDir
	private Path databases;

	@Override
	protected DataSource emptyDatabase() {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:file:" + this.databases.resolve("ledger").toAbsolutePath() + ";DB_CLOSE_DELAY=0");
		return dataSource;
	}

}

package io.github.costwise.accounting.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.io.TempDir;

/**
 * Upgrades on an H2 file.
 */
class LedgerUpgradeH2Tests extends LedgerUpgradeContract {

	@TempDir
	private Path databases;

	/** Keeps the database open: without a pool, every transaction would open it anew. */
	private Connection guard;

	@Override
	protected DataSource emptyDatabase() throws SQLException {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:file:" + this.databases.resolve("ledger").toAbsolutePath());
		this.guard = dataSource.getConnection();
		return dataSource;
	}

	@Override
	protected void dropDatabase() throws SQLException {
		this.guard.close();
	}

}

package io.github.costwise.accounting.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

import javax.sql.DataSource;

import org.postgresql.ds.PGSimpleDataSource;

import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;
import io.github.costwise.testsupport.RequiresRealPart;

/**
 * Upgrades on PostgreSQL, each in a schema of its own.
 */
@RequiresRealPart(RealPart.POSTGRES)
class LedgerUpgradePostgresIntegrationTests extends LedgerUpgradeContract {

	private final String schema = "upgrade_" + UUID.randomUUID().toString().replace('-', '_');

	@Override
	protected DataSource emptyDatabase() throws SQLException {
		execute("create schema " + this.schema);
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setURL(RealParts.postgres());
		dataSource.setCurrentSchema(this.schema);
		return dataSource;
	}

	@Override
	protected void dropDatabase() throws SQLException {
		execute("drop schema if exists " + this.schema + " cascade");
	}

	private static void execute(String sql) throws SQLException {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setURL(RealParts.postgres());
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}

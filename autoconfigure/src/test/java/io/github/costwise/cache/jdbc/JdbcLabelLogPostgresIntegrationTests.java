package io.github.costwise.cache.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.postgresql.ds.PGSimpleDataSource;

import io.github.costwise.cache.learning.LabelLog;
import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;
import io.github.costwise.testsupport.RequiresRealPart;

/**
 * Tests of {@link JdbcLabelLog} on PostgreSQL, each in a schema of its own.
 */
@RequiresRealPart(RealPart.POSTGRES)
class JdbcLabelLogPostgresIntegrationTests extends JdbcLabelLogContract {

	private final String schema = "labels_" + UUID.randomUUID().toString().replace('-', '_');

	@Override
	protected LabelLog create() {
		execute("create schema if not exists " + this.schema);
		return super.create();
	}

	@Override
	protected DataSource database() {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setURL(RealParts.postgres());
		dataSource.setCurrentSchema(this.schema);
		return dataSource;
	}

	@AfterEach
	void dropSchema() {
		execute("drop schema if exists " + this.schema + " cascade");
	}

	private static void execute(String sql) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setURL(RealParts.postgres());
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

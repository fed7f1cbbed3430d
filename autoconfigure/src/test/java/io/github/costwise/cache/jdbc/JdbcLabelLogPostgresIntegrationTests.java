package io.github.costwise.cache.jdbc;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;

import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RequiresRealPart;
import io.github.costwise.testsupport.TestDatabase;

/**
 * Tests of {@link JdbcLabelLog} on PostgreSQL, each in a schema of its own.
 */
@RequiresRealPart(RealPart.POSTGRES)
class JdbcLabelLogPostgresIntegrationTests extends JdbcLabelLogContract {

	private final TestDatabase database = TestDatabase.postgres("labels");

	@Override
	protected DataSource database() {
		return this.database.create();
	}

	@AfterEach
	void dropSchema() {
		this.database.drop();
	}

}

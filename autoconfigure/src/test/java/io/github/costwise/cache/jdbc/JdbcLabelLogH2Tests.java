package io.github.costwise.cache.jdbc;

import java.util.UUID;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;

/**
 * Tests of {@link JdbcLabelLog} on H2 in memory.
 */
@Tag("thorough")
class JdbcLabelLogH2Tests extends JdbcLabelLogContract {

	private final JdbcDataSource dataSource = new JdbcDataSource();

	JdbcLabelLogH2Tests() {
		this.dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
	}

	@Override
	protected DataSource database() {
		return this.dataSource;
	}

}

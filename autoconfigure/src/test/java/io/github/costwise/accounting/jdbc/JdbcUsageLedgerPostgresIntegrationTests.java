package io.github.costwise.accounting.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.Faults;
import io.github.costwise.accounting.LedgerRecords;
import io.github.costwise.accounting.TestCalls;
import io.github.costwise.accounting.jdbc.JdbcLedgerSettings.SchemaMode;
import io.github.costwise.background.Background;
import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;
import io.github.costwise.testsupport.RequiresRealPart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link JdbcUsageLedger} on PostgreSQL, each in a schema of its own.
 */
@RequiresRealPart(RealPart.POSTGRES)
class JdbcUsageLedgerPostgresIntegrationTests extends JdbcUsageLedgerContract {

	@TempDir
	private Path journals;

	private final String schema = "ledger_" + UUID.randomUUID().toString().replace('-', '_');

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

	@Test
	void tablesThatExistNeedNoRightToMakeAny() throws Exception {
		create();
		String user = this.schema + "_user";
		execute("create role " + user + " login password 'secret'");
		try {
			assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(() -> openAs(user))
				.withMessageContaining("will not pass by itself");
			execute("grant usage on schema " + this.schema + " to " + user);
			assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(() -> openAs(user))
				.withMessageContaining("SQLState 42501")
				.withMessageContaining("permission denied");
			execute("grant select, insert, update, delete on all tables in schema " + this.schema + " to " + user);
			try (JdbcUsageLedger ledger = openAs(user)) {
				ledger.append(TestCalls.call("f", "m", "t", LedgerRecords.NOW));
				assertThat(ledger.flush(Duration.ofSeconds(30))).isTrue();
				assertThat(ledger.health().stored()).isOne();
				execute("revoke insert on all tables in schema " + this.schema + " from " + user);
				ledger.append(TestCalls.call("f", "m", "t", LedgerRecords.NOW));
				assertThat(ledger.flush(Duration.ofSeconds(30))).isFalse();
				assertThat(ledger.health().lastError()).contains("Will not pass by itself").contains("42501");
				assertThat(ledger.health().journalled()).isOne();
				execute("grant insert on all tables in schema " + this.schema + " to " + user);
				assertThat(ledger.flush(Duration.ofSeconds(30))).isTrue();
				assertThat(ledger.health().stored()).isEqualTo(2);
			}
		}
		finally {
			execute("drop owned by " + user);
			execute("drop role " + user);
		}
	}

	@Test
	void aWrongPasswordOrDatabaseStopsTheStart() throws Exception {
		emptyDatabase();
		assertThatExceptionOfType(CostwiseConfigurationException.class)
			.isThrownBy(() -> openAs("nobody_" + this.schema))
			.withMessageContaining("SQLState 28");
		PGSimpleDataSource other = new PGSimpleDataSource();
		other.setURL(RealParts.postgres());
		other.setDatabaseName("none_" + this.schema);
		assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(() -> openOn(other))
			.withMessageContaining("SQLState 3D000");
	}

	private JdbcUsageLedger openAs(String user) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setURL(RealParts.postgres());
		dataSource.setCurrentSchema(this.schema);
		dataSource.setUser(user);
		dataSource.setPassword("secret");
		return openOn(dataSource);
	}

	private JdbcUsageLedger openOn(DataSource dataSource) {
		JdbcLedgerSettings settings = new JdbcLedgerSettings(10, Duration.ofHours(1), 100,
				this.journals.resolve("ledger.journal"), 1 << 20, Duration.ofDays(100_000), Duration.ofSeconds(5),
				SchemaMode.ALWAYS);
		return JdbcUsageLedger.open(dataSource, settings, Clock.systemUTC(), new Background(new Faults()));
	}

	private static void execute(String sql) throws SQLException {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setURL(RealParts.postgres());
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}

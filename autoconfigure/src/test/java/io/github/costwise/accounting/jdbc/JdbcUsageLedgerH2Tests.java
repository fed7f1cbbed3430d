package io.github.costwise.accounting.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.Faults;
import io.github.costwise.accounting.LedgerRecords;
import io.github.costwise.accounting.TestCalls;
import io.github.costwise.accounting.jdbc.JdbcLedgerSettings.SchemaMode;
import io.github.costwise.background.Background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link JdbcUsageLedger} on an H2 file.
 */
class JdbcUsageLedgerH2Tests extends JdbcUsageLedgerContract {

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

	@Test
	void tablesThatExistNeedNoRightToMakeAny() throws Exception {
		create();
		try (Statement statement = this.guard.createStatement()) {
			statement.execute("create user guest password 'secret'");
			assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(this::openAsGuest)
				.withMessageContaining("will not pass by itself");
			statement.execute("grant select on costwise_schema to guest");
			statement.execute("grant select, insert, update, delete on costwise_turn, costwise_call to guest");
			try (JdbcUsageLedger ledger = openAsGuest()) {
				ledger.append(TestCalls.call("f", "m", "t", LedgerRecords.NOW));
				assertThat(ledger.flush(Duration.ofSeconds(30))).isTrue();
				assertThat(ledger.health().stored()).isOne();
			}
		}
	}

	private JdbcUsageLedger openAsGuest() {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:file:" + this.databases.resolve("ledger").toAbsolutePath());
		dataSource.setUser("guest");
		dataSource.setPassword("secret");
		JdbcLedgerSettings settings = new JdbcLedgerSettings(10, Duration.ofHours(1), 100,
				this.databases.resolve("guest.journal"), 1 << 20, Duration.ofDays(100_000), Duration.ofSeconds(5),
				SchemaMode.ALWAYS);
		return JdbcUsageLedger.open(dataSource, settings, Clock.systemUTC(), new Background(new Faults()));
	}

	@Override
	protected void dropDatabase() throws SQLException {
		if (this.guard != null) {
			this.guard.close();
		}
	}

}

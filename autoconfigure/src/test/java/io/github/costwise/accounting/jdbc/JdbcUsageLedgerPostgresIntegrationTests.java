package io.github.costwise.accounting.jdbc;

import java.nio.file.Path;
import java.time.Duration;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.accounting.LedgerRecords;
import io.github.costwise.accounting.TestCalls;
import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.jdbc.SchemaMode;
import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;
import io.github.costwise.testsupport.RequiresRealPart;
import io.github.costwise.testsupport.TestDatabase;
import io.github.costwise.testsupport.TestTimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link JdbcUsageLedger} on PostgreSQL, each in a schema of its own.
 */
@RequiresRealPart(RealPart.POSTGRES)
class JdbcUsageLedgerPostgresIntegrationTests extends JdbcUsageLedgerContract {

	@TempDir
	private Path journals;

	JdbcUsageLedgerPostgresIntegrationTests() {
		super(TestDatabase.postgres("ledger"));
	}

	@Test
	void tablesThatExistNeedNoRightToMakeAny() throws Exception {
		create();
		String user = this.database.name() + "_user";
		this.database.execute("create role " + user + " login password 'secret'");
		try {
			assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(() -> openAs(user))
				.withMessageContaining("will not pass by itself");
			this.database.execute("grant usage on schema " + this.database.name() + " to " + user);
			assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(() -> openAs(user))
				.withMessageContaining("SQLState 42501")
				.withMessageContaining("permission denied");
			this.database.execute("grant select, insert, update, delete on all tables in schema " + this.database.name()
					+ " to " + user);
			try (JdbcUsageLedger ledger = openAs(user)) {
				ledger.append(TestCalls.call("f", "m", "t", LedgerRecords.NOW));
				assertThat(ledger.flush(Duration.ofSeconds(30))).isTrue();
				assertThat(ledger.health().stored()).isOne();
				this.database
					.execute("revoke insert on all tables in schema " + this.database.name() + " from " + user);
				ledger.append(TestCalls.call("f", "m", "t", LedgerRecords.NOW));
				assertThat(ledger.flush(Duration.ofSeconds(30))).isFalse();
				assertThat(ledger.health().lastError()).contains("Will not pass by itself").contains("42501");
				assertThat(ledger.health().journalled()).isOne();
				this.database.execute("grant insert on all tables in schema " + this.database.name() + " to " + user);
				assertThat(ledger.flush(Duration.ofSeconds(30))).isTrue();
				assertThat(ledger.health().stored()).isEqualTo(2);
			}
		}
		finally {
			this.database.execute("drop owned by " + user);
			this.database.execute("drop role " + user);
		}
	}

	@Test
	void aWrongPasswordOrDatabaseStopsTheStart() throws Exception {
		this.database.create();
		assertThatExceptionOfType(CostwiseConfigurationException.class)
			.isThrownBy(() -> openAs("nobody_" + this.database.name()))
			.withMessageContaining("SQLState 28");
		PGSimpleDataSource other = new PGSimpleDataSource();
		other.setURL(RealParts.postgres());
		other.setDatabaseName("none_" + this.database.name());
		assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(() -> openOn(other))
			.withMessageContaining("SQLState 3D000");
	}

	private JdbcUsageLedger openAs(String user) {
		return openOn(this.database.as(user, "secret"));
	}

	private JdbcUsageLedger openOn(DataSource dataSource) {
		JdbcLedgerSettings settings = new JdbcLedgerSettings(10, Duration.ofHours(1), 100,
				this.journals.resolve("ledger.journal"), 1 << 20, Duration.ofDays(100_000), Duration.ofSeconds(5),
				SchemaMode.ALWAYS);
		return JdbcUsageLedger.open(dataSource, settings, TestTimes.real(), new Background(new Faults()));
	}

}

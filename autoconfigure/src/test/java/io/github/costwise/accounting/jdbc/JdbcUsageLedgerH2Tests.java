package io.github.costwise.accounting.jdbc;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.accounting.LedgerRecords;
import io.github.costwise.accounting.TestCalls;
import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.jdbc.SchemaMode;
import io.github.costwise.testsupport.TestDatabase;
import io.github.costwise.testsupport.TestTimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link JdbcUsageLedger} on an H2 file.
 */
@Tag("chain")
class JdbcUsageLedgerH2Tests extends JdbcUsageLedgerContract {

	private final Path folder;

	JdbcUsageLedgerH2Tests(@TempDir Path folder) {
		super(TestDatabase.h2(folder));
		this.folder = folder;
	}

	@Test
	void tablesThatExistNeedNoRightToMakeAny() throws Exception {
		create();
		this.database.execute("create user guest password 'secret'");
		assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(this::openAsGuest)
			.withMessageContaining("will not pass by itself");
		this.database.execute("grant select on costwise_schema to guest");
		this.database.execute(
				"grant select, insert, update, delete on costwise_turn, costwise_call, costwise_budget_entry to guest");
		try (JdbcUsageLedger ledger = openAsGuest()) {
			ledger.append(TestCalls.call("f", "m", "t", LedgerRecords.NOW));
			assertThat(ledger.flush(Duration.ofSeconds(30))).isTrue();
			assertThat(ledger.health().stored()).isOne();
		}
	}

	private JdbcUsageLedger openAsGuest() {
		JdbcLedgerSettings settings = new JdbcLedgerSettings(10, Duration.ofHours(1), 100,
				this.folder.resolve("guest.journal"), 1 << 20, Duration.ofDays(100_000), Duration.ofSeconds(5),
				SchemaMode.ALWAYS);
		return JdbcUsageLedger.open(this.database.as("guest", "secret"), settings, TestTimes.real(),
				new Background(new Faults()));
	}

}

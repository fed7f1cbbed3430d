package io.github.costwise.accounting.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.LedgerQuery;
import io.github.costwise.model.LedgerQuery.Dimension;
import io.github.costwise.testsupport.TestTimes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of journalled rows when the process is killed, in real processes.
 */
@Tag("chain")
class KilledLedgerTests {

	@TempDir
	private Path folder;

	@Test
	void rowsSurviveKillsBeforeAndDuringTheReplayAndAreCountedOnce() throws Exception {
		assertThat(exitCode("outage")).isEqualTo(3);
		assertThat(exitCode("replay")).as("died at a commit").isEqualTo(4);
		assertThat(rowsInTheDatabase()).as("replayed in part").isBetween(1, KilledLedger.ROWS - 1);
		try (Journal journal = Journal.open(KilledLedger.settings(this.folder).journal(), 64 << 20)) {
			assertThat(journal.size()).isEqualTo(KilledLedger.ROWS);
		}
		try (JdbcUsageLedger ledger = JdbcUsageLedger.open(KilledLedger.h2(this.folder),
				KilledLedger.settings(this.folder), TestTimes.real(), new Background(new Faults()))) {
			assertThat(ledger.flush(Duration.ofSeconds(30))).isTrue();
			assertThat(calls(ledger)).isEqualTo(KilledLedger.ROWS);
			assertThat(ledger.health().lost()).isZero();
		}
	}

	@Test
	void rowsOlderThanAFlushIntervalSurviveAKillWhileTheDatabaseIsWaitedFor() throws Exception {
		assertThat(exitCode("hang")).as("died once every row was in the journal, within the flush interval")
			.isEqualTo(6);
		try (JdbcUsageLedger ledger = JdbcUsageLedger.open(KilledLedger.h2(this.folder),
				KilledLedger.settings(this.folder), TestTimes.real(), new Background(new Faults()))) {
			assertThat(ledger.flush(Duration.ofSeconds(30))).isTrue();
			assertThat(calls(ledger)).isEqualTo(KilledLedger.ROWS);
			assertThat(ledger.health().lost()).isZero();
		}
	}

	private int exitCode(String mode) throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), KilledLedger.class.getName(), mode, this.folder.toString())
			.redirectErrorStream(true)
			.redirectOutput(this.folder.resolve(mode + ".log").toFile())
			.start();
		if (!process.waitFor(60, TimeUnit.SECONDS)) {
			process.destroyForcibly();
		}
		return process.waitFor();
	}

	private int rowsInTheDatabase() throws SQLException {
		try (Connection connection = KilledLedger.h2(this.folder).getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select count(*) from costwise_call")) {
			row.next();
			return row.getInt(1);
		}
	}

	private static long calls(JdbcUsageLedger ledger) {
		return ledger.summarize(new LedgerQuery(Instant.MIN, Instant.MAX, Dimension.ALL)).get(0).calls();
	}

}

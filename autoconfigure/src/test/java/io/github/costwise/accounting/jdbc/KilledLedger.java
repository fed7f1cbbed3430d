package io.github.costwise.accounting.jdbc;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

import io.github.costwise.accounting.LedgerRecords;
import io.github.costwise.accounting.TestCalls;
import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.jdbc.SchemaMode;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.TestTimes;

/**
 * A process that dies without closing its ledger: {@code outage} after it put rows into
 * the journal, {@code replay} in the middle of bringing them to the database.
 */
final class KilledLedger {

	static final int ROWS = 250;

	private static final int DEADLY_COMMIT = 6;

	private static final Duration INTERVAL = Duration.ofSeconds(4);

	private static final long SLACK_NANOS = 500_000_000;

	private KilledLedger() {
	}

	public static void main(String[] args) {
		Path folder = Path.of(args[1]);
		if (args[0].equals("hang")) {
			hang(folder);
		}
		boolean outage = args[0].equals("outage");
		SwitchableDataSource dataSource = new SwitchableDataSource(outage ? h2(folder) : new Deadly(h2(folder)));
		dataSource.setDown(outage);
		JdbcUsageLedger ledger = JdbcUsageLedger.open(dataSource, settings(folder), TestTimes.real(),
				new Background(new Faults()));
		for (int i = 0; outage && i < ROWS; i++) {
			ledger.append(TestCalls.call("f", "m", "t", LedgerRecords.NOW));
		}
		ledger.flush(Duration.ofSeconds(30));
		Runtime.getRuntime().halt(outage ? 3 : 5);
	}

	/** Dies a flush interval after its last row, while its database lets it wait. */
	private static void hang(Path folder) {
		JdbcLedgerSettings plain = settings(folder);
		JdbcLedgerSettings settings = new JdbcLedgerSettings(plain.batchSize(), INTERVAL, plain.queueCapacity(),
				plain.journal(), plain.journalMaxBytes(), plain.retention(), plain.shutdownTimeout(),
				plain.initializeSchema());
		SwitchableDataSource dataSource = new SwitchableDataSource(h2(folder));
		JdbcUsageLedger ledger = JdbcUsageLedger.open(dataSource, settings, TestTimes.real(),
				new Background(new Faults()));
		dataSource.hang();
		for (int i = 0; i < ROWS; i++) {
			ledger.append(TestCalls.call("f", "m", "t", LedgerRecords.NOW));
		}
		long begun = System.nanoTime();
		Eventually
			.holds(() -> ledger.health().journalled() >= ROWS || System.nanoTime() - begun >= 2 * INTERVAL.toNanos());
		Runtime.getRuntime().halt((System.nanoTime() - begun <= INTERVAL.toNanos() + SLACK_NANOS) ? 6 : 7);
	}

	static JdbcLedgerSettings settings(Path folder) {
		return new JdbcLedgerSettings(50, Duration.ofHours(1), 1000, folder.resolve("ledger.journal"), 64 << 20,
				Duration.ofDays(100_000), Duration.ofSeconds(10), SchemaMode.ALWAYS);
	}

	static DataSource h2(Path folder) {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:file:" + folder.resolve("ledger"));
		return dataSource;
	}

	/** Ends the process at a commit after the tables were made and some rows written. */
	private static final class Deadly extends DelegatingDataSource {

		private final AtomicInteger commits = new AtomicInteger();

		private Deadly(DataSource target) {
			super(target);
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = super.getConnection();
			return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
					(proxy, method, args) -> {
						if (method.getName().equals("commit") && this.commits.incrementAndGet() == DEADLY_COMMIT) {
							Runtime.getRuntime().halt(4);
						}
						return method.invoke(connection, args);
					});
		}

	}

}

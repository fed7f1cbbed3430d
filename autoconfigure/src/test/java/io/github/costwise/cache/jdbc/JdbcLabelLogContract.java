package io.github.costwise.cache.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.sql.DataSource;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.cache.learning.LabelLogContract;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;
import io.github.costwise.spi.LabelLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What {@link JdbcLabelLog} must hold on every database.
 */
abstract class JdbcLabelLogContract extends LabelLogContract {

	/** Returns the database of the test, empty at first. */
	protected abstract DataSource database();

	@Override
	protected LabelLog create() {
		return log(database(), Duration.ofSeconds(20));
	}

	private static JdbcLabelLog log(DataSource database, Duration timeout) {
		return new JdbcLabelLog(database, new JdbcLabelSettings(timeout, true), Clock.systemUTC());
	}

	@Test
	void instancesShareRecordsAndPositions() {
		LabelLog other = create();
		log().append(GROUP, records("a", "b"));
		long position = other.read(GROUP, 0, 1).next();
		other.append(GROUP, records("c"));
		assertThat(texts(log().read(GROUP, position, 10).records())).containsExactly("b", "c");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void nobodyAppendsBeforeThoseWhoAreNotYetSeen(boolean begun) throws Exception {
		log().append(begun ? GROUP : "fedcba9876543210", records("begin"));
		long position = log().read(GROUP, 0, 10).next();
		HeldCommits held = new HeldCommits(database());
		LabelLog slow = new JdbcLabelLog(held, new JdbcLabelSettings(Duration.ofSeconds(20), false), Clock.systemUTC());
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			Future<?> appended = thread.submit(() -> slow.append(GROUP, records("slow")));
			held.awaitCommit();
			LabelLog impatient = log(database(), Duration.ofMillis(300));
			assertThatExceptionOfType(CacheStoreException.class)
				.isThrownBy(() -> impatient.append(GROUP, records("never")))
				.returns(StoreReason.TIMEOUT, CacheStoreException::reason);
			assertThat(log().read(GROUP, position, 10).records()).isEmpty();
			held.release();
			appended.get();
			log().append(GROUP, records("quick"));
			assertThat(texts(log().read(GROUP, position, 10).records())).containsExactly("slow", "quick");
		}
		finally {
			held.release();
			thread.shutdownNow();
		}
	}

	@Test
	void positionsOfLostTablesAreNotGivenAgain() throws SQLException {
		log().append(GROUP, records("a", "b"));
		long position = log().read(GROUP, 0, 10).next();
		execute("drop table costwise_cache_label");
		execute("drop table costwise_cache_label_end");
		LabelLog next = create();
		next.append(GROUP, records("c"));
		assertThat(texts(next.read(GROUP, position, 10).records())).containsExactly("c");
	}

	@RepeatedTest(10)
	void instancesThatStartTogetherCreateTheTablesOnce() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(6);
		CountDownLatch start = new CountDownLatch(1);
		try {
			List<Future<?>> instances = new ArrayList<>();
			for (int i = 0; i < 6; i++) {
				String name = "r" + i;
				instances.add(threads.submit(() -> {
					start.await();
					create().append(GROUP, records(name));
					return null;
				}));
			}
			start.countDown();
			for (Future<?> instance : instances) {
				instance.get();
			}
			assertThat(texts(log().read(GROUP, 0, 10).records())).containsExactlyInAnyOrder("r0", "r1", "r2", "r3",
					"r4", "r5");
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void tablesAreNotCreatedUnlessAskedFor() {
		LabelLog log = new JdbcLabelLog(database(), new JdbcLabelSettings(Duration.ofSeconds(5), false),
				Clock.systemUTC());
		assertFaults(log);
	}

	@Test
	void databaseThatIsDownIsReportedAndTriedAgain() {
		boolean[] down = { true };
		LabelLog log = log(new DelegatingDataSource(database()) {
			@Override
			public Connection getConnection() throws SQLException {
				if (down[0]) {
					throw new SQLException("connection refused", "08001");
				}
				return super.getConnection();
			}
		}, Duration.ofSeconds(5));
		assertFaults(log);
		down[0] = false;
		log.append(GROUP, records("a"));
		assertThat(texts(log.read(GROUP, 0, 10).records())).containsExactly("a");
	}

	private static void assertFaults(LabelLog log) {
		for (Runnable action : List.<Runnable>of(() -> log.append(GROUP, records("secret")),
				() -> log.read(GROUP, 0, 1))) {
			assertThatExceptionOfType(CacheStoreException.class).isThrownBy(action::run)
				.returns(StoreReason.UNAVAILABLE, CacheStoreException::reason)
				.withMessageNotContaining("secret");
		}
	}

	@Test
	void wrongTimeoutIsRefused() {
		assertThatExceptionOfType(CostwiseConfigurationException.class)
			.isThrownBy(() -> new JdbcLabelSettings(Duration.ZERO, true))
			.withMessageContaining("costwise.cache.jdbc.timeout");
	}

	private void execute(String sql) throws SQLException {
		try (Connection connection = database().getConnection(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}

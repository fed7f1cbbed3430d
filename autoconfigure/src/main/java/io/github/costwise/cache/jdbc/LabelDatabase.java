package io.github.costwise.cache.jdbc;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.Set;

import javax.sql.DataSource;

import io.github.costwise.jdbc.SqlWork;
import io.github.costwise.jdbc.SqlTransactions;
import io.github.costwise.spi.CacheStoreException.StoreReason;
import io.github.costwise.spi.CacheStoreException;

/**
 * Runs transactions that end in time, on tables that are there. Thread-safe.
 */
final class LabelDatabase {

	private static final int ATTEMPTS = 5;

	/**
	 * Another transaction was first: unique key, serialization, deadlock, or a table and
	 * its type, which PostgreSQL does not let two create at once, even if not exists.
	 */
	private static final Set<String> CONFLICTS = Set.of("23505", "40001", "40P01", "42P07", "42710");

	/** Cancelled by its time-out, or waited too long for a lock. */
	private static final Set<String> TIMEOUTS = Set.of("57014", "HYT00", "55P03");

	private static final String FULL = "53100";

	private static final String[] TABLES = {
			"create table if not exists costwise_cache_label_end (learning_group varchar(64) not null primary key, "
					+ "log_position bigint not null)",
			"create table if not exists costwise_cache_label (learning_group varchar(64) not null, "
					+ "log_position bigint not null, content bytea not null, primary key (learning_group, log_position))" };

	private final DataSource dataSource;

	private final JdbcLabelSettings settings;

	private volatile boolean ready;

	LabelDatabase(DataSource dataSource, JdbcLabelSettings settings) {
		this.dataSource = dataSource;
		this.settings = settings;
	}

	<T> T run(String action, SqlWork<T> work) {
		try {
			prepare();
			return attempt(work, ATTEMPTS);
		}
		catch (SQLException ex) {
			throw new CacheStoreException(reason(ex), "The database did not " + action, ex);
		}
	}

	private void prepare() throws SQLException {
		if (!this.ready && this.settings.initializeSchema()) {
			attempt((connection) -> {
				for (String table : TABLES) {
					try (Statement statement = connection.createStatement()) {
						limit(statement);
						statement.execute(table);
					}
				}
				return true;
			}, ATTEMPTS);
		}
		this.ready = true;
	}

	/** Bounds a statement: drivers count in whole seconds. */
	void limit(Statement statement) throws SQLException {
		statement.setQueryTimeout((int) Math.ceil(this.settings.timeout().toMillis() / 1000.0));
	}

	private <T> T attempt(SqlWork<T> work, int attempts) throws SQLException {
		for (int left = attempts;; left--) {
			try {
				return SqlTransactions.run(this.dataSource,
						(connection) -> SqlTransactions.bounded(connection, this.settings.timeout(), work));
			}
			catch (SQLException ex) {
				if (left <= 1 || !CONFLICTS.contains(String.valueOf(ex.getSQLState()))) {
					throw ex;
				}
			}
		}
	}

	private static StoreReason reason(SQLException ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof SocketTimeoutException || cause instanceof SQLTimeoutException) {
				return StoreReason.TIMEOUT;
			}
		}
		String state = String.valueOf(ex.getSQLState());
		return TIMEOUTS.contains(state) ? StoreReason.TIMEOUT
				: FULL.equals(state) ? StoreReason.FULL : StoreReason.UNAVAILABLE;
	}

}

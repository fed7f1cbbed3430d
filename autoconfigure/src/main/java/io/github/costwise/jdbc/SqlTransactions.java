package io.github.costwise.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

/**
 * Runs transactions of their own: they never join one of the caller. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SqlTransactions {

	private SqlTransactions() {
	}

	/**
	 * Does work in a transaction on a connection of a data source.
	 * @param dataSource gives the connection, which is closed afterwards
	 * @param work what to do
	 * @return the result
	 * @throws SQLException if the database fails; nothing is done then, unless only the
	 * answer to the commit was lost
	 */
	public static <T> T run(DataSource dataSource, SqlWork<T> work) throws SQLException {
		try (Connection connection = dataSource.getConnection()) {
			return run(connection, work);
		}
	}

	/**
	 * Does work in a transaction.
	 * @param connection the connection, which is not in a transaction
	 * @param work what to do
	 * @return the result
	 * @throws SQLException if the database fails; nothing is done then, unless only the
	 * answer to the commit was lost
	 */
	public static <T> T run(Connection connection, SqlWork<T> work) throws SQLException {
		boolean autoCommit = connection.getAutoCommit();
		if (autoCommit) {
			connection.setAutoCommit(false);
		}
		try {
			T result = work.apply(connection);
			connection.commit();
			return result;
		}
		catch (Throwable ex) {
			rollback(connection, ex);
			throw ex;
		}
		finally {
			if (autoCommit) {
				restoreAutoCommit(connection);
			}
		}
	}

	/**
	 * Does work of a transaction that must end soon, and commits: a network that went
	 * silent ends it with an error.
	 * @param connection the connection, without auto-commit
	 * @param timeout how long each answer is waited for
	 * @param work what to do
	 * @return the result
	 * @throws SQLException if the database fails or does not answer in time
	 */
	public static <T> T bounded(Connection connection, Duration timeout, SqlWork<T> work) throws SQLException {
		int before = connection.getNetworkTimeout();
		connection.setNetworkTimeout(Runnable::run, (int) timeout.toMillis());
		try {
			T result = work.apply(connection);
			connection.commit();
			return result;
		}
		finally {
			restore(connection, before);
		}
	}

	private static void rollback(Connection connection, Throwable cause) {
		try {
			connection.rollback();
		}
		catch (SQLException ex) {
			cause.addSuppressed(ex);
		}
	}

	private static void restoreAutoCommit(Connection connection) {
		try {
			connection.setAutoCommit(true);
		}
		catch (SQLException ex) {
			// the connection is broken, and closing it says so to its pool
		}
	}

	private static void restore(Connection connection, int networkTimeout) {
		try {
			connection.setNetworkTimeout(Runnable::run, networkTimeout);
		}
		catch (SQLException ex) {
			// the connection is broken, and closing it says so to its pool
		}
	}

}

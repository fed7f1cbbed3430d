package io.github.costwise.budget.jdbc;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import io.github.costwise.background.Team;
import io.github.costwise.budget.jdbc.BudgetConnections.Lease;
import io.github.costwise.jdbc.SqlErrors;
import io.github.costwise.jdbc.SqlTransactions;
import io.github.costwise.jdbc.VersionedSchema;
import io.github.costwise.spi.SharedBudgetStore.BudgetStateLostException;
import io.github.costwise.time.Time;

/**
 * Runs transactions on the database of budgets, outside of any transaction of the caller,
 * once its tables are known to fit. Thread-safe.
 */
final class BudgetDatabase implements AutoCloseable {

	static final VersionedSchema SCHEMA = new VersionedSchema("budgets", 1, BudgetDatabase.class,
			"costwise.budgets.jdbc.initialize-schema");

	/** Deadlocks and the like. */
	private static final int MOST_CONFLICTS = 3;

	/** Each time another transaction was committed, or made the same row. */
	private static final int MOST_AGAIN = 50;

	/** Another instance may be making the tables. */
	private static final Duration SCHEMA_TIMEOUT = Duration.ofSeconds(30);

	private final BudgetConnections connections;

	private final JdbcBudgetSettings settings;

	private volatile @Nullable BudgetSql sql;

	private volatile boolean isolates;

	BudgetDatabase(DataSource dataSource, JdbcBudgetSettings settings, Time time, Team team) {
		this.connections = new BudgetConnections(dataSource, settings, time, team);
		this.settings = settings;
	}

	/**
	 * Makes sure that the tables fit.
	 * @throws SQLException if the database cannot be reached
	 */
	void prepare() throws SQLException {
		attempt((transaction) -> true, true);
	}

	/**
	 * Does something that may be done twice without harm.
	 * @param action what, for errors
	 * @param work what to do
	 * @return the result
	 * @throws BudgetDatabaseException if the database fails
	 */
	<T> T run(String action, BudgetWork<T> work) {
		return run(action, work, true);
	}

	/**
	 * Does something, and never again once it may have been done.
	 * @param action what, for errors
	 * @param work what to do
	 * @return the result
	 * @throws BudgetDatabaseException if the database fails
	 */
	<T> T runOnce(String action, BudgetWork<T> work) {
		return run(action, work, false);
	}

	private <T> T run(String action, BudgetWork<T> work, boolean repeatable) {
		int conflicts = 0;
		for (int again = 1;; again++) {
			try {
				return attempt(work, repeatable);
			}
			catch (TryAgainException ex) {
				if (again >= MOST_AGAIN) {
					throw new BudgetDatabaseException(action, new SQLException("others were always first", "40001"));
				}
				create(action, ex.missing());
			}
			catch (SQLException ex) {
				boolean taken = SqlErrors.isOfRow(ex) && again < MOST_AGAIN;
				if (!taken && (!SqlErrors.isConflict(ex) || ++conflicts > MOST_CONFLICTS)) {
					throw new BudgetDatabaseException(action, ex);
				}
			}
		}
	}

	private void create(String action, List<NewAccount> missing) {
		if (!missing.isEmpty()) {
			run(action, (transaction) -> {
				requireEpoch(transaction.hasEpoch());
				return transaction.create(missing);
			}, true);
		}
	}

	static void requireEpoch(boolean epoch) {
		if (!epoch) {
			throw new BudgetStateLostException("The tables of budgets are empty: what was spent is restored first");
		}
	}

	/** A kept connection that broke since it was used last says nothing of others. */
	private <T> T attempt(BudgetWork<T> work, boolean repeatable) throws SQLException {
		while (true) {
			Lease lease = this.connections.lend();
			Attempt attempt = new Attempt(lease);
			try {
				return attempt.run(work);
			}
			catch (SQLException ex) {
				boolean stale = lease.isReused() && SqlErrors.isOfConnection(ex) && !isTimeout(ex);
				if (!stale || (attempt.hasWritten() && !repeatable)) {
					throw ex;
				}
			}
			finally {
				this.connections.giveBack(lease, attempt.broken);
			}
		}
	}

	private static boolean isTimeout(SQLException error) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof SocketTimeoutException) {
				return true;
			}
		}
		return false;
	}

	private BudgetSql ready(Lease lease) throws SQLException {
		Connection connection = lease.connection();
		BudgetSql known = known(connection);
		if (!lease.isPrepared()) {
			connection.setNetworkTimeout(Runnable::run, (int) this.settings.timeout().toMillis());
			if (this.settings.keepsConnections()) {
				connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
				bound(connection, known);
				connection.setAutoCommit(false);
			}
			else if (this.isolates) {
				connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
			}
			lease.prepared();
		}
		return known;
	}

	private void bound(Connection connection, BudgetSql known) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(known.session(this.settings.timeout().toMillis()));
		}
	}

	private BudgetSql known(Connection connection) throws SQLException {
		BudgetSql known = this.sql;
		return (known != null) ? known : find(connection);
	}

	private synchronized BudgetSql find(Connection connection) throws SQLException {
		BudgetSql known = this.sql;
		if (known == null) {
			BudgetSql found = BudgetSql.of(connection);
			this.isolates = connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED;
			boolean initialize = this.settings.initializeSchema().initializes(connection);
			SqlTransactions.run(connection, (same) -> SqlTransactions.bounded(same, SCHEMA_TIMEOUT, (bounded) -> {
				SCHEMA.prepare(bounded, initialize);
				return true;
			}));
			this.sql = found;
			return found;
		}
		return known;
	}

	@Override
	public void close() {
		this.connections.close();
	}

	/** What to do in a transaction. */
	@FunctionalInterface
	interface BudgetWork<T> {

		/**
		 * Does it.
		 * @param transaction the transaction
		 * @return the result
		 * @throws SQLException if the database fails
		 */
		T apply(BudgetTransaction transaction) throws SQLException;

	}

	/** One transaction on one connection. */
	private final class Attempt {

		private final Lease lease;

		private @Nullable BudgetTransaction transaction;

		private boolean broken = true;

		private Attempt(Lease lease) {
			this.lease = lease;
		}

		private <T> T run(BudgetWork<T> work) throws SQLException {
			try {
				BudgetSql known = ready(this.lease);
				BudgetTransaction begun = new BudgetTransaction(this.lease.connection(), known, seconds());
				this.transaction = begun;
				T result = SqlTransactions.run(this.lease.connection(), (same) -> work.apply(begun));
				this.broken = false;
				return result;
			}
			catch (SQLException ex) {
				this.broken = SqlErrors.isOfConnection(ex) || ex.getSuppressed().length > 0;
				throw ex;
			}
			catch (RuntimeException ex) {
				this.broken = ex.getSuppressed().length > 0;
				throw ex;
			}
		}

		/** Where connections are kept, their sessions bound each statement. */
		private int seconds() {
			Duration timeout = BudgetDatabase.this.settings.timeout();
			return BudgetDatabase.this.settings.keepsConnections() ? 0 : (int) ((timeout.toMillis() + 999) / 1000);
		}

		private boolean hasWritten() {
			return this.transaction != null && this.transaction.hasWritten();
		}

	}

}

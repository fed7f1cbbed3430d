package io.github.costwise.accounting.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.jdbc.SchemaMode;
import io.github.costwise.jdbc.SqlTransactions;

/**
 * Opens transactions on the database of a ledger, once its schema is known to fit.
 * Thread-safe.
 */
final class Database {

	/** How long a statement may take before the database counts as unreachable. */
	static final int TIMEOUT_SECONDS = 30;

	private final DataSource dataSource;

	private final SchemaMode schemaMode;

	private volatile @Nullable SqlDialect dialect;

	Database(DataSource dataSource, SchemaMode schemaMode) {
		this.dataSource = dataSource;
		this.schemaMode = schemaMode;
	}

	/**
	 * Makes sure that the schema fits.
	 * @throws SQLException if the database cannot be reached
	 * @throws CostwiseConfigurationException if the schema does not fit
	 */
	void prepare() throws SQLException {
		inTransaction((connection, known) -> known);
	}

	<T> T inTransaction(TransactionWork<T> work) throws SQLException {
		return SqlTransactions.run(this.dataSource, (connection) -> work.apply(connection, dialect(connection)));
	}

	/**
	 * Does work that must end soon: a network that went silent ends it with an error.
	 * @param work what to do
	 * @return the result
	 * @throws SQLException if the database fails or does not answer in time
	 */
	<T> T inBoundedTransaction(TransactionWork<T> work) throws SQLException {
		return inTransaction((connection, known) -> SqlTransactions.bounded(connection,
				Duration.ofSeconds(TIMEOUT_SECONDS), (same) -> work.apply(same, known)));
	}

	private synchronized SqlDialect dialect(Connection connection) throws SQLException {
		SqlDialect known = this.dialect;
		if (known == null) {
			known = SqlDialect.of(connection);
			LedgerSchema.prepare(connection, this.schemaMode.initializes(connection));
			connection.commit();
			this.dialect = known;
		}
		return known;
	}

	/** What to do in a transaction. */
	@FunctionalInterface
	interface TransactionWork<T> {

		/**
		 * Does it.
		 * @param connection the connection, without auto-commit
		 * @param dialect the dialect of the database
		 * @return the result
		 * @throws SQLException if the database fails
		 */
		T apply(Connection connection, SqlDialect dialect) throws SQLException;

	}

}

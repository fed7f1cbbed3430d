package io.github.costwise.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What to do in a transaction.
 *
 * @param <T> the result
 * @since 0.1.0
 */
@FunctionalInterface
public interface SqlWork<T> {

	/**
	 * Does it.
	 * @param connection the connection, without auto-commit
	 * @return the result
	 * @throws SQLException if the database fails
	 */
	T apply(Connection connection) throws SQLException;

}

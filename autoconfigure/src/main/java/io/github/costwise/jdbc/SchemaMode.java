package io.github.costwise.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/**
 * Whether to create and migrate tables.
 *
 * @since 0.1.0
 */
public enum SchemaMode {

	/** In every database. */
	ALWAYS,

	/** In an H2 database that runs in this process, in memory or on a file. */
	EMBEDDED,

	/** In no database. */
	NEVER;

	/**
	 * Returns whether to do so.
	 * @param connection leads to the database
	 * @return whether tables are created there
	 * @throws SQLException if the database cannot be reached
	 */
	public boolean initializes(Connection connection) throws SQLException {
		String url = String.valueOf(connection.getMetaData().getURL()).toLowerCase(Locale.ROOT);
		boolean embedded = url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:h2:tcp:")
				&& !url.startsWith("jdbc:h2:ssl:");
		return this == ALWAYS || (this == EMBEDDED && embedded);
	}

}

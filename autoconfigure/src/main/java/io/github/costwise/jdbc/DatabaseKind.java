package io.github.costwise.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The databases that something may be kept in.
 *
 * @since 0.1.0
 */
public enum DatabaseKind {

	/** H2, in this process or as a server. */
	H2("H2"),

	/** PostgreSQL. */
	POSTGRESQL("PostgreSQL"),

	/** MariaDB. */
	MARIADB("MariaDB");

	private final String product;

	DatabaseKind(String product) {
		this.product = product;
	}

	/**
	 * Returns which database a connection leads to.
	 * @param connection the connection
	 * @return the kind, or {@code null} for another one
	 * @throws SQLException if the database cannot be reached
	 */
	public static @Nullable DatabaseKind of(Connection connection) throws SQLException {
		String product = connection.getMetaData().getDatabaseProductName();
		return Arrays.stream(values()).filter((kind) -> kind.product.equals(product)).findFirst().orElse(null);
	}

}

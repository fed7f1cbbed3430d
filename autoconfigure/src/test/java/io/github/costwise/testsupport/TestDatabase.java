package io.github.costwise.testsupport;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

/** A database of a test of its own, which is empty when it is made. */
public abstract class TestDatabase {

	/** A database in a file of H2. */
	public static TestDatabase h2(Path folder) {
		return new H2Database(folder);
	}

	/** A schema of the real PostgreSQL, which begins with a name. */
	public static TestDatabase postgres(String name) {
		return new PostgresSchema(name);
	}

	/** A database of the real MariaDB, whose name begins so. */
	public static TestDatabase mariaDb(String name) {
		return new MariaDbDatabase(name);
	}

	/** Makes the database, where it is not there, and returns its owner's path to it. */
	public abstract DataSource create();

	/** Returns another user's path to it. */
	public abstract DataSource as(String user, String password);

	/** Returns what it is called where it is one of several, or an empty text. */
	public abstract String name();

	/** Removes it, if it is there, once nothing is connected to it. */
	public abstract void drop();

	/** Returns its owner's path to it, or to where it will be. */
	abstract DataSource owner();

	/** Executes a statement as its owner. */
	public final void execute(String sql) {
		try (Connection connection = owner().getConnection(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

}

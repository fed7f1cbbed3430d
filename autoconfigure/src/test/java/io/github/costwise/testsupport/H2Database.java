package io.github.costwise.testsupport;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/** A database in a file of H2. */
final class H2Database extends TestDatabase {

	private final Path file;

	/**
	 * Keeps the database open: without a pool, every transaction would open the file once
	 * more.
	 */
	private @Nullable Connection guard;

	H2Database(Path folder) {
		this.file = folder.resolve("ledger").toAbsolutePath();
	}

	@Override
	public DataSource create() {
		try {
			JdbcDataSource owner = owner();
			if (this.guard == null) {
				this.guard = owner.getConnection();
			}
			return owner;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public DataSource as(String user, String password) {
		JdbcDataSource dataSource = owner();
		dataSource.setUser(user);
		dataSource.setPassword(password);
		return dataSource;
	}

	@Override
	JdbcDataSource owner() {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:file:" + this.file);
		return dataSource;
	}

	@Override
	public String name() {
		return "";
	}

	@Override
	public void drop() {
		try {
			if (this.guard != null) {
				this.guard.close();
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

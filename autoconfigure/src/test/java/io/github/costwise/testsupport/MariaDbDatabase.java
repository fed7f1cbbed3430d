package io.github.costwise.testsupport;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database of its own in the real MariaDB. */
final class MariaDbDatabase extends TestDatabase {

	private final String name;

	MariaDbDatabase(String name) {
		this.name = name + "_" + UUID.randomUUID().toString().replace('-', '_');
	}

	@Override
	public DataSource create() {
		onServer("create database if not exists " + this.name);
		return owner();
	}

	@Override
	public DataSource as(String user, String password) {
		return new DriverManagerDataSource(url(), user, password);
	}

	@Override
	DataSource owner() {
		return new DriverManagerDataSource(url());
	}

	private String url() {
		return JdbcUrls.withDatabase(RealParts.mariaDb(), this.name);
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public void drop() {
		onServer("drop database if exists " + this.name);
	}

	private static void onServer(String sql) {
		try (Connection connection = DriverManager.getConnection(RealParts.mariaDb());
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

}

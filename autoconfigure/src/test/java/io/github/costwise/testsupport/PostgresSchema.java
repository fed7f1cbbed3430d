package io.github.costwise.testsupport;

import java.util.UUID;

import javax.sql.DataSource;

import org.postgresql.ds.PGSimpleDataSource;

/** A schema of its own in the real PostgreSQL. */
final class PostgresSchema extends TestDatabase {

	private final String schema;

	PostgresSchema(String name) {
		this.schema = name + "_" + UUID.randomUUID().toString().replace('-', '_');
	}

	@Override
	public DataSource create() {
		execute("create schema if not exists " + this.schema);
		return owner();
	}

	@Override
	public DataSource as(String user, String password) {
		PGSimpleDataSource dataSource = owner();
		dataSource.setUser(user);
		dataSource.setPassword(password);
		return dataSource;
	}

	@Override
	PGSimpleDataSource owner() {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setURL(RealParts.postgres());
		dataSource.setCurrentSchema(this.schema);
		return dataSource;
	}

	@Override
	public String name() {
		return this.schema;
	}

	@Override
	public void drop() {
		execute("drop schema if exists " + this.schema + " cascade");
	}

}

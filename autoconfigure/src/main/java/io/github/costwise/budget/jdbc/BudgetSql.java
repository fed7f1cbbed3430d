package io.github.costwise.budget.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.jdbc.DatabaseKind;

/**
 * What budgets say to the supported databases. Times are read as microseconds since 1970,
 * and written as nanoseconds.
 */
enum BudgetSql {

	H2("cast(extract(epoch from current_timestamp) * 1000000 as bigint)", "",
			"delete from %1$s where %2$s limit " + BudgetSql.BATCH, "set lock_timeout %d"),

	POSTGRESQL("cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)", " on conflict do nothing",
			"delete from %1$s where id in (select id from %1$s where %2$s limit " + BudgetSql.BATCH
					+ " for update skip locked)",
			"set lock_timeout = %1$d; set statement_timeout = %1$d; "
					+ "set idle_in_transaction_session_timeout = %2$d"),

	MARIADB("timestampdiff(microsecond, '1970-01-01', utc_timestamp(6))", "",
			"delete from %1$s where %2$s limit " + BudgetSql.BATCH,
			"set session innodb_lock_wait_timeout = %3$d, idle_transaction_timeout = %4$d");

	/** Of rows that are deleted or read at a time. */
	static final int BATCH = 1000;

	static final String ACCOUNTS = "costwise_budget_account";

	static final String HOLDS = "costwise_budget_hold";

	/** The row of no account that says that the others are there. */
	static final String EPOCH = "epoch";

	private static final String STORED_HOLD = "select concat(version, ' ', stage, ' ', due_at, ' ', content) from "
			+ HOLDS + " where id = ?";

	private static final String UPDATE = "update " + ACCOUNTS
			+ " set content = ?, used_percent = ?, idle_at = ? where id = ?";

	private static final String INSERT_HOLD = "insert into " + HOLDS
			+ " (id, stage, version, due_at, content) values (?, ?, 0, ?, ?)";

	private static final String UPDATE_HOLD = "update " + HOLDS
			+ " set stage = ?, version = version + 1, due_at = ?, content = ? where id = ? and version = ?";

	private final String now;

	private final String orNothing;

	private final String delete;

	private final String session;

	BudgetSql(String now, String orNothing, String delete, String session) {
		this.now = now;
		this.orNothing = orNothing;
		this.delete = delete;
		this.session = session;
	}

	static BudgetSql of(Connection connection) throws SQLException {
		DatabaseKind kind = DatabaseKind.of(connection);
		if (kind == null) {
			throw new CostwiseConfigurationException(
					"Budgets are to be kept in a database that they do not know: "
							+ connection.getMetaData().getDatabaseProductName() + ".",
					"Give them a DataSource of H2, PostgreSQL or MariaDB.");
		}
		return valueOf(kind.name());
	}

	/**
	 * Returns what bounds a session, so that nobody waits for one that hangs.
	 * @param millis how long for a lock and for a statement
	 * @return the statement
	 */
	String session(long millis) {
		long seconds = (millis + 999) / 1000;
		return this.session.formatted(millis, 5 * millis, seconds, 5 * seconds);
	}

	String now() {
		return (this == MARIADB || this == POSTGRESQL) ? "select " + this.now : "values (" + this.now + ")";
	}

	/**
	 * Locks accounts in the order of their ids, and reads them, what time it is, and a
	 * hold as it was before.
	 * @param accounts how many, whose ids follow that of the hold
	 * @return the statement
	 */
	String lock(int accounts) {
		return "select id, budget, owner, content, " + this.now + ", (select 1 from " + ACCOUNTS + " where id = '"
				+ EPOCH + "'), (" + STORED_HOLD + ") from " + ACCOUNTS + " where id in (" + places(accounts)
				+ ") order by id for update";
	}

	/** Returns the place of a text that is selected. */
	String text() {
		return (this == MARIADB) ? "?" : "cast(? as varchar)";
	}

	String account() {
		return "select budget, owner, content, " + this.now + " from " + ACCOUNTS + " where id = ?";
	}

	/** Those first of which most was spent when they were written. */
	String accounts() {
		return "select budget, owner, content, " + this.now + " from " + ACCOUNTS
				+ " where budget = ? order by used_percent desc limit ?";
	}

	String hold() {
		return STORED_HOLD;
	}

	String due() {
		return "select id from " + HOLDS + " where stage = 'HELD' and due_at <= ? order by due_at limit " + BATCH;
	}

	String extend(int holds) {
		return "update " + HOLDS + " set due_at = ? where stage = 'HELD' and id in (" + places(holds) + ")";
	}

	/** Returns what makes a row unless it is there. */
	String create() {
		String row = ((this == MARIADB) ? "insert ignore into " : "insert into ") + ACCOUNTS
				+ " (id, budget, owner, content, used_percent, idle_at) ";
		return (this == H2)
				? row + "select * from (values (cast(? as varchar), cast(? as varchar), cast(? as varchar), "
						+ "cast(? as varchar), cast(? as integer), cast(? as bigint))) v (i, b, o, c, u, d) "
						+ "where not exists (select 1 from " + ACCOUNTS + " a where a.id = v.i)"
				: row + "values (?, ?, ?, ?, ?, ?)" + this.orNothing;
	}

	String update() {
		return UPDATE;
	}

	String insertHold() {
		return INSERT_HOLD;
	}

	String updateHold() {
		return UPDATE_HOLD;
	}

	/** Returns what deletes a batch of rows of a table with ids. */
	String delete(String table, String condition) {
		return this.delete.formatted(table, condition);
	}

	/** Returns whether a hold and its accounts are written by one statement. */
	boolean writesAtOnce() {
		return this == POSTGRESQL;
	}

	/**
	 * Writes accounts if their hold could be written, and commits.
	 * @param hold the statement that writes the hold
	 * @param accounts how many, each its id, content, percent and when it is idle
	 * @return the statement
	 */
	static String writeAtOnce(String hold, int accounts) {
		String values = String.join(", ",
				Collections.nCopies(accounts, "(?, ?, cast(? as integer), cast(? as bigint))"));
		return "with h as (" + hold + " returning 1) update " + ACCOUNTS
				+ " a set content = v.c, used_percent = v.u, idle_at = v.d from (values " + values
				+ ") v (i, c, u, d) where a.id = v.i and exists (select 1 from h); commit";
	}

	private static String places(int count) {
		return String.join(", ", Collections.nCopies(count, "?"));
	}

}

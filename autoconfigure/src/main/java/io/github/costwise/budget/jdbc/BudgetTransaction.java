package io.github.costwise.budget.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.jdbc.StorableText;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;

/**
 * The statements of a transaction. Not thread-safe.
 */
final class BudgetTransaction {

	private final Connection connection;

	private final BudgetSql sql;

	private final int timeoutSeconds;

	private boolean written;

	/**
	 * Creates an instance.
	 * @param connection the connection
	 * @param sql what it understands
	 * @param timeoutSeconds bounds each statement, or 0 where the session does
	 */
	BudgetTransaction(Connection connection, BudgetSql sql, int timeoutSeconds) {
		this.connection = connection;
		this.sql = sql;
		this.timeoutSeconds = timeoutSeconds;
	}

	BudgetSql sql() {
		return this.sql;
	}

	/** Whether anything was sent that changes rows. */
	boolean hasWritten() {
		return this.written;
	}

	PreparedStatement prepare(String statement) throws SQLException {
		PreparedStatement prepared = this.connection.prepareStatement(statement);
		if (this.timeoutSeconds > 0) {
			prepared.setQueryTimeout(this.timeoutSeconds);
		}
		return prepared;
	}

	/** What time it is at the server. */
	Instant now() throws SQLException {
		try (PreparedStatement statement = prepare(this.sql.now()); ResultSet row = statement.executeQuery()) {
			row.next();
			return Nanos.ofMicros(row.getLong(1));
		}
	}

	/** Locks accounts, and reads them with a hold. */
	LockedRows lock(WantedAccounts wanted, String holdKey) throws SQLException {
		List<String> keys = wanted.keys();
		try (PreparedStatement statement = prepare(this.sql.lock(keys.size()))) {
			statement.setString(1, holdKey);
			for (int i = 0; i < keys.size(); i++) {
				statement.setString(i + 2, keys.get(i));
			}
			try (ResultSet rows = statement.executeQuery()) {
				return locked(rows, wanted, holdKey);
			}
		}
	}

	private static LockedRows locked(ResultSet rows, WantedAccounts wanted, String holdKey) throws SQLException {
		Map<String, StoredAccount> accounts = new HashMap<>();
		Instant now = Instant.EPOCH;
		String hold = null;
		boolean epoch = false;
		while (rows.next()) {
			String key = rows.getString(1);
			StoredAccount account = wanted.account(key, rows.getString(2), rows.getString(3), rows.getString(4));
			accounts.put(key, account);
			now = Nanos.ofMicros(rows.getLong(5));
			epoch = rows.getInt(6) == 1;
			hold = rows.getString(7);
		}
		return new LockedRows(accounts, now, epoch, (hold != null) ? StoredHoldRow.read(holdKey, hold) : null);
	}

	/** Whether the store has lost nothing. */
	boolean hasEpoch() throws SQLException {
		try (PreparedStatement statement = prepare(this.sql.account())) {
			statement.setString(1, BudgetSql.EPOCH);
			try (ResultSet rows = statement.executeQuery()) {
				return rows.next();
			}
		}
	}

	/** An account as it was committed last, not locked. */
	List<BudgetState> account(BudgetAccount account, BudgetSpan span, StateOf state) throws SQLException {
		try (PreparedStatement statement = prepare(this.sql.account())) {
			statement.setString(1, StoredAccount.key(account));
			return states(statement, (row) -> new StoredAccount("", account, row.getString(3), span), state);
		}
	}

	/** The accounts of a budget as they were committed last. */
	List<BudgetState> accounts(String budget, int most, StateOf state) throws SQLException {
		try (PreparedStatement statement = prepare(this.sql.accounts())) {
			statement.setString(1, StorableText.of(budget));
			statement.setInt(2, most);
			return states(statement, (row) -> new StoredAccount("", new BudgetAccount(budget, row.getString(2)),
					row.getString(3), BudgetSpan.TOTAL), state);
		}
	}

	private static List<BudgetState> states(PreparedStatement statement, RowRead read, StateOf state)
			throws SQLException {
		List<BudgetState> states = new ArrayList<>();
		try (ResultSet rows = statement.executeQuery()) {
			while (rows.next()) {
				BudgetState one = state.of(read.read(rows), Nanos.ofMicros(rows.getLong(4)));
				if (one != null) {
					states.add(one);
				}
			}
		}
		return states;
	}

	/** The texts in the first column. */
	List<String> texts(String query, Object value) throws SQLException {
		try (PreparedStatement statement = prepare(query)) {
			statement.setObject(1, value);
			List<String> texts = new ArrayList<>();
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					texts.add(rows.getString(1));
				}
			}
			return texts;
		}
	}

	/** Makes rows unless they are there. */
	int create(Collection<NewAccount> accounts) throws SQLException {
		int created = 0;
		try (PreparedStatement statement = prepare(this.sql.create())) {
			for (NewAccount account : accounts) {
				account.bind(statement);
				statement.addBatch();
			}
			for (int count : changing(statement)) {
				created += Math.max(0, count);
			}
		}
		return created;
	}

	/** A hold as it was committed last, not locked. */
	@Nullable StoredHoldRow hold(String key) throws SQLException {
		try (PreparedStatement statement = prepare(this.sql.hold())) {
			statement.setString(1, key);
			try (ResultSet rows = statement.executeQuery()) {
				return rows.next() ? StoredHoldRow.read(key, rows.getString(1)) : null;
			}
		}
	}

	/**
	 * Writes a hold with its accounts, as the last thing.
	 * @return whether the hold was still as it was read; if not, nothing may be committed
	 */
	boolean write(HoldChange hold, Collection<StoredAccount> accounts) throws SQLException {
		if (this.sql.writesAtOnce() && !accounts.isEmpty()) {
			return writeAtOnce(hold, accounts);
		}
		boolean written = write(hold);
		update(written ? accounts : List.of());
		return written;
	}

	private boolean writeAtOnce(HoldChange hold, Collection<StoredAccount> accounts) throws SQLException {
		String statement = hold.isNew() ? this.sql.insertHold() + " on conflict do nothing" : this.sql.updateHold();
		try (PreparedStatement prepared = prepare(BudgetSql.writeAtOnce(statement, accounts.size()))) {
			int place = hold.bind(prepared);
			for (StoredAccount account : accounts) {
				prepared.setString(++place, account.key());
				place = bind(prepared, place, account);
			}
			return change(prepared) == accounts.size();
		}
	}

	/** Writes a hold if it is still as it was read. */
	boolean write(HoldChange hold) throws SQLException {
		try (PreparedStatement statement = prepare(hold.isNew() ? this.sql.insertHold() : this.sql.updateHold())) {
			hold.bind(statement);
			return change(statement) == 1;
		}
	}

	/** Writes accounts that are locked. */
	void update(Collection<StoredAccount> accounts) throws SQLException {
		if (accounts.isEmpty()) {
			return;
		}
		try (PreparedStatement statement = prepare(this.sql.update())) {
			for (StoredAccount account : accounts) {
				int place = bind(statement, 0, account);
				statement.setString(++place, account.key());
				statement.addBatch();
			}
			changing(statement);
		}
	}

	private static int bind(PreparedStatement statement, int before, StoredAccount account) throws SQLException {
		int place = before;
		statement.setString(++place, account.text());
		statement.setInt(++place, account.usedPercent());
		statement.setLong(++place, account.idleNanos());
		return place;
	}

	/** Executes a statement that changes rows. */
	int change(PreparedStatement statement) throws SQLException {
		this.written = true;
		return statement.executeUpdate();
	}

	private int[] changing(PreparedStatement statement) throws SQLException {
		this.written = true;
		return statement.executeBatch();
	}

	/** Executes a statement that changes rows. */
	int change(String statement, Object... values) throws SQLException {
		try (PreparedStatement prepared = prepare(statement)) {
			for (int i = 0; i < values.length; i++) {
				prepared.setObject(i + 1, values[i]);
			}
			return change(prepared);
		}
	}

	/** What an account says. */
	@FunctionalInterface
	interface StateOf {

		@Nullable BudgetState of(StoredAccount account, Instant server);

	}

	/** Reads an account. */
	@FunctionalInterface
	private interface RowRead {

		StoredAccount read(ResultSet row) throws SQLException;

	}

	/**
	 * What was locked.
	 *
	 * @param accounts the accounts that have rows
	 * @param now what time it is at the server
	 * @param epoch whether the store has lost nothing
	 * @param hold the hold as it was before the accounts were locked
	 */
	record LockedRows(Map<String, StoredAccount> accounts, Instant now, boolean epoch, @Nullable StoredHoldRow hold) {

		boolean has(Collection<String> keys) {
			return this.accounts.keySet().containsAll(keys);
		}

		StoredAccount account(String key) {
			StoredAccount known = this.accounts.get(key);
			return (known != null) ? known : StoredAccount.unknown(key);
		}

	}

}

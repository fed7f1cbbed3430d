package io.github.costwise.budget.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.github.costwise.time.Time;

/**
 * What is due from time to time: holds that live are extended, others expire, and rows
 * that are of no use any more are deleted. Thread-safe.
 */
final class BudgetTick {

	/** Of batches that are deleted at a time; the next tick goes on. */
	private static final int MOST_BATCHES = 20;

	private final BudgetDatabase database;

	private final HoldOperations operations;

	private final StoreClock clock;

	BudgetTick(BudgetDatabase database, HoldOperations operations, StoreClock clock) {
		this.database = database;
		this.operations = operations;
		this.clock = clock;
	}

	void extend(Collection<String> ids, Instant until, Time time) {
		List<String> keys = ids.stream().map(StoredHoldRow::key).sorted().toList();
		for (int from = 0; from < keys.size(); from += BudgetSql.BATCH) {
			List<String> some = keys.subList(from, Math.min(keys.size(), from + BudgetSql.BATCH));
			this.database.run("extend holds", (transaction) -> extend(transaction, some, until, time));
		}
	}

	private int extend(BudgetTransaction transaction, List<String> keys, Instant until, Time time) throws SQLException {
		Instant due = this.clock.until(until, this.clock.now(until, transaction), time);
		try (PreparedStatement statement = transaction.prepare(transaction.sql().extend(keys.size()))) {
			statement.setLong(1, Nanos.of(due));
			for (int i = 0; i < keys.size(); i++) {
				statement.setString(i + 2, keys.get(i));
			}
			return transaction.change(statement);
		}
	}

	List<String> expire(Instant given) {
		List<String> over = new ArrayList<>();
		Instant now = this.database.run("read the time", (transaction) -> this.clock.now(given, transaction));
		List<String> due = due(now);
		while (!due.isEmpty()) {
			int before = over.size();
			for (String key : due) {
				if (this.database.run("end holds that expired",
						(transaction) -> this.operations.expire(transaction, key, given))) {
					over.add(key);
				}
			}
			due = (due.size() < BudgetSql.BATCH || over.size() == before) ? List.of() : due(now);
		}
		if (!over.isEmpty()) {
			this.database.run("note room", (transaction) -> transaction.change(RoomWatch.NOTE));
		}
		delete(BudgetSql.HOLDS, "stage <> 'HELD' and due_at <= ?", now);
		delete(BudgetSql.ACCOUNTS, "idle_at <= ?", now);
		delete("costwise_budget_once", "until_at <= ?", now);
		return over;
	}

	private List<String> due(Instant now) {
		return this.database.run("look for holds that expired",
				(transaction) -> transaction.texts(transaction.sql().due(), Nanos.of(now)));
	}

	private void delete(String table, String condition, Instant now) {
		for (int i = 0; i < MOST_BATCHES; i++) {
			int deleted = this.database.run("delete old rows of budgets",
					(transaction) -> transaction.change(transaction.sql().delete(table, condition), Nanos.of(now)));
			if (deleted < BudgetSql.BATCH) {
				return;
			}
		}
	}

}

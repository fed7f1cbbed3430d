package io.github.costwise.budget.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import io.github.costwise.jdbc.StorableText;
import io.github.costwise.text.Sha256;
import io.github.costwise.time.Time;

/**
 * What instances tell each other: what is done only once, and what was changed at run
 * time. Thread-safe.
 */
final class SharedNotes {

	private static final String AGAIN = "update costwise_budget_once set until_at = ? where id = ? and until_at <= ?";

	private static final String FIRST = "insert into costwise_budget_once (id, until_at) values (?, ?)";

	private static final String KNOWN = "select id from costwise_budget_once where id = ?";

	/** Whoever commits later finds its position taken, and takes the next one. */
	private static final String REMEMBER = "insert into costwise_budget_change (position, content) "
			+ "select coalesce(max(position), 0) + 1, %s from costwise_budget_change";

	private static final String REMEMBERED = "select content from costwise_budget_change where position > ? "
			+ "order by position";

	private final BudgetDatabase database;

	private final StoreClock clock;

	SharedNotes(BudgetDatabase database, StoreClock clock) {
		this.database = database;
		this.clock = clock;
	}

	boolean isFirst(String what, Instant until, Time time) {
		String key = Sha256.of(what, 20);
		return this.database.runOnce("note what is done once", (transaction) -> isFirst(transaction, key, until, time));
	}

	private boolean isFirst(BudgetTransaction transaction, String key, Instant until, Time time) throws SQLException {
		Instant now = this.clock.now(time.now(), transaction);
		long end = Nanos.of(this.clock.until(until, now, time));
		if (transaction.change(AGAIN, end, key, Nanos.of(now)) == 1) {
			return true;
		}
		return transaction.texts(KNOWN, key).isEmpty() && transaction.change(FIRST, key, end) == 1;
	}

	void remember(String change) {
		String text = StorableText.of(change);
		this.database.runOnce("remember a change",
				(transaction) -> transaction.change(REMEMBER.formatted(transaction.sql().text()), text));
	}

	List<String> remembered(int from) {
		return this.database.run("read changes", (transaction) -> transaction.texts(REMEMBERED, (long) from));
	}

}

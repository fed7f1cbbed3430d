package io.github.costwise.accounting.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.costwise.model.BudgetEntry;

/**
 * The table of what was done with budgets.
 */
final class EntryTable {

	static final String NAME = "costwise_budget_entry";

	static final Table<BudgetEntry> TABLE = new Columns<BudgetEntry>().text("id", BudgetEntry::id)
		.moment(BudgetEntry::at)
		.text("budget", BudgetEntry::budget)
		.text("action", BudgetEntry::action)
		.text("owner", BudgetEntry::owner)
		.text("unit", BudgetEntry::unit)
		.number("amount", BudgetEntry::amount)
		.text("why", BudgetEntry::why)
		.text("who", BudgetEntry::who)
		.of(NAME);

	private EntryTable() {
	}

	/** The latest entries, oldest first. */
	static List<BudgetEntry> latest(Connection connection, int most) throws SQLException {
		try (PreparedStatement statement = connection
			.prepareStatement("select * from " + NAME + " order by started_at desc, id desc limit ?")) {
			statement.setQueryTimeout(Database.TIMEOUT_SECONDS);
			statement.setInt(1, most);
			List<BudgetEntry> entries = new ArrayList<>();
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					entries.add(new BudgetEntry(row.getString("id"), Columns.moment(row), row.getString("budget"),
							row.getString("action"), row.getString("owner"), row.getString("unit"),
							row.getLong("amount"), row.getString("why"), row.getString("who")));
				}
			}
			Collections.reverse(entries);
			return entries;
		}
	}

}

package io.github.costwise.budget.jdbc;

import java.sql.SQLException;

import io.github.costwise.text.ShortText;

/**
 * The database of budgets could not do something. Nothing is done then, unless only its
 * answer was lost.
 */
final class BudgetDatabaseException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private static final int MOST_LENGTH = 300;

	BudgetDatabaseException(String action, SQLException cause) {
		super("The database of budgets did not " + action + " (SQLState " + cause.getSQLState() + "): "
				+ ShortText.ofLine(String.valueOf(cause.getMessage()), MOST_LENGTH)
				+ "; look at the database, and at costwise.budgets.jdbc.connections, .connection-wait and .timeout",
				cause);
	}

}

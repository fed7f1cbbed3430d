package io.github.costwise.budget.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;

import io.github.costwise.jdbc.StorableText;
import io.github.costwise.model.BudgetAccount;

/**
 * A row that is to be made.
 *
 * @param key its key
 * @param account the account
 * @param content what is known of it, or an empty text
 * @param percent how much of its limit is spent
 * @param idleAt when it is of no use any more, in nanoseconds
 */
record NewAccount(String key, BudgetAccount account, String content, int percent, long idleAt) {

	/** One of which nothing is known. */
	static NewAccount empty(String key, BudgetAccount account, long idleAt) {
		return new NewAccount(key, account, "", 0, idleAt);
	}

	static NewAccount of(StoredAccount account) {
		return new NewAccount(account.key(), account.account(), account.text(), account.usedPercent(),
				account.idleNanos());
	}

	void bind(PreparedStatement statement) throws SQLException {
		statement.setString(1, this.key);
		statement.setString(2, StorableText.of(this.account.budget()));
		statement.setString(3, StorableText.of(this.account.owner()));
		statement.setString(4, this.content);
		statement.setInt(5, this.percent);
		statement.setLong(6, this.idleAt);
	}

}

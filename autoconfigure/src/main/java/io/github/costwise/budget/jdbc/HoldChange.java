package io.github.costwise.budget.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.costwise.budget.account.AccountHold.HoldStage;
import io.github.costwise.budget.account.AccountHold.StoredHold;

/**
 * A hold that is to be written.
 *
 * @param key its key
 * @param before the version that is replaced, or {@code null} for a new one
 * @param within the key of the hold that it draws on, or {@code null}
 * @param stored what is known of it
 * @param dueAt when it expires, or its row may be deleted, in nanoseconds
 */
record HoldChange(String key, @Nullable Long before, @Nullable String within, StoredHold stored, long dueAt) {

	/** How long an id is known whose hold has ended. */
	static final Duration REMEMBERED = Duration.ofHours(1);

	/** How late a call may be settled whose hold has expired. */
	private static final Duration LATE = Duration.ofDays(1);

	static HoldChange of(String key, @Nullable Long before, @Nullable String within, StoredHold stored, Instant now) {
		Instant due = switch (stored.stage()) {
			case HELD -> stored.expires();
			case EXPIRED -> now.plus(LATE);
			case OVER -> now.plus(REMEMBERED);
		};
		StoredHold kept = (stored.stage() != HoldStage.OVER) ? stored
				: new StoredHold(HoldStage.OVER, stored.at(), stored.expires(), stored.outputCap(), "");
		return new HoldChange(key, before, within, kept, Nanos.of(due));
	}

	static HoldChange of(StoredHoldRow row, StoredHold stored, Instant now) {
		return of(row.key(), row.version(), row.within(), stored, now);
	}

	boolean isNew() {
		return this.before == null;
	}

	/** Binds the values of the statement that inserts it, or updates it. */
	int bind(PreparedStatement statement) throws SQLException {
		String content = StoredHoldRow.content(this.stored, this.within);
		int place = 0;
		if (this.before == null) {
			statement.setString(++place, this.key);
		}
		statement.setString(++place, this.stored.stage().name());
		statement.setLong(++place, this.dueAt);
		statement.setString(++place, content);
		if (this.before != null) {
			statement.setString(++place, this.key);
			statement.setLong(++place, this.before);
		}
		return place;
	}

}

package io.github.costwise.accounting.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Binds the bounds of a period, cut to what the databases can hold.
 */
final class PeriodBinder {

	private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

	private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

	private PeriodBinder() {
	}

	static void bind(PreparedStatement statement, int index, Instant from, Instant to) throws SQLException {
		statement.setObject(index, bound(from));
		statement.setObject(index + 1, bound(to));
	}

	/** Rounds up to a microsecond: rows are cut to one, so that bounds stay exact. */
	static OffsetDateTime bound(Instant instant) {
		Instant within = instant.isBefore(FIRST) ? FIRST : instant.isAfter(LAST) ? LAST : instant;
		Instant cut = within.truncatedTo(ChronoUnit.MICROS);
		return (cut.equals(within) ? cut : cut.plus(1, ChronoUnit.MICROS)).atOffset(ZoneOffset.UTC);
	}

}

package io.github.costwise.accounting.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * How a value is held in a row, and how it is bound to a statement. A row holds strings,
 * whole numbers and booleans only, so that the journal can hold it too.
 */
enum ColumnType {

	TEXT(Types.VARCHAR) {

		@Override
		Object bindable(Object held) {
			return held;
		}

	},

	NUMBER(Types.BIGINT) {

		@Override
		Object bindable(Object held) {
			return ((Number) held).longValue();
		}

	},

	FLAG(Types.BOOLEAN) {

		@Override
		Object bindable(Object held) {
			return held;
		}

	},

	/** A moment, held as microseconds since 1970. */
	TIME(Types.TIMESTAMP_WITH_TIMEZONE) {

		@Override
		Object bindable(Object held) {
			return Instant.EPOCH.plus(((Number) held).longValue(), ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
		}

	},

	/** A day, held as days since 1970. */
	DAY(Types.DATE) {

		@Override
		Object bindable(Object held) {
			return LocalDate.ofEpochDay(((Number) held).longValue());
		}

	};

	private final int sqlType;

	ColumnType(int sqlType) {
		this.sqlType = sqlType;
	}

	abstract Object bindable(Object held);

	void bind(PreparedStatement statement, int index, @Nullable Object held) throws SQLException {
		if (held == null) {
			statement.setNull(index, this.sqlType);
		}
		else {
			statement.setObject(index, bindable(held));
		}
	}

	static long micros(Instant instant) {
		return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
	}

	static long days(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
	}

}

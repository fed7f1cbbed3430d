package io.github.costwise.budget.jdbc;

import java.sql.SQLException;
import java.time.Instant;

import io.github.costwise.time.Time;

/** Whose clock decides what time it is. */
enum StoreClock {

	/** That of the database, which all instances share. */
	SERVER {

		@Override
		Instant now(Instant given, Instant server) {
			return server;
		}

		@Override
		Instant now(Instant given, BudgetTransaction transaction) throws SQLException {
			return transaction.now();
		}

		@Override
		Instant until(Instant given, Instant now, Time time) {
			return now.plusNanos(Nanos.of(given) - Nanos.of(time.now()));
		}

	},

	/** That of whoever calls, for tests in which time stands still. */
	CALLER {

		@Override
		Instant now(Instant given, Instant server) {
			return given;
		}

		@Override
		Instant now(Instant given, BudgetTransaction transaction) {
			return given;
		}

		@Override
		Instant until(Instant given, Instant now, Time time) {
			return given;
		}

	};

	/** What time it is, as the caller says, or as the database said. */
	abstract Instant now(Instant given, Instant server);

	/** What time it is, as the caller says, or as the database says. */
	abstract Instant now(Instant given, BudgetTransaction transaction) throws SQLException;

	/** A moment by the clock of the caller, as it is by that of the store. */
	abstract Instant until(Instant given, Instant now, Time time);

}

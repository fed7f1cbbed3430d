package io.github.costwise.budget.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import io.github.costwise.background.Team;
import io.github.costwise.background.Worker;
import io.github.costwise.faults.Faults;
import io.github.costwise.time.Timers;

/**
 * Notices that calls ended or limits were raised, on any instance, while somebody wants
 * to know. Looks at the holds that ended, which costs those who end them nothing.
 * Thread-safe.
 */
final class RoomWatch implements AutoCloseable {

	/** Counts what is no end of a call. */
	static final String NOTE = "update costwise_budget_room set events = events + 1 where id = 1";

	private static final Duration PAUSE = Duration.ofMillis(200);

	/** So long after it read the time a transaction may be committed. */
	private static final Duration OVERLAP = Duration.ofSeconds(5);

	private static final String LOOK = "select coalesce(max(due_at), 0), count(*), "
			+ "coalesce(sum(case when due_at > ? then 1 else 0 end), 0), "
			+ "(select max(events) from costwise_budget_room) from " + BudgetSql.HOLDS
			+ " where stage = 'OVER' and due_at > ?";

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private final BudgetDatabase database;

	private final Worker worker;

	private final Faults faults;

	private @Nullable Seen seen;

	private boolean watching;

	RoomWatch(BudgetDatabase database, Timers timers, Team team, Faults faults) {
		this.database = database;
		this.worker = team.worker(timers);
		this.faults = faults;
	}

	AutoCloseable add(Runnable listener) {
		Runnable own = () -> this.faults.guard(Faults.Kind.BUDGET, listener);
		synchronized (this) {
			this.listeners.add(own);
			if (!this.watching) {
				this.watching = true;
				this.seen = null;
				this.worker.run(this::watch);
			}
		}
		return () -> this.listeners.remove(own);
	}

	private void watch() {
		try {
			if (!this.listeners.isEmpty()) {
				look();
			}
		}
		finally {
			goOn();
		}
	}

	private synchronized void goOn() {
		this.watching = !this.listeners.isEmpty();
		if (this.watching) {
			this.worker.runAfter(this::watch, PAUSE);
		}
	}

	/** Does nothing the first time, since room that was there before is known. */
	private void look() {
		Seen before = this.seen;
		Seen now = this.database.run("look for room", (transaction) -> look(transaction, before));
		this.seen = now;
		if (before != null && now.isAfter(before)) {
			this.listeners.forEach(Runnable::run);
		}
	}

	private static Seen look(BudgetTransaction transaction, @Nullable Seen before) throws SQLException {
		long from = (before != null) ? before.from() : begin(transaction.now());
		long next = (before != null) ? Math.max(from, before.latest() - OVERLAP.toNanos()) : from;
		try (PreparedStatement statement = transaction.prepare(LOOK)) {
			statement.setLong(1, next);
			statement.setLong(2, from);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				long latest = Math.max(row.getLong(1), (before != null) ? before.latest() : 0);
				return new Seen(next, latest, row.getLong(2), row.getLong(3), row.getLong(4));
			}
		}
	}

	private static long begin(Instant now) {
		return Nanos.of(now.plus(HoldChange.REMEMBERED).minus(OVERLAP));
	}

	/** Ends with what it does at the moment, which nothing interrupts. */
	@Override
	public void close() {
		this.listeners.clear();
	}

	/**
	 * The ends of calls that were there.
	 *
	 * @param from after which those are counted that the next look compares
	 * @param latest the latest of all
	 * @param count how many there were after the beginning of the look before
	 * @param next how many there were after that of the next
	 * @param events how much else happened
	 */
	private record Seen(long from, long latest, long count, long next, long events) {

		private boolean isAfter(Seen before) {
			return this.latest > before.latest || this.count > before.next || this.events != before.events;
		}

	}

}

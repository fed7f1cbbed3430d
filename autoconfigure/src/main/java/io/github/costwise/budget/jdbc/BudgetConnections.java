package io.github.costwise.budget.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import io.github.costwise.background.Team;
import io.github.costwise.time.Time;

/**
 * The connections of budgets: never more than a few at a time, and never one of a
 * transaction of the caller. None is waited for longer than is set, however long the data
 * source would: it is asked on another thread, and what it gives too late goes back.
 * Thread-safe.
 */
final class BudgetConnections implements AutoCloseable {

	/** After a pause as long, a kept connection is asked whether it still lives. */
	private static final Duration TRUSTED = Duration.ofSeconds(20);

	private final ConcurrentLinkedDeque<Lease> kept = new ConcurrentLinkedDeque<>();

	private final DataSource dataSource;

	private final JdbcBudgetSettings settings;

	private final ExecutorService openers;

	private final Permits permits;

	private final Time time;

	private volatile boolean closed;

	BudgetConnections(DataSource dataSource, JdbcBudgetSettings settings, Time time, Team team) {
		this.dataSource = dataSource;
		this.settings = settings;
		this.time = time;
		this.openers = team.loops(settings.connections(), settings.connections());
		this.permits = new Permits(settings.connections(), time.timers());
	}

	/**
	 * Lends a connection until it is given back.
	 * @return a connection that is not in a transaction
	 * @throws SQLException if there is none in time
	 */
	Lease lend() throws SQLException {
		if (!await()) {
			throw late("all " + this.settings.connections() + " connections of budgets are in use");
		}
		Lease living = living();
		return (living != null) ? living : open();
	}

	private boolean await() throws SQLException {
		try {
			return this.permits.take(this.settings.connectionWait());
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	private SQLException late(String why) {
		return new SQLTransientConnectionException(
				"Budgets have no connection after " + this.settings.connectionWait().toMillis() + " ms: " + why,
				"08001");
	}

	private static SQLException interrupted(InterruptedException cause) {
		Thread.currentThread().interrupt();
		return new SQLException("Interrupted while waiting for a connection", "08001", cause);
	}

	private @Nullable Lease living() {
		for (Lease lease = this.kept.pollFirst(); lease != null; lease = this.kept.pollFirst()) {
			lease.reused = true;
			if (this.time.nanos() - lease.since < TRUSTED.toNanos() || isValid(lease.connection)) {
				return lease;
			}
			close(lease.connection);
		}
		return null;
	}

	private static boolean isValid(Connection connection) {
		try {
			return connection.isValid(1);
		}
		catch (SQLException ex) {
			return false;
		}
	}

	/** One that comes too late, or not at all, gives back its permit by itself. */
	private Lease open() throws SQLException {
		CompletableFuture<Lease> opened = new CompletableFuture<>();
		boolean there = false;
		try {
			this.openers.execute(() -> open(opened));
			boolean done = this.time.timers().await(opened, this.settings.connectionWait());
			there = done && !opened.isCompletedExceptionally();
			if (done) {
				return opened.get();
			}
			throw late("the data source gave none");
		}
		catch (RejectedExecutionException ex) {
			opened.completeExceptionally(ex);
			throw late("others are waited for as well");
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof SQLException cause) ? cause
					: new SQLException("The data source of budgets failed", ex.getCause());
		}
		finally {
			if (!there) {
				opened.whenComplete((lease, failure) -> giveBackLate(lease));
			}
		}
	}

	private void open(CompletableFuture<Lease> opened) {
		try {
			Connection connection = this.dataSource.getConnection();
			opened.complete(new Lease(connection, connection.getNetworkTimeout()));
		}
		catch (Throwable ex) {
			opened.completeExceptionally(ex);
		}
	}

	private void giveBackLate(@Nullable Lease lease) {
		if (lease != null) {
			giveBack(lease, false);
		}
		else {
			this.permits.giveBack();
		}
	}

	/**
	 * Takes a connection back.
	 * @param lease what was lent
	 * @param broken whether it is of no use any more
	 */
	void giveBack(Lease lease, boolean broken) {
		if (broken || this.closed || !this.settings.keepsConnections()) {
			close(lease);
		}
		else {
			lease.since = this.time.nanos();
			this.kept.addFirst(lease);
			if (this.closed) {
				closeKept();
			}
		}
		this.permits.giveBack();
	}

	private void close(Lease lease) {
		if (!this.settings.keepsConnections()) {
			lease.restore();
		}
		close(lease.connection);
	}

	private static void close(Connection connection) {
		try {
			connection.close();
		}
		catch (SQLException ex) {
			// it is of no use any more
		}
	}

	@Override
	public void close() {
		this.closed = true;
		this.openers.shutdown();
		closeKept();
	}

	private void closeKept() {
		for (Lease lease = this.kept.pollFirst(); lease != null; lease = this.kept.pollFirst()) {
			close(lease.connection);
		}
	}

	/** A connection that is lent. */
	static final class Lease {

		private final Connection connection;

		private final int networkTimeout;

		private long since;

		private boolean reused;

		private boolean prepared;

		private Lease(Connection connection, int networkTimeout) {
			this.connection = connection;
			this.networkTimeout = networkTimeout;
		}

		Connection connection() {
			return this.connection;
		}

		/** Whether it was kept since it was lent before. */
		boolean isReused() {
			return this.reused;
		}

		/** Whether it was made ready when it was lent before. */
		boolean isPrepared() {
			return this.prepared;
		}

		void prepared() {
			this.prepared = true;
		}

		private void restore() {
			try {
				this.connection.setNetworkTimeout(Runnable::run, this.networkTimeout);
				this.connection.setAutoCommit(true);
			}
			catch (SQLException ex) {
				// the connection is broken, and closing it says so to its pool
			}
		}

	}

}

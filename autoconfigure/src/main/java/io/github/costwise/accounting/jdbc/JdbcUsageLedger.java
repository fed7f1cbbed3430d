package io.github.costwise.accounting.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.accounting.jdbc.Database.TransactionWork;
import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.files.ForeignFileException;
import io.github.costwise.jdbc.SqlErrors;
import io.github.costwise.model.BudgetEntry;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CostAnswer;
import io.github.costwise.model.CostQuery;
import io.github.costwise.model.CostSummary;
import io.github.costwise.model.LedgerFilter;
import io.github.costwise.model.LedgerHealth;
import io.github.costwise.model.LedgerQuery;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.text.ShortText;
import io.github.costwise.time.Time;

/**
 * Keeps every turn and call in a database (H2 or PostgreSQL), which several instances may
 * share. Appending puts the record into a bounded queue; a daemon thread writes batches.
 * Records that the database does not take go to a bounded local journal and are replayed
 * once it is back, none twice. Reading sees what was written, so it is behind by up to
 * the flush interval; moments are cut to a microsecond. Reading throws
 * {@link IllegalStateException} while the database is away. Thread-safe.
 *
 * @since 0.1.0
 */
public final class JdbcUsageLedger implements UsageLedger, AutoCloseable {

	/** How far the clocks of instances may differ. */
	private static final Duration AHEAD = Duration.ofDays(2);

	private final Database database;

	private final LedgerWriter writer;

	private final Clock clock;

	private final Duration retention;

	private JdbcUsageLedger(Database database, LedgerWriter writer, Clock clock, Duration retention) {
		this.database = database;
		this.writer = writer;
		this.clock = clock;
		this.retention = retention;
	}

	/**
	 * Opens the ledger. When the database cannot be reached, that is reported and the
	 * ledger begins with its journal.
	 * @param dataSource where the tables are
	 * @param settings how to write and how much to keep
	 * @param time tells which rows are expired and when to write, and waits
	 * @param background runs background tasks, and reports later failures
	 * @return the ledger
	 * @throws CostwiseConfigurationException if the database is of another kind, its
	 * tables do not fit, it refuses the user, or the journal cannot be opened
	 */
	public static JdbcUsageLedger open(DataSource dataSource, JdbcLedgerSettings settings, Time time,
			Background background) {
		Database database = new Database(dataSource, settings.initializeSchema());
		DeliveryStats stats = new DeliveryStats(background.faults());
		try {
			database.prepare();
		}
		catch (SQLException ex) {
			refusePermanent(ex);
			stats.unreachable(ex);
		}
		Journal journal = openJournal(settings);
		Delivery delivery = new Delivery(new RowStore(database), journal, stats, time.ticker());
		LedgerWriter writer = new LedgerWriter(settings, time, delivery, journal, stats,
				background.team("ledger", Faults.Kind.LEDGER));
		writer.start();
		return new JdbcUsageLedger(database, writer, time.clock(), settings.retention());
	}

	private static void refusePermanent(SQLException cause) {
		String state = SqlErrors.permanentState(cause);
		if (state != null) {
			throw new CostwiseConfigurationException(
					"The database of the ledger refuses it, which will not pass by itself (SQLState " + state + "): "
							+ ShortText.ofLine(String.valueOf(cause.getMessage()), 500) + ".",
					"Check the login, and let the user select, insert, update and delete in costwise_turn, "
							+ "costwise_call and costwise_budget_entry, select in costwise_schema, and create tables where they do not exist "
							+ "yet. Where tables of these names are not the ledger's, give "
							+ "costwise.ledger.jdbc.data-source another database or schema.",
					cause);
		}
	}

	private static Journal openJournal(JdbcLedgerSettings settings) {
		try {
			return Journal.open(settings.journal(), settings.journalMaxBytes());
		}
		catch (IOException ex) {
			throw new CostwiseConfigurationException(
					"The journal of the ledger cannot be opened at " + settings.journal().toAbsolutePath() + ": "
							+ reason(ex) + ".",
					"Set costwise.ledger.jdbc.journal.path to a file that this process may write and nothing else uses.",
					ex);
		}
	}

	private static String reason(IOException ex) {
		return (ex instanceof ForeignFileException) ? String.valueOf(ex.getMessage()) : ex.toString();
	}

	@Override
	public void append(CallRecord call) {
		this.writer.add(call);
	}

	@Override
	public void append(TurnRecord turn) {
		this.writer.add(turn);
	}

	@Override
	public void append(BudgetEntry entry) {
		this.writer.add(entry);
	}

	@Override
	public List<BudgetEntry> budgetEntries(int most) {
		return read((connection, dialect) -> EntryTable.latest(connection, most));
	}

	@Override
	public List<CostSummary> summarize(LedgerQuery query) {
		return read((connection, dialect) -> LedgerSums.read(connection, query));
	}

	/**
	 * Rows that wait for the database or were lost since the start are reported as gaps.
	 */
	@Override
	public CostAnswer query(CostQuery query) {
		List<String> gaps = new ArrayList<>(health().gaps());
		Instant missing = missingUntil(query.from());
		if (missing != null) {
			gaps.add("the ledger deletes what is older than its retention, which is what began before " + missing);
		}
		Instant kept = this.clock.instant().minus(this.retention);
		CostQuery asked = query.from().isBefore(kept) ? query.from(kept) : query;
		Instant latest = this.clock.instant().plus(AHEAD);
		return read((connection, dialect) -> LedgerRows.read(connection, dialect, asked, latest, gaps));
	}

	@Override
	public List<LedgerEvent> recent(LedgerFilter filter) {
		return read((connection, dialect) -> LedgerEvents.recent(connection, filter));
	}

	/**
	 * Reads pages of 500 calls and holds no connection while the consumer takes them, so
	 * that calls that arrive late, in the period but behind the page, are left out.
	 */
	@Override
	public void forEachCall(Instant from, Instant to, Consumer<CallRecord> consumer) {
		CallRecord last = null;
		List<CallRecord> page;
		do {
			page = page(from, to, last);
			page.forEach(consumer);
			last = page.isEmpty() ? null : page.get(page.size() - 1);
		}
		while (page.size() == LedgerEvents.FETCH);
	}

	private List<CallRecord> page(Instant from, Instant to, @Nullable CallRecord after) {
		return read((connection, dialect) -> LedgerEvents.page(connection, from, to, after));
	}

	/** What is older than the retention is deleted. */
	@Override
	public @Nullable Instant missingUntil(Instant from) {
		Instant kept = this.clock.instant().minus(this.retention);
		return (from.isAfter(Instant.EPOCH) && from.isBefore(kept)) ? kept : null;
	}

	private <T> T read(TransactionWork<T> work) {
		try {
			return this.database.inTransaction(work);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The ledger cannot be read from its database", ex);
		}
	}

	@Override
	public LedgerHealth health() {
		return this.writer.health();
	}

	/**
	 * Writes what was appended before, and replays the journal, without waiting for the
	 * flush interval or the pause after a failure.
	 * @param timeout how long to wait at the most
	 * @return whether all of it reached the database
	 */
	public boolean flush(Duration timeout) {
		return this.writer.flush(timeout);
	}

	/**
	 * Writes what is left, within the shutdown timeout; what the database does not take
	 * goes to the journal. Later records are counted as lost.
	 */
	@Override
	public void close() {
		this.writer.close();
	}

}

package io.github.costwise.accounting.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.costwise.accounting.jdbc.Table.TableRow;
import io.github.costwise.time.Ticker;

/**
 * Brings rows to the database, or into the journal while the database takes none. After a
 * failure the database is not called for a while that doubles up to half a minute. Only
 * what keeps rows may be called by several threads.
 */
final class Delivery {

	private static final Log logger = LogFactory.getLog(Delivery.class);

	/** What {@link #insert} returns when the database takes no rows. */
	static final int NOT_TAKEN = -1;

	private static final long FIRST_PAUSE = 1_000_000_000L;

	private static final long LONGEST_PAUSE = 30 * FIRST_PAUSE;

	private final RowStore store;

	private final Journal journal;

	private final DeliveryStats stats;

	private final Ticker ticker;

	private long pause;

	private long pausedAt;

	Delivery(RowStore store, Journal journal, DeliveryStats stats, Ticker ticker) {
		this.store = store;
		this.journal = journal;
		this.stats = stats;
		this.ticker = ticker;
	}

	/**
	 * Writes rows to the database, unless writing is paused after a failure.
	 * @param rows the rows
	 * @return how many it refused for good, or {@link #NOT_TAKEN}
	 */
	int insert(List<TableRow> rows) {
		if (isPaused()) {
			return NOT_TAKEN;
		}
		try {
			int refused = this.store.insert(rows);
			this.pause = 0;
			return refused;
		}
		catch (Throwable ex) {
			pause(ex);
			return NOT_TAKEN;
		}
	}

	/**
	 * Counts rows that the database was given.
	 * @param rows how many they were
	 * @param refused how many of them it refused
	 */
	void inserted(int rows, int refused) {
		this.stats.stored(rows - refused);
		this.stats.lost(refused, "the database refused them", this.store.lastRefusal());
	}

	/**
	 * Puts rows into the journal if there is room for all of them.
	 * @param rows the rows
	 * @return whether they are there
	 */
	boolean keepAll(List<TableRow> rows) {
		try {
			return this.journal.appendAll(rows.stream().map(RowCodec::write).toList());
		}
		catch (Throwable ex) {
			this.stats.failed(ex);
			return false;
		}
	}

	/**
	 * Puts rows into the journal.
	 * @param rows the rows
	 */
	void keep(List<TableRow> rows) {
		try {
			int kept = this.journal.append(rows.stream().map(RowCodec::write).toList());
			this.stats.lost(rows.size() - kept, "the journal is full", null);
		}
		catch (Throwable ex) {
			this.stats.lost(rows.size(), "the journal cannot be written", ex);
		}
	}

	/**
	 * Brings the next rows of the journal to the database.
	 * @param max how many at the most
	 * @return whether it did and more may be left
	 */
	boolean replay(int max) {
		if (this.journal.size() == 0 || isPaused()) {
			return false;
		}
		try {
			Journal.JournalChunk chunk = this.journal.peek(max);
			List<TableRow> rows = rows(chunk);
			int refused = insert(rows);
			if (refused == NOT_TAKEN) {
				return false;
			}
			inserted(rows.size(), refused);
			this.journal.take(chunk);
			return !finished();
		}
		catch (Throwable ex) {
			pause(ex);
			return false;
		}
	}

	private boolean finished() {
		boolean finished = this.journal.size() == 0;
		if (finished) {
			logger.info("Costwise: every record in the journal of the ledger has reached the database");
		}
		return finished;
	}

	private List<TableRow> rows(Journal.JournalChunk chunk) {
		List<TableRow> rows = new ArrayList<>();
		for (byte[] entry : chunk.entries()) {
			try {
				rows.add(RowCodec.read(entry));
			}
			catch (RuntimeException ex) {
				this.stats.failed(ex);
			}
		}
		this.stats.lost(chunk.entries().size() - rows.size(), "they are not rows of the ledger", null);
		return rows;
	}

	/**
	 * Deletes expired rows.
	 * @param before rows that began before are expired
	 * @return whether more may be left
	 */
	boolean deleteExpired(Instant before) {
		if (isPaused()) {
			return false;
		}
		try {
			return this.store.deleteExpired(before);
		}
		catch (Throwable ex) {
			this.stats.failed(ex);
			return false;
		}
	}

	void retryNow() {
		this.pause = 0;
	}

	private boolean isPaused() {
		return this.pause > 0 && this.ticker.read() - this.pausedAt < this.pause;
	}

	private void pause(Throwable cause) {
		this.pause = Math.min(LONGEST_PAUSE, Math.max(FIRST_PAUSE, 2 * this.pause));
		this.pausedAt = this.ticker.read();
		this.stats.unreachable(cause);
	}

}

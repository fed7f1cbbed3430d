package io.github.costwise.accounting.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.costwise.accounting.jdbc.Table.Row;

/**
 * Brings rows to the database, or into the journal while the database takes none. After a
 * failure the database is left alone for a while that doubles up to half a minute. Only
 * {@link #keep} may be called by several threads.
 */
final class Delivery {

	private static final Log logger = LogFactory.getLog(Delivery.class);

	private static final long FIRST_PAUSE = 1_000_000_000L;

	private static final long LONGEST_PAUSE = 30 * FIRST_PAUSE;

	private final RowStore store;

	private final Journal journal;

	private final DeliveryStats stats;

	private long pause;

	private long pausedAt;

	Delivery(RowStore store, Journal journal, DeliveryStats stats) {
		this.store = store;
		this.journal = journal;
		this.stats = stats;
	}

	void deliver(List<Row> rows) {
		if (!insert(rows)) {
			keep(rows);
		}
	}

	private boolean insert(List<Row> rows) {
		if (isPaused()) {
			return false;
		}
		try {
			int refused = this.store.insert(rows);
			this.pause = 0;
			this.stats.stored(rows.size() - refused);
			this.stats.lost(refused, "the database refused them", null);
			return true;
		}
		catch (Throwable ex) {
			pause(ex);
			return false;
		}
	}

	/**
	 * Puts rows into the journal.
	 * @param rows the rows
	 */
	void keep(List<Row> rows) {
		try {
			int kept = this.journal.append(rows.stream().map(Json::row).toList());
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
			Journal.Chunk chunk = this.journal.peek(max);
			if (!insert(rows(chunk))) {
				return false;
			}
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

	private List<Row> rows(Journal.Chunk chunk) {
		List<Row> rows = new ArrayList<>();
		for (byte[] entry : chunk.entries()) {
			try {
				Row row = Json.row(entry);
				if (CallTable.TABLE.fits(row) || TurnTable.TABLE.fits(row)) {
					rows.add(row);
				}
			}
			catch (RuntimeException ex) {
				this.stats.failed(ex);
			}
		}
		this.stats.lost(chunk.entries().size() - rows.size(), "the journal was written by another release", null);
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
		return this.pause > 0 && System.nanoTime() - this.pausedAt < this.pause;
	}

	private void pause(Throwable cause) {
		this.pause = Math.min(LONGEST_PAUSE, Math.max(FIRST_PAUSE, 2 * this.pause));
		this.pausedAt = System.nanoTime();
		this.stats.unreachable(cause);
	}

}

package io.github.costwise.accounting.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.github.costwise.accounting.jdbc.Table.TableRow;
import io.github.costwise.model.BudgetEntry;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.TurnRecord;

/**
 * Records queued between the threads that append to those that write. Bounded, save for
 * one record a thread; adding never waits. Thread-safe.
 */
final class RecordQueue {

	private final Queue<Object> records = new ConcurrentLinkedQueue<>();

	private final AtomicLong pending = new AtomicLong();

	private final LongAdder overflow = new LongAdder();

	private final int capacity;

	RecordQueue(int capacity) {
		this.capacity = capacity;
	}

	/**
	 * Adds a record unless the queue is full, which is counted.
	 * @param record the record
	 * @return how many records are pending now, or -1 when there was no room
	 */
	long add(Object record) {
		if (this.pending.get() >= this.capacity) {
			return refuse();
		}
		long now = this.pending.incrementAndGet();
		this.records.add(record);
		return now;
	}

	/**
	 * Counts a record for which there is no room.
	 * @return -1
	 */
	long refuse() {
		this.overflow.increment();
		return -1;
	}

	/**
	 * Takes records as rows. They stay pending until {@link #settle} is called.
	 * @param max how many at the most
	 * @param stats counts records that cannot become rows
	 * @return the rows in order, empty when there are no records
	 */
	QueuedBatch take(int max, DeliveryStats stats) {
		List<TableRow> rows = new ArrayList<>();
		int taken = 0;
		while (taken < max) {
			Object record = this.records.poll();
			if (record == null) {
				break;
			}
			taken++;
			try {
				rows.add(row(record));
			}
			catch (Throwable ex) {
				stats.lost(1, "a value is out of range", ex);
			}
		}
		return new QueuedBatch(rows, taken);
	}

	/**
	 * Takes back rows that found no other place, behind those that came meanwhile.
	 * @param batch what was taken
	 */
	void giveBack(QueuedBatch batch) {
		this.records.addAll(batch.rows());
		this.pending.addAndGet(batch.rows().size() - batch.taken());
	}

	private static TableRow row(Object record) {
		if (record instanceof TableRow row) {
			return row;
		}
		if (record instanceof BudgetEntry entry) {
			return EntryTable.TABLE.row(entry);
		}
		return (record instanceof CallRecord call) ? CallTable.TABLE.row(call)
				: TurnTable.TABLE.row((TurnRecord) record);
	}

	void settle(QueuedBatch batch) {
		this.pending.addAndGet(-batch.taken());
	}

	long pending() {
		return this.pending.get();
	}

	boolean isFilling() {
		return this.pending.get() > this.capacity / 2;
	}

	long takeOverflow() {
		return this.overflow.sumThenReset();
	}

	/**
	 * Records that were taken.
	 *
	 * @param rows what they became
	 * @param taken how many they were
	 */
	record QueuedBatch(List<TableRow> rows, int taken) {

	}

}

package io.github.costwise.cache.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * Cells by id: a hash table in stripes, read without a lock and written under that of one
 * stripe. Thread-safe.
 */
final class CellTable {

	private static final int STRIPES = 64;

	private static final int SAMPLE = 16;

	private static final int SAMPLE_OF_STRIPE = 4;

	private final CellStripe[] stripes = new CellStripe[STRIPES];

	/** Where the next sweep goes on; races make it look twice at the same place. */
	private int sweepAt;

	CellTable() {
		for (int i = 0; i < STRIPES; i++) {
			this.stripes[i] = new CellStripe();
		}
	}

	@Nullable Cell find(long idHigh, long idLow) {
		return stripe(idHigh).find(idHigh, idLow);
	}

	/**
	 * Adds a cell.
	 * @param cell the cell
	 * @param idHigh first half of its id
	 * @param idLow second half of its id
	 * @return the cell whose place it takes, or {@code null}
	 */
	@Nullable Cell put(Cell cell, long idHigh, long idLow) {
		return stripe(idHigh).put(cell, idHigh, idLow);
	}

	/**
	 * Removes a cell.
	 * @param cell the cell
	 * @param idHigh first half of its id
	 * @param idLow second half of its id
	 * @return whether it was there: true for one caller only
	 */
	boolean remove(Cell cell, long idHigh, long idLow) {
		return stripe(idHigh).remove(cell, idLow);
	}

	List<Cell> cells(int stripe) {
		return this.stripes[stripe].cells();
	}

	int stripes() {
		return STRIPES;
	}

	/**
	 * Chooses the cell to evict: of some cells at random places an expired one, else the
	 * one used least recently.
	 * @param now the time now
	 * @return the cell, or {@code null} when there is none
	 */
	@Nullable Cell victim(long now) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		int from = random.nextInt(STRIPES);
		Cell victim = null;
		int seen = 0;
		for (int i = 0; i < STRIPES && seen < SAMPLE; i++) {
			for (Cell cell : this.stripes[(from + i) % STRIPES].sample(random.nextInt(), SAMPLE_OF_STRIPE)) {
				if (cell.isExpired(now)) {
					return cell;
				}
				victim = (victim == null || cell.lastUsed < victim.lastUsed) ? cell : victim;
				seen++;
			}
		}
		return victim;
	}

	/**
	 * Returns some expired cells, looking at a few more places each time.
	 * @param now the time now
	 * @return the cells
	 */
	List<Cell> expired(long now) {
		int at = this.sweepAt++;
		List<Cell> expired = new ArrayList<>(0);
		for (Cell cell : this.stripes[Math.floorMod(at, STRIPES)].window(Math.floorDiv(at, STRIPES))) {
			if (cell.isExpired(now)) {
				expired.add(cell);
			}
		}
		return expired;
	}

	private CellStripe stripe(long idHigh) {
		return this.stripes[(int) (idHigh & (STRIPES - 1))];
	}

}

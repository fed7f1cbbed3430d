package io.github.costwise.cache.memory;

import java.util.ArrayList;
import java.util.List;

import io.github.costwise.cache.EntryBody;
import io.github.costwise.model.CacheVector;
import io.github.costwise.model.Neighbour;
import io.github.costwise.spi.CacheStoreException;

/**
 * The cells with the fewest differing signs among those seen, and then the ones with the
 * greatest cosine among these. Not thread-safe.
 */
final class Candidates {

	private final Cell[] cells;

	private final int[] distances;

	private final int[] histogram;

	private final int wanted;

	private int size;

	private int limit;

	/**
	 * Creates an empty choice.
	 * @param wanted how many cells to keep
	 * @param dimension the greatest distance
	 */
	Candidates(int wanted, int dimension) {
		this.wanted = wanted;
		this.cells = new Cell[2 * wanted];
		this.distances = new int[2 * wanted];
		this.histogram = new int[dimension + 1];
		this.limit = dimension + 1;
	}

	/**
	 * Returns the distance from which on a cell need not be added.
	 * @return the distance
	 */
	int limit() {
		return this.limit;
	}

	void add(Cell cell, int distance) {
		if (this.size == this.cells.length) {
			prune();
			if (distance >= this.limit) {
				return;
			}
		}
		this.cells[this.size] = cell;
		this.distances[this.size++] = distance;
		this.histogram[distance]++;
	}

	/** Keeps the nearest, and of those at the greatest distance kept the first. */
	private void prune() {
		int cut = 0;
		int below = 0;
		while (below + this.histogram[cut] < this.wanted) {
			below += this.histogram[cut++];
		}
		int ties = this.wanted - below;
		int kept = 0;
		for (int i = 0; i < this.size; i++) {
			int distance = this.distances[i];
			if (distance < cut || (distance == cut && ties-- > 0)) {
				this.cells[kept] = this.cells[i];
				this.distances[kept++] = distance;
			}
			else {
				this.histogram[distance]--;
			}
		}
		this.size = kept;
		this.limit = cut;
	}

	/**
	 * Returns the cells nearest to a vector.
	 * @param unit the vector, of length 1
	 * @param count how many at the most
	 * @param now cells that have expired by then are left out
	 * @return the nearest first
	 */
	List<NearCell> nearest(float[] unit, int count, long now) {
		List<NearCell> found = new ArrayList<>(this.size);
		for (int i = 0; i < this.size; i++) {
			Cell cell = this.cells[i];
			if (!cell.isExpired(now) && EntryBody.dimension(cell.body) == unit.length) {
				found.add(new NearCell(cell, CacheVector.cosine(unit, cell.body, EntryBody.CODES)));
			}
		}
		found.sort(null);
		return found.subList(0, Math.min(count, found.size()));
	}

	/**
	 * A cell and its cosine.
	 *
	 * @param cell the cell
	 * @param cosine the cosine
	 */
	record NearCell(Cell cell, double cosine) implements Comparable<NearCell> {

		@Override
		public int compareTo(NearCell other) {
			int order = Double.compare(other.cosine, this.cosine);
			if (order == 0) {
				order = Long.compareUnsigned(EntryBody.idHigh(this.cell.body), EntryBody.idHigh(other.cell.body));
			}
			return (order != 0) ? order
					: Long.compareUnsigned(EntryBody.idLow(this.cell.body), EntryBody.idLow(other.cell.body));
		}

		/**
		 * Reads the entry.
		 * @return the entry with its cosine
		 * @throws CacheStoreException if it cannot be read
		 */
		Neighbour neighbour() {
			return new Neighbour(this.cell.entry(), this.cosine);
		}

	}

}

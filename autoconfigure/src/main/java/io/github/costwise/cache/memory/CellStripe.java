package io.github.costwise.cache.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.EntryBody;

/**
 * A hash table with open addressing. Ids are digests, so their own bits are the hash. A
 * removed cell leaves a mark, so that nothing moves while others read. Thread-safe.
 */
final class CellStripe {

	private static final int FIRST = 8;

	private static final int WINDOW = 16;

	private static final Cell REMOVED = new Cell(new byte[0], new Partition(""), Set.of());

	private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(Cell[].class);

	private volatile Cell[] cells = new Cell[FIRST];

	private int live;

	private int taken;

	@Nullable Cell find(long idHigh, long idLow) {
		Cell[] current = this.cells;
		for (int i = home(idLow, current);; i = next(i, current)) {
			Cell cell = at(current, i);
			if (cell == null || (cell != REMOVED && cell.has(idHigh, idLow))) {
				return cell;
			}
		}
	}

	synchronized @Nullable Cell put(Cell added, long idHigh, long idLow) {
		Cell[] current = withRoom();
		int place = -1;
		for (int i = home(idLow, current);; i = next(i, current)) {
			Cell cell = current[i];
			if (cell == null) {
				take(current, (place >= 0) ? place : i, added, place < 0);
				return null;
			}
			if (cell == REMOVED) {
				place = (place >= 0) ? place : i;
			}
			else if (cell.has(idHigh, idLow)) {
				CELLS.setVolatile(current, i, added);
				return cell;
			}
		}
	}

	private void take(Cell[] current, int place, Cell added, boolean fresh) {
		CELLS.setVolatile(current, place, added);
		this.live++;
		this.taken += fresh ? 1 : 0;
	}

	synchronized boolean remove(Cell removed, long idLow) {
		Cell[] current = this.cells;
		for (int i = home(idLow, current); current[i] != null; i = next(i, current)) {
			if (current[i] == removed) {
				CELLS.setVolatile(current, i, REMOVED);
				this.live--;
				return true;
			}
		}
		return false;
	}

	/**
	 * At most three quarters are taken, and five eighths after marks were cleared away.
	 */
	private Cell[] withRoom() {
		Cell[] current = this.cells;
		if (4L * (this.taken + 1) <= 3L * current.length) {
			return current;
		}
		int length = FIRST;
		while (8L * (this.live + 1) > 5L * length) {
			length += length / 2;
		}
		Cell[] roomy = new Cell[length];
		for (Cell cell : current) {
			if (cell != null && cell != REMOVED) {
				insert(roomy, cell);
			}
		}
		this.taken = this.live;
		this.cells = roomy;
		return roomy;
	}

	private static void insert(Cell[] cells, Cell cell) {
		int i = home(EntryBody.idLow(cell.body), cells);
		while (cells[i] != null) {
			i = next(i, cells);
		}
		cells[i] = cell;
	}

	private static int home(long idLow, Cell[] cells) {
		return (int) (((idLow & 0xFFFFFFFFL) * cells.length) >>> Integer.SIZE);
	}

	private static int next(int place, Cell[] cells) {
		return (place + 1 < cells.length) ? place + 1 : 0;
	}

	List<Cell> cells() {
		Cell[] current = this.cells;
		return slice(current, 0, current.length, current.length);
	}

	/** Returns up to so many cells from a random place on. */
	List<Cell> sample(int random, int count) {
		Cell[] current = this.cells;
		return slice(current, random, current.length, count);
	}

	/** Returns the cells in one of the windows into which the table is divided. */
	List<Cell> window(int number) {
		Cell[] current = this.cells;
		return slice(current, number * WINDOW, WINDOW, WINDOW);
	}

	private static List<Cell> slice(Cell[] current, int from, int places, int count) {
		List<Cell> found = new ArrayList<>(Math.min(count, current.length));
		for (int i = 0; i < places && found.size() < count; i++) {
			Cell cell = at(current, Math.floorMod(from + i, current.length));
			if (cell != null && cell != REMOVED) {
				found.add(cell);
			}
		}
		return found;
	}

	private static @Nullable Cell at(Cell[] cells, int place) {
		return (Cell) CELLS.getAcquire(cells, place);
	}

}

package io.github.costwise.cache.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.EntryBody;
import io.github.costwise.model.CacheLabel;

/**
 * The entries of one partition: how many there are, their vectors, and the sets of labels
 * they share. Written by one thread at a time; {@link #index()} may be read by any.
 */
final class Partition {

	private static final int SHARED_SETS = 16;

	private final String name;

	private final List<Set<CacheLabel>> labels = new ArrayList<>(1);

	private volatile @Nullable SignIndex index;

	private int size;

	Partition(String name) {
		this.name = name;
	}

	String name() {
		return this.name;
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	/**
	 * Returns the vectors.
	 * @return the index, or {@code null} when no entry has a vector
	 */
	@Nullable SignIndex index() {
		return this.index;
	}

	Cell add(byte[] body, Set<CacheLabel> labels) {
		Cell cell = new Cell(body, this, shared(labels));
		int dimension = EntryBody.dimension(body);
		if (dimension > 0) {
			indexFor(dimension).add(cell);
		}
		this.size++;
		return cell;
	}

	/** Entries of another dimension begin a new index: their encoder has changed. */
	private SignIndex indexFor(int dimension) {
		SignIndex current = this.index;
		if (current == null || current.dimension() != dimension) {
			current = new SignIndex(dimension);
			this.index = current;
		}
		return current;
	}

	void remove(Cell cell) {
		SignIndex current = this.index;
		if (current != null && cell.slot >= 0 && current.dimension() == EntryBody.dimension(cell.body)) {
			current.remove(cell);
		}
		this.size--;
	}

	private Set<CacheLabel> shared(Set<CacheLabel> wanted) {
		for (Set<CacheLabel> known : this.labels) {
			if (known.equals(wanted)) {
				return known;
			}
		}
		if (this.labels.size() < SHARED_SETS) {
			this.labels.add(wanted);
		}
		return wanted;
	}

}

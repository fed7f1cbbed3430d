package io.github.costwise.accounting;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The sums of one hour or one day by key. The number of keys is bounded: when it is
 * reached, a new key first loses its tenant, for which a quarter of the bound is kept in
 * reserve, then everything. Thread-safe.
 */
final class RollUp {

	private final Map<RollUpKey, RollUpCell> cells = new ConcurrentHashMap<>();

	private final int maxKeys;

	private boolean closed;

	RollUp(int maxKeys) {
		this.maxKeys = maxKeys;
	}

	/**
	 * Applies a change to the sums of a key.
	 * @param key the key
	 * @param change what to add
	 * @return whether it was applied; {@code false} when this was closed before
	 */
	boolean apply(RollUpKey key, Consumer<Sums> change) {
		RollUpCell cell = find(key);
		if (cell == null) {
			cell = create(key);
		}
		return cell != null && cell.apply(change);
	}

	private @Nullable RollUpCell find(RollUpKey key) {
		RollUpCell cell = this.cells.get(key);
		return (cell != null) ? cell : this.cells.get(withinBound(key));
	}

	private synchronized @Nullable RollUpCell create(RollUpKey key) {
		return this.closed ? null : this.cells.computeIfAbsent(withinBound(key), (absent) -> new RollUpCell());
	}

	private RollUpKey withinBound(RollUpKey key) {
		if (this.cells.size() < this.maxKeys - this.maxKeys / 4) {
			return key;
		}
		RollUpKey wider = key.anyTenant();
		boolean room = this.cells.containsKey(wider) || this.cells.size() < this.maxKeys;
		return room ? wider : key.anything();
	}

	/**
	 * Passes the sums of every key to a consumer.
	 * @param consumer receives keys and sums
	 */
	void forEach(BiConsumer<RollUpKey, Sums> consumer) {
		this.cells.forEach((key, cell) -> {
			Sums sums = new Sums();
			cell.addTo(sums);
			consumer.accept(key, sums);
		});
	}

	/**
	 * Passes the sums of every key to a consumer and takes nothing more.
	 * @param consumer receives keys and sums
	 */
	void close(BiConsumer<RollUpKey, Sums> consumer) {
		synchronized (this) {
			this.closed = true;
		}
		this.cells.forEach((key, cell) -> {
			Sums sums = new Sums();
			cell.close(sums);
			consumer.accept(key, sums);
		});
	}

	int size() {
		return this.cells.size();
	}

}

package io.github.costwise.cache.memory;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.EntryBody;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheKey;
import io.github.costwise.model.CacheStats;
import io.github.costwise.model.CacheVector;
import io.github.costwise.model.Neighbour;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;
import io.github.costwise.spi.ResponseCacheStore;

/**
 * Keeps answers in this process. Evicts when full: of 16 at random places an expired one,
 * else the one that was used least recently, by its key or as the nearest neighbour.
 * Expired entries are also removed a few at a time while others are stored. Readers take
 * no lock. Thread-safe.
 *
 * @since 0.1.0
 */
public final class InMemoryResponseCacheStore implements ResponseCacheStore {

	private static final int LEAST_CANDIDATES = 64;

	private static final int CANDIDATES_PER_NEIGHBOUR = 8;

	private static final int MILLIS_PER_TICK = 100;

	private final MemoryStoreSettings settings;

	private final Clock clock;

	private final long start;

	private final CellTable table = new CellTable();

	private final ConcurrentHashMap<String, Partition> partitions = new ConcurrentHashMap<>();

	private final AtomicLong entries = new AtomicLong();

	private final AtomicLong bytes = new AtomicLong();

	private final LongAdder evicted = new LongAdder();

	private final LongAdder expired = new LongAdder();

	/**
	 * Creates an empty store.
	 * @param settings how much it holds
	 * @param clock the time
	 */
	public InMemoryResponseCacheStore(MemoryStoreSettings settings, Clock clock) {
		this.settings = settings;
		this.clock = clock;
		this.start = clock.millis();
	}

	@Override
	public void put(CacheEntry entry) {
		long now = this.clock.millis();
		if (entry.expiresAt().toEpochMilli() <= now) {
			return;
		}
		byte[] body = EntryBody.encode(entry);
		if (body.length > this.settings.maxBytes() / 2) {
			throw new CacheStoreException(StoreReason.FULL, "An answer of " + body.length + " bytes is too large",
					null);
		}
		Cell cell = insert(entry, body);
		cell.lastUsed = tick(now);
		Cell replaced = this.table.put(cell, EntryBody.idHigh(body), EntryBody.idLow(body));
		if (replaced != null) {
			forget(replaced);
		}
		this.table.expired(now).forEach((old) -> remove(old, this.expired));
		makeRoom(now);
	}

	private Cell insert(CacheEntry entry, byte[] body) {
		AtomicReference<@Nullable Cell> inserted = new AtomicReference<>();
		this.partitions.compute(entry.partition(), (name, known) -> {
			Partition partition = (known != null) ? known : new Partition(name);
			inserted.set(partition.add(body, entry.labels()));
			return partition;
		});
		Cell cell = inserted.get();
		if (cell == null) {
			throw new IllegalStateException("The entry was not inserted");
		}
		this.entries.incrementAndGet();
		this.bytes.addAndGet(cell.bytes());
		return cell;
	}

	private void makeRoom(long now) {
		while (this.entries.get() > this.settings.maxEntries() || this.bytes.get() > this.settings.maxBytes()) {
			Cell victim = this.table.victim(now);
			if (victim == null) {
				return;
			}
			remove(victim, victim.isExpired(now) ? this.expired : this.evicted);
		}
	}

	@Override
	public @Nullable CacheEntry find(CacheKey key) {
		String id = key.id();
		Cell cell = this.table.find(Long.parseUnsignedLong(id, 0, 16, 16), Long.parseUnsignedLong(id, 16, 32, 16));
		if (cell == null || !cell.partition.name().equals(key.partition())) {
			return null;
		}
		long now = this.clock.millis();
		if (cell.isExpired(now)) {
			remove(cell, this.expired);
			return null;
		}
		cell.lastUsed = tick(now);
		return cell.entry();
	}

	@Override
	public List<Neighbour> nearest(String partition, float[] vector, int count) {
		Partition found = this.partitions.get(partition);
		SignIndex index = (found != null) ? found.index() : null;
		if (index == null || index.dimension() != vector.length) {
			return List.of();
		}
		long now = this.clock.millis();
		float[] unit = CacheVector.unit(vector);
		Candidates candidates = new Candidates(Math.max(LEAST_CANDIDATES, CANDIDATES_PER_NEIGHBOUR * count),
				vector.length);
		index.scan(unit, candidates);
		List<Neighbour> neighbours = new ArrayList<>(count);
		for (Candidates.NearCell cell : candidates.nearest(unit, count, now)) {
			if (neighbours.isEmpty()) {
				cell.cell().lastUsed = tick(now);
			}
			neighbours.add(cell.neighbour());
		}
		return neighbours;
	}

	@Override
	public long evict(CacheEviction eviction) {
		if (eviction.kind() == CacheEviction.EvictionKind.ENTRY) {
			Cell cell = this.table.find(Long.parseUnsignedLong(eviction.value(), 0, 16, 16),
					Long.parseUnsignedLong(eviction.value(), 16, 32, 16));
			return (cell != null && remove(cell, null)) ? 1 : 0;
		}
		long removed = 0;
		for (int i = 0; i < this.table.stripes(); i++) {
			for (Cell cell : this.table.cells(i)) {
				removed += (cell.isChosenBy(eviction) && remove(cell, null)) ? 1 : 0;
			}
		}
		return removed;
	}

	/**
	 * Removes all expired entries.
	 * @return how many were removed
	 */
	public long removeExpired() {
		long now = this.clock.millis();
		long removed = 0;
		for (int i = 0; i < this.table.stripes(); i++) {
			for (Cell cell : this.table.cells(i)) {
				removed += (cell.isExpired(now) && remove(cell, this.expired)) ? 1 : 0;
			}
		}
		return removed;
	}

	/**
	 * Hands over every entry whose time has not passed, in no order. Entries stored or
	 * removed meanwhile may be missing or not.
	 * @param consumer takes the entries
	 */
	public void forEach(Consumer<CacheEntry> consumer) {
		long now = this.clock.millis();
		for (int i = 0; i < this.table.stripes(); i++) {
			for (Cell cell : this.table.cells(i)) {
				if (!cell.isExpired(now)) {
					consumer.accept(cell.entry());
				}
			}
		}
	}

	@Override
	public CacheStats stats() {
		return new CacheStats(this.entries.get(), this.bytes.get(), this.settings.maxEntries(), this.evicted.sum(),
				this.expired.sum(), 0);
	}

	private boolean remove(Cell cell, @Nullable LongAdder counter) {
		boolean removed = this.table.remove(cell, EntryBody.idHigh(cell.body), EntryBody.idLow(cell.body));
		if (removed) {
			forget(cell);
			if (counter != null) {
				counter.increment();
			}
		}
		return removed;
	}

	private void forget(Cell cell) {
		this.partitions.computeIfPresent(cell.partition.name(), (name, partition) -> {
			partition.remove(cell);
			return partition.isEmpty() ? null : partition;
		});
		this.entries.decrementAndGet();
		this.bytes.addAndGet(-cell.bytes());
	}

	private int tick(long now) {
		return (int) ((now - this.start) / MILLIS_PER_TICK);
	}

}

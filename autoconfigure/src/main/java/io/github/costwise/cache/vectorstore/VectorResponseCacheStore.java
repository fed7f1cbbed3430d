package io.github.costwise.cache.vectorstore;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.document.Document;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.ai.vectorstore.filter.Filter;

import io.github.costwise.background.Background;
import io.github.costwise.cache.MarkedEvictions;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheKey;
import io.github.costwise.model.CacheStats;
import io.github.costwise.model.CacheVector;
import io.github.costwise.model.Neighbour;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;
import io.github.costwise.spi.EvictionIncompleteException;
import io.github.costwise.spi.EvictionMarks;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.time.Time;

/**
 * Keeps answers in any vector store of Spring AI that was built with a
 * {@link CacheEmbeddingModel}, adds in place of documents with the same id, and can
 * filter by metadata. It has no bound of its own: entries go by their time, when
 * {@link #removeExpired()} is called, or by eviction. Where the vector store searches
 * approximately, entries may be missed, never mistaken. Thread-safe.
 *
 * @since 0.1.0
 */
public final class VectorResponseCacheStore implements ResponseCacheStore, EvictionMarks, AutoCloseable {

	private final VectorStore store;

	private final VectorStoreSettings settings;

	private final Clock clock;

	private final BoundedRequests requests;

	private final LongAdder unreadable = new LongAdder();

	/**
	 * Creates a store.
	 * @param store keeps the entries, and nothing else
	 * @param settings dimension and time-outs
	 * @param time tells the time, and waits for answers
	 * @param background runs its requests
	 */
	public VectorResponseCacheStore(VectorStore store, VectorStoreSettings settings, Time time, Background background) {
		this.store = store;
		this.settings = settings;
		this.clock = time.clock();
		this.requests = new BoundedRequests(settings.timeout(), time.timers(),
				background.team("vector-store", Faults.Kind.CACHE), settings.maxConcurrent());
	}

	@Override
	public void put(CacheEntry entry) {
		putAll(List.of(entry));
	}

	@Override
	public void putAll(Collection<CacheEntry> entries) {
		List<Document> documents = new ArrayList<>();
		for (CacheEntry entry : entries) {
			if (!entry.isExpired(this.clock.instant())) {
				requireDimension(entry);
				documents.add(VectorDocument.write(entry));
			}
		}
		if (!documents.isEmpty()) {
			this.requests.run("store entries", () -> {
				this.store.add(documents);
				return documents.size();
			});
		}
	}

	private void requireDimension(CacheEntry entry) {
		CacheVector vector = entry.vector();
		if (vector != null && vector.dimension() != this.settings.dimension()) {
			throw new CacheStoreException(StoreReason.UNAVAILABLE, "The vector store has " + this.settings.dimension()
					+ " dimensions, the entry has " + vector.dimension(), null);
		}
	}

	@Override
	public @Nullable CacheEntry find(CacheKey key) {
		String id = key.id();
		FoundEntries found = search(CacheEmbeddingModel.NO_VECTOR, 1, VectorFilters.entry(id));
		for (Document document : found.entries()) {
			CacheEntry entry = read(document, key.partition());
			if (entry != null && entry.id().equals(id) && !found.marked().concern(entry)) {
				return entry;
			}
		}
		return null;
	}

	@Override
	public List<Neighbour> nearest(String partition, float[] vector, int count) {
		if (vector.length != this.settings.dimension()) {
			return List.of();
		}
		float[] unit = CacheVector.unit(vector);
		List<Neighbour> neighbours = new ArrayList<>();
		FoundEntries found = search(unit, count, VectorFilters.withVector(partition, this.clock.millis()));
		for (Document document : found.entries()) {
			CacheEntry entry = read(document, partition);
			CacheVector stored = (entry != null) ? entry.vector() : null;
			if (entry != null && stored != null && stored.dimension() == unit.length
					&& !found.marked().concern(entry)) {
				neighbours.add(new Neighbour(entry, stored.cosine(unit)));
			}
		}
		neighbours.sort(Comparator.comparingDouble(Neighbour::cosine)
			.reversed()
			.thenComparing((neighbour) -> neighbour.entry().id()));
		return List.copyOf(neighbours.subList(0, Math.min(count, neighbours.size())));
	}

	private FoundEntries search(float[] vector, int count, Filter.Expression filter) {
		return FoundEntries
			.of(this.requests.run("search", () -> similar(vector, count + FoundEntries.MOST_READ, filter)));
	}

	private List<Document> similar(float[] vector, int count, Filter.Expression filter) {
		return this.store.similaritySearch(SearchRequest.builder()
			.query(CacheEmbeddingModel.toQuery(vector))
			.topK(count)
			.similarityThresholdAll()
			.filterExpression(filter)
			.build());
	}

	private @Nullable CacheEntry read(Document document, String partition) {
		try {
			CacheEntry entry = VectorDocument.read(document);
			boolean usable = entry != null && entry.partition().equals(partition)
					&& !entry.isExpired(this.clock.instant());
			return usable ? entry : null;
		}
		catch (CacheStoreException | IllegalArgumentException ex) {
			this.unreadable.increment();
			return null;
		}
	}

	@Override
	public long evict(CacheEviction eviction) {
		try {
			this.requests.run("remove entries", () -> {
				if (eviction.kind() == CacheEviction.EvictionKind.ENTRY) {
					this.store.delete(List.of(VectorDocument.uuid(eviction.value()), VectorDocument.markId(eviction)));
				}
				else {
					this.store.delete(VectorFilters.chosen(eviction));
				}
				return eviction;
			});
			return -1;
		}
		catch (CacheStoreException ex) {
			mark(eviction, ex);
			throw new EvictionIncompleteException(ex.reason(), String.valueOf(ex.getMessage()), -1, ex.getCause());
		}
	}

	/** More than a few are marked as one eviction of everything. */
	private void mark(CacheEviction eviction, CacheStoreException failure) {
		try {
			boolean fits = marked().size() < FoundEntries.MOST_MARKS;
			Document mark = VectorDocument.mark(fits ? eviction : CacheEviction.all());
			this.requests.run("mark an eviction", () -> {
				this.store.add(List.of(mark));
				return mark;
			});
		}
		catch (CacheStoreException ex) {
			failure.addSuppressed(ex);
		}
	}

	@Override
	public Collection<CacheEviction> marked() {
		return FoundEntries.evictions(this.requests.run("tell which evictions are not done",
				() -> similar(CacheEmbeddingModel.NO_VECTOR, FoundEntries.MOST_READ, VectorFilters.allMarks())));
	}

	/**
	 * Removes all expired entries. To be called now and then.
	 * @throws CacheStoreException if the vector store cannot be asked
	 */
	public void removeExpired() {
		long now = this.clock.millis();
		this.requests.run("remove expired entries", () -> {
			this.store.delete(VectorFilters.expiredAt(now));
			return now;
		});
	}

	@Override
	public CacheStats stats() {
		return new CacheStats(-1, -1, Long.MAX_VALUE, 0, -1, this.unreadable.sum());
	}

	@Override
	public void close() {
		this.requests.close();
	}

	/** What a search found: entries, and the evictions that are not done. */
	private record FoundEntries(List<Document> entries, MarkedEvictions marked) {

		/** More are read as one eviction of everything. */
		static final int MOST_READ = 10;

		static final int MOST_MARKS = 8;

		static FoundEntries of(List<Document> documents) {
			List<CacheEviction> evictions = evictions(documents);
			if (evictions.isEmpty()) {
				return new FoundEntries(documents, MarkedEvictions.NONE);
			}
			boolean all = evictions.size() >= MOST_READ;
			return new FoundEntries(documents, new MarkedEvictions(all ? List.of(CacheEviction.all()) : evictions));
		}

		static List<CacheEviction> evictions(List<Document> documents) {
			return documents.stream().map(VectorDocument::marked).filter(Objects::nonNull).toList();
		}

	}

}

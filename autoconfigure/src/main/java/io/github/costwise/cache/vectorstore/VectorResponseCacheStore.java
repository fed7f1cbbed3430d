package io.github.costwise.cache.vectorstore;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.document.Document;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.ai.vectorstore.filter.Filter;

import io.github.costwise.cache.CacheEntry;
import io.github.costwise.cache.CacheEviction;
import io.github.costwise.cache.CacheKey;
import io.github.costwise.cache.CacheStats;
import io.github.costwise.cache.CacheStoreException;
import io.github.costwise.cache.CacheStoreException.Reason;
import io.github.costwise.cache.CacheVector;
import io.github.costwise.cache.Neighbour;
import io.github.costwise.cache.ResponseCacheStore;

/**
 * Keeps answers in any vector store of Spring AI that was built with a
 * {@link CacheEmbeddingModel}, adds in place of documents with the same id, and can
 * filter by metadata. It has no bound of its own: entries go by their time, when
 * {@link #removeExpired()} is called, or by eviction. Where the vector store searches
 * approximately, entries may be missed, never mistaken. Thread-safe.
 *
 * @since 0.1.0
 */
public final class VectorResponseCacheStore implements ResponseCacheStore, AutoCloseable {

	private final VectorStore store;

	private final VectorStoreSettings settings;

	private final Clock clock;

	private final BoundedRequests requests;

	private final LongAdder unreadable = new LongAdder();

	/**
	 * Creates a store.
	 * @param store keeps the entries, and nothing else
	 * @param settings dimension and time-outs
	 * @param clock the time
	 */
	public VectorResponseCacheStore(VectorStore store, VectorStoreSettings settings, Clock clock) {
		this.store = store;
		this.settings = settings;
		this.clock = clock;
		this.requests = new BoundedRequests(settings.maxConcurrent(), settings.timeout());
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
				documents.add(VectorDocument.write(entry, this.settings.dimension()));
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
			throw new CacheStoreException(Reason.UNAVAILABLE, "The vector store has " + this.settings.dimension()
					+ " dimensions, the entry has " + vector.dimension(), null);
		}
	}

	@Override
	public @Nullable CacheEntry find(CacheKey key) {
		String id = key.id();
		for (Document document : search(new float[this.settings.dimension()], 1, VectorDocument.ofEntry(id))) {
			CacheEntry entry = read(document, key.partition());
			if (entry != null && entry.id().equals(id)) {
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
		for (Document document : search(unit, count, VectorDocument.withVector(partition, this.clock.millis()))) {
			CacheEntry entry = read(document, partition);
			CacheVector stored = (entry != null) ? entry.vector() : null;
			if (entry != null && stored != null && stored.dimension() == unit.length) {
				neighbours.add(new Neighbour(entry, stored.cosine(unit)));
			}
		}
		neighbours.sort(Comparator.comparingDouble(Neighbour::cosine)
			.reversed()
			.thenComparing((neighbour) -> neighbour.entry().id()));
		return neighbours;
	}

	private List<Document> search(float[] vector, int count, Filter.Expression filter) {
		SearchRequest request = SearchRequest.builder()
			.query(CacheEmbeddingModel.toText(vector))
			.topK(count)
			.similarityThresholdAll()
			.filterExpression(filter)
			.build();
		return this.requests.run("search", () -> this.store.similaritySearch(request));
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
		String value = eviction.value();
		return this.requests.run("remove entries", () -> {
			switch (eviction.kind()) {
				case ENTRY -> this.store.delete(List.of(VectorDocument.uuid(value)));
				case ALL -> this.store.delete(VectorDocument.all());
				case GROUP -> this.store.delete(VectorDocument.ofGroup(value));
				case LABEL -> this.store.delete(VectorDocument.withLabel(value));
				case PARTITION -> this.store.delete(VectorDocument.ofPartition(value));
			}
			return -1L;
		});
	}

	/**
	 * Removes all entries whose time has passed. To be called now and then.
	 * @throws CacheStoreException if the vector store cannot be asked
	 */
	public void removeExpired() {
		long now = this.clock.millis();
		this.requests.run("remove expired entries", () -> {
			this.store.delete(VectorDocument.expiredAt(now));
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

}

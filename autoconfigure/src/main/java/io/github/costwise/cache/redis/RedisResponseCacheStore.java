package io.github.costwise.cache.redis;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import com.redis.om.spring.ops.RedisModulesOperations;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.search.Document;
import redis.clients.jedis.search.SearchResult;

import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.cache.MarkedEvictions;
import io.github.costwise.cache.flight.FlightLocks;
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
import io.github.costwise.spi.LabelLog;
import io.github.costwise.spi.ResponseCacheStore;

/**
 * Keeps answers in Redis with the Query Engine, through redis-om-spring: one hash for
 * each entry, which the server removes at its time. The bound of its size is the server's
 * {@code maxmemory}; with the policy {@code volatile-lru} the entries used least recently
 * are evicted, and all of them have a time. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RedisResponseCacheStore implements ResponseCacheStore, FlightLocks, EvictionMarks, AutoCloseable {

	private static final Log logger = LogFactory.getLog(RedisResponseCacheStore.class);

	private static final byte[] PUT = RedisDocument
		.bytes("redis.call('DEL', KEYS[1]) redis.call('HSET', KEYS[1], unpack(ARGV, 2)) "
				+ "return redis.call('PEXPIREAT', KEYS[1], ARGV[1])");

	private final UnifiedJedis client;

	private final RedisIndex index;

	private final RedisSearch search;

	private final RedisMarks marks;

	private final RedisLocks locks;

	private final RedisStoreSettings settings;

	private final Clock clock;

	private final LongAdder unreadable = new LongAdder();

	private RedisResponseCacheStore(RedisModulesOperations<String> operations, RedisStoreSettings settings,
			Clock clock) {
		this.client = RedisClients.client(operations);
		this.index = new RedisIndex(operations, settings);
		this.search = new RedisSearch(this.index, settings);
		this.marks = new RedisMarks(this.client, settings.name());
		this.locks = new RedisLocks(this.client, settings.name());
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Opens a store and creates its index. A server that cannot be reached now is asked
	 * again with every use.
	 * @param factory names the server; the store makes connections of its own
	 * @param settings names and time-outs
	 * @param clock the time
	 * @return the store
	 * @throws CostwiseConfigurationException if the server has no Query Engine, its index
	 * has other fields, or it is a cluster
	 */
	public static RedisResponseCacheStore open(JedisConnectionFactory factory, RedisStoreSettings settings,
			Clock clock) {
		RedisResponseCacheStore store = new RedisResponseCacheStore(RedisClients.operations(factory, settings),
				settings, clock);
		try {
			store.index.prepare();
			store.index.dropEmptyPredecessors(store.client.ftList());
		}
		catch (CostwiseConfigurationException ex) {
			store.close();
			throw ex;
		}
		catch (JedisException ex) {
			logger.warn(
					"The Redis server of the response cache cannot be reached and is tried again: " + ex.getMessage());
		}
		return store;
	}

	/**
	 * Returns a log of labels in the same Redis. It uses the connections of this store
	 * and ends with it. Its lists have no end of life, so that no policy of eviction for
	 * keys with one reaches them.
	 * @return the log
	 */
	public LabelLog labels() {
		return new RedisLabelLog(this.client, this.settings.name());
	}

	@Override
	public void put(CacheEntry entry) {
		if (entry.isExpired(this.clock.instant())) {
			return;
		}
		requireDimension(entry);
		run("store an entry", () -> this.client.eval(PUT, keys(entry), arguments(entry)));
	}

	@Override
	public void putAll(Collection<CacheEntry> entries) {
		List<Response<Object>> responses = new ArrayList<>();
		Instant now = this.clock.instant();
		run("store entries", () -> {
			try (AbstractPipeline pipeline = this.client.pipelined()) {
				for (CacheEntry entry : entries) {
					if (!entry.isExpired(now)) {
						requireDimension(entry);
						responses.add(pipeline.eval(PUT, keys(entry), arguments(entry)));
					}
				}
				pipeline.sync();
			}
			responses.forEach(Response::get);
			return responses.size();
		});
	}

	/** An entry with another vector would be stored and never be found. */
	private void requireDimension(CacheEntry entry) {
		CacheVector vector = entry.vector();
		if (vector != null && vector.dimension() != this.settings.dimension()) {
			throw new CacheStoreException(StoreReason.UNAVAILABLE,
					"The index has " + this.settings.dimension() + " dimensions, the entry has " + vector.dimension(),
					null);
		}
	}

	private List<byte[]> keys(CacheEntry entry) {
		return List.of(key(entry.id()));
	}

	private static List<byte[]> arguments(CacheEntry entry) {
		List<byte[]> arguments = new ArrayList<>();
		arguments.add(RedisDocument.bytes(Long.toString(entry.expiresAt().toEpochMilli())));
		arguments.addAll(RedisDocument.write(entry));
		return arguments;
	}

	@Override
	public @Nullable CacheEntry find(CacheKey key) {
		return run("find an entry", () -> {
			Response<List<byte[]>> values;
			Response<Set<byte[]>> marked;
			try (AbstractPipeline pipeline = this.client.pipelined()) {
				values = pipeline.hmget(key(key.id()), RedisDocument.read());
				marked = this.marks.read(pipeline);
				pipeline.sync();
			}
			CacheEntry entry = read(key.partition(), new ArrayList<byte @Nullable []>(values.get()));
			return (entry == null || RedisMarks.marked(marked).concern(entry)) ? null : entry;
		});
	}

	@Override
	public List<Neighbour> nearest(String partition, float[] vector, int count) {
		if (vector.length != this.settings.dimension()) {
			return List.of();
		}
		float[] unit = CacheVector.unit(vector);
		return run("find the nearest entries", () -> {
			try {
				return search(partition, unit, count);
			}
			catch (JedisDataException ex) {
				if (!RedisFaults.isUnknownIndex(ex)) {
					throw ex;
				}
				this.index.prepareAgain();
				return search(partition, unit, count);
			}
		});
	}

	private List<Neighbour> search(String partition, float[] unit, int count) {
		Response<SearchResult> found;
		Response<Set<byte[]>> marked;
		try (AbstractPipeline pipeline = this.client.pipelined()) {
			found = this.search.nearest(pipeline, partition, unit, count);
			marked = this.marks.read(pipeline);
			pipeline.sync();
		}
		List<Neighbour> neighbours = neighbours(found.get(), partition, unit);
		MarkedEvictions evictions = RedisMarks.marked(marked);
		neighbours.removeIf((neighbour) -> evictions.concern(neighbour.entry()));
		return neighbours;
	}

	private List<Neighbour> neighbours(SearchResult result, String partition, float[] unit) {
		List<Neighbour> neighbours = new ArrayList<>();
		for (Document document : result.getDocuments()) {
			CacheEntry entry = read(partition, Arrays.asList(value(document, RedisDocument.PARTITION),
					value(document, RedisDocument.LABELS), value(document, RedisDocument.BODY)));
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

	private static byte @Nullable [] value(Document document, String field) {
		return (document.get(field) instanceof byte[] bytes) ? bytes : null;
	}

	private @Nullable CacheEntry read(String partition, List<byte @Nullable []> values) {
		try {
			CacheEntry entry = RedisDocument.read(partition, values);
			return (entry != null && !entry.isExpired(this.clock.instant())) ? entry : null;
		}
		catch (CacheStoreException ex) {
			this.unreadable.increment();
			return null;
		}
	}

	@Override
	public long evict(CacheEviction eviction) {
		RedisRemoval removal = RedisRemoval.with(this.client, this.index, this.marks, this.settings);
		try {
			run("remove entries", () -> {
				removal.evict(eviction);
				return removal;
			});
		}
		catch (CacheStoreException ex) {
			throw new EvictionIncompleteException(ex.reason(), String.valueOf(ex.getMessage()), removal.removed(),
					ex.getCause());
		}
		return removal.removed();
	}

	@Override
	public Collection<CacheEviction> marked() {
		return run("tell which evictions are not done", this.marks::read);
	}

	@Override
	public boolean tryLock(String id, String owner, Duration lease) {
		return this.locks.tryLock(id, owner, lease);
	}

	@Override
	public boolean isLocked(String id) {
		return this.locks.isLocked(id);
	}

	@Override
	public void unlock(String id, String owner) {
		this.locks.unlock(id, owner);
	}

	@Override
	public CacheStats stats() {
		long entries = run("count entries", this.index::entries);
		return new CacheStats(entries, -1, Long.MAX_VALUE, 0, -1, this.unreadable.sum());
	}

	@Override
	public void close() {
		this.client.close();
	}

	private byte[] key(String id) {
		return (this.index.keyPrefix() + id).getBytes(StandardCharsets.UTF_8);
	}

	private <T extends @Nullable Object> T run(String action, Supplier<T> command) {
		return RedisFaults.guard(action, () -> {
			try {
				this.index.prepare();
			}
			catch (CostwiseConfigurationException ex) {
				throw new CacheStoreException(StoreReason.UNAVAILABLE, ex.problem(), ex);
			}
			return command.get();
		});
	}

}

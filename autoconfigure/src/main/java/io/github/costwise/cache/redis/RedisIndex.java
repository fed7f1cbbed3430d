package io.github.costwise.cache.redis;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

import com.redis.om.spring.ops.RedisModulesOperations;
import com.redis.om.spring.ops.search.SearchOperations;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.search.FTCreateParams;
import redis.clients.jedis.search.FTSearchParams;
import redis.clients.jedis.search.IndexDataType;
import redis.clients.jedis.search.SearchResult;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.text.TextMatch;
import io.github.costwise.text.TextPattern;

/**
 * The index of the store. Its name and the prefix of its keys hold the version of the
 * schema and the dimension: applications of two versions work side by side, and what an
 * older one left ends with its time. Thread-safe.
 */
final class RedisIndex {

	private static final Log logger = LogFactory.getLog(RedisIndex.class);

	private static final TextPattern VERSION = TextPattern.of("(\\d{1,9}):d\\d+");

	private final RedisModulesOperations<String> operations;

	private final RedisStoreSettings settings;

	private final String name;

	private final UnifiedJedis client;

	private volatile boolean ready;

	RedisIndex(RedisModulesOperations<String> operations, RedisStoreSettings settings) {
		this.operations = operations;
		this.client = RedisClients.client(operations);
		this.settings = settings;
		this.name = settings.name() + ":v" + RedisDocument.SCHEMA + ":d" + settings.dimension();
	}

	String name() {
		return this.name;
	}

	String keyPrefix() {
		return this.name + ":";
	}

	SearchResult search(String indexName, String query, FTSearchParams params) {
		return index(indexName).search(query, params);
	}

	/** Creates the index again where it was used and is gone. */
	void prepareAgain() {
		this.ready = false;
		prepare();
	}

	/** The indexes of this cache, of every version of the schema; this one among them. */
	Collection<String> names() {
		Collection<String> names = new TreeSet<>(List.of(this.name));
		String prefix = this.settings.name() + ":v";
		for (String other : this.client.ftList()) {
			if (other.startsWith(prefix) && VERSION.whole(other.substring(prefix.length())) != null) {
				names.add(other);
			}
		}
		return names;
	}

	/**
	 * Whether this index knows of every entry. Where it is gone, it is created again, and
	 * knows of them later.
	 */
	boolean isWhole() {
		if (isWhole(this.name)) {
			return true;
		}
		prepareAgain();
		return false;
	}

	/** Whether an index is there, is not being built, and refused no entry. */
	boolean isWhole(String indexName) {
		return entries(indexName) >= 0;
	}

	/** How many entries this index knows of; -1 when these may not be all. */
	long entries() {
		return isWhole() ? entries(this.name) : -1;
	}

	private long entries(String indexName) {
		try {
			Map<String, Object> info = index(indexName).getInfo();
			boolean whole = number(info, "indexing") == 0 && number(info, "percent_indexed") == 1
					&& number(info, "hash_indexing_failures") == 0;
			return whole ? (long) number(info, "num_docs") : -1;
		}
		catch (JedisException ex) {
			if (RedisFaults.isUnknownIndex(ex)) {
				return -1;
			}
			throw ex;
		}
	}

	/** What the server does not tell is no number, and equal to none. */
	private static double number(Map<String, Object> info, String name) {
		Object value = info.get(name);
		try {
			return (value != null) ? Double.parseDouble(text(value)) : Double.NaN;
		}
		catch (NumberFormatException ex) {
			return Double.NaN;
		}
	}

	/**
	 * Creates the index unless it is there.
	 * @throws CostwiseConfigurationException if the server has no Query Engine, or an
	 * index of this name has other fields
	 */
	void prepare() {
		if (this.ready) {
			return;
		}
		try {
			createOrCheck();
		}
		catch (JedisException ex) {
			if (RedisFaults.isUnknownCommand(ex)) {
				throw new CostwiseConfigurationException(
						"The response cache is to be kept in Redis, but this Redis server has no Query Engine.",
						"Use Redis 8, Redis Stack 6.2.6 or newer, or Redis Enterprise with the search module, or keep "
								+ "the cache elsewhere with costwise.cache.store=memory.",
						ex);
			}
			throw ex;
		}
		this.ready = true;
	}

	/**
	 * Removes indexes of earlier versions of the schema once nothing is left in them.
	 * @param names the names of all indexes
	 */
	void dropEmptyPredecessors(Collection<String> names) {
		String prefix = this.settings.name() + ":v";
		for (String other : names) {
			TextMatch version = other.startsWith(prefix) ? VERSION.whole(other.substring(prefix.length())) : null;
			if (version != null && Integer.parseInt(version.get(1)) < RedisDocument.SCHEMA && isEmpty(other)) {
				index(other).dropIndex();
				logger.info("Removed the empty index " + other);
			}
		}
	}

	private boolean isEmpty(String indexName) {
		FTSearchParams none = FTSearchParams.searchParams().noContent().limit(0, 0);
		return index(indexName).search("*", none).getTotalResults() == 0;
	}

	private void createOrCheck() {
		Map<String, Object> info;
		try {
			info = index(this.name).getInfo();
		}
		catch (JedisException ex) {
			if (!RedisFaults.isUnknownIndex(ex)) {
				throw ex;
			}
			create();
			return;
		}
		check(info);
	}

	private void create() {
		try {
			index(this.name).createIndex(
					FTCreateParams.createParams().on(IndexDataType.HASH).addPrefix(keyPrefix()).noStopwords(),
					RedisDocument.fields(this.settings.dimension()));
			logger.info("Created the index " + this.name);
		}
		catch (JedisDataException ex) {
			if (!String.valueOf(ex.getMessage()).contains("Index already exists")) {
				throw ex;
			}
		}
	}

	private void check(Map<String, Object> info) {
		Map<String, String> wanted = new TreeMap<>(
				Map.of(RedisDocument.PARTITION, "TAG", RedisDocument.GROUP, "TAG", RedisDocument.LABELS, "TAG"));
		if (this.settings.dimension() > 0) {
			wanted.put(RedisDocument.VECTOR, "VECTOR " + this.settings.dimension());
		}
		Map<String, String> found = new TreeMap<>();
		((List<?>) Objects.requireNonNullElse(info.get("attributes"), List.of()))
			.forEach((attribute) -> addTo(found, (List<?>) attribute));
		if (!found.equals(wanted)) {
			throw new CostwiseConfigurationException(
					"The Redis index " + this.name + " has the fields " + found + " instead of " + wanted + ".",
					"Remove it with FT.DROPINDEX " + this.name
							+ ", or set costwise.cache.redis.name to a name that nothing else uses.");
		}
	}

	private static void addTo(Map<String, String> found, List<?> attribute) {
		Map<String, String> properties = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (int i = 0; i + 1 < attribute.size(); i += 2) {
			properties.put(text(attribute.get(i)), text(attribute.get(i + 1)));
		}
		String type = properties.getOrDefault("type", "");
		String dimension = properties.get("dim");
		found.put(properties.getOrDefault("identifier", ""), "VECTOR".equals(type) ? type + " " + dimension : type);
	}

	private static String text(Object value) {
		return (value instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
	}

	private SearchOperations<String> index(String indexName) {
		return this.operations.opsForSearch(indexName);
	}

}

package io.github.costwise.cache.redis;

import java.util.List;

import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.args.SortingOrder;
import redis.clients.jedis.search.FTSearchParams;
import redis.clients.jedis.search.SearchResult;

/**
 * Queries of the index of entries. What the server does not answer is thrown as it is.
 */
final class RedisSearch {

	private static final int PAGE = 1000;

	private static final int DIALECT = 2;

	private static final String DISTANCE = "d";

	private final RedisIndex index;

	private final RedisStoreSettings settings;

	RedisSearch(RedisIndex index, RedisStoreSettings settings) {
		this.index = index;
		this.settings = settings;
	}

	/**
	 * Asks for the entries of a partition that are nearest to a vector of length one.
	 */
	Response<SearchResult> nearest(AbstractPipeline pipeline, String partition, float[] unit, int count) {
		FTSearchParams params = FTSearchParams.searchParams()
			.addParam("k", count)
			.addParam("q", RedisDocument.floats(unit))
			.returnField(RedisDocument.PARTITION, false)
			.returnField(RedisDocument.LABELS, false)
			.returnField(RedisDocument.BODY, false)
			.sortBy(DISTANCE, SortingOrder.ASC)
			.limit(0, count)
			.timeout(this.settings.timeout().toMillis())
			.dialect(DIALECT);
		return pipeline.ftSearch(this.index.name(), "(" + tag(RedisDocument.PARTITION, partition) + ")=>[KNN $k @"
				+ RedisDocument.VECTOR + " $q AS " + DISTANCE + "]", params);
	}

	/**
	 * Keys of at most a thousand entries that a query finds. The server takes the time
	 * that it needs: what it has found after a while would not be all.
	 */
	List<byte[]> page(String indexName, String query, int from) {
		FTSearchParams params = FTSearchParams.searchParams().noContent().limit(from, PAGE).timeout(0).dialect(DIALECT);
		return this.index.search(indexName, query, params)
			.getDocuments()
			.stream()
			.map((document) -> RedisDocument.bytes(document.getId()))
			.toList();
	}

	/** A query for the entries whose field has a value. */
	static String tag(String field, String value) {
		return "@" + field + ":{" + value + "}";
	}

}

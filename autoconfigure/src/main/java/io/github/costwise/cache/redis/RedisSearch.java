package io.github.costwise.cache.redis;

import java.util.List;

import redis.clients.jedis.args.SortingOrder;
import redis.clients.jedis.search.Document;
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

	/** The entries of a partition that are nearest to a vector of length one. */
	SearchResult nearest(String partition, float[] unit, int count) {
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
		return this.index.search("(" + tag(RedisDocument.PARTITION, partition) + ")=>[KNN $k @" + RedisDocument.VECTOR
				+ " $q AS " + DISTANCE + "]", params);
	}

	/** Keys of at most a thousand entries that a query finds. */
	List<String> page(String query, int from) {
		FTSearchParams params = FTSearchParams.searchParams().noContent().limit(from, PAGE).dialect(DIALECT);
		return this.index.search(query, params).getDocuments().stream().map(Document::getId).toList();
	}

	/** How many entries there are. */
	long count() {
		return this.index.search("*", FTSearchParams.searchParams().noContent().limit(0, 0).dialect(DIALECT))
			.getTotalResults();
	}

	/** A query for the entries whose field has a value. */
	static String tag(String field, String value) {
		return "@" + field + ":{" + value + "}";
	}

}

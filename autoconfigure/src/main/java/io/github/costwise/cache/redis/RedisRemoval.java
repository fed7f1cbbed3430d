package io.github.costwise.cache.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

import io.github.costwise.model.CacheEviction;
import io.github.costwise.text.TextPattern;

/**
 * Removes entries of every version of the schema. What has many entries is marked first,
 * so that nobody is served any of them from then on. An index tells where they are as
 * long as it is whole; otherwise every key of the cache is looked at. What the server
 * does not do is thrown as it is.
 */
final class RedisRemoval {

	private static final int PAGE = 1000;

	/** What follows the name in the key of an entry. */
	private static final TextPattern KEY = TextPattern.of("\\d{1,9}:d\\d{1,9}:[0-9a-f]{32}");

	private final UnifiedJedis client;

	private final RedisIndex index;

	private final RedisSearch search;

	private final RedisMarks marks;

	private final RedisStoreSettings settings;

	private long removed;

	private RedisRemoval(UnifiedJedis client, RedisIndex index, RedisMarks marks, RedisStoreSettings settings) {
		this.client = client;
		this.index = index;
		this.search = new RedisSearch(index, settings);
		this.marks = marks;
		this.settings = settings;
	}

	static RedisRemoval with(UnifiedJedis client, RedisIndex index, RedisMarks marks, RedisStoreSettings settings) {
		return new RedisRemoval(client, index, marks, settings);
	}

	/** How many entries were removed until now. */
	long removed() {
		return this.removed;
	}

	void evict(CacheEviction eviction) {
		if (eviction.kind() == CacheEviction.EvictionKind.ENTRY) {
			byte[] id = RedisDocument.bytes(eviction.value());
			unlink(this.index.names().stream().map((name) -> key(name, id)).toList());
			return;
		}
		String token = UUID.randomUUID().toString();
		CacheEviction marked = this.marks.mark(eviction, token);
		if (!bySearch(marked)) {
			byScan(marked);
		}
		this.marks.unmark(marked, token);
	}

	private static byte[] key(String name, byte[] id) {
		return RedisDocument.bytes(name + ":" + new String(id, StandardCharsets.US_ASCII));
	}

	/** Whether the indexes knew of every entry while they were asked. */
	private boolean bySearch(CacheEviction eviction) {
		Collection<String> names = this.index.names();
		if (!this.index.isWhole()) {
			return false;
		}
		String query = RedisDocument.query(eviction);
		for (String name : names) {
			if (!this.index.isWhole(name)) {
				return false;
			}
			bySearch(name, query);
			if (!this.index.isWhole(name)) {
				return false;
			}
		}
		return true;
	}

	private void bySearch(String name, String query) {
		int skipped = 0;
		List<byte[]> found = this.search.page(name, query, 0);
		while (!found.isEmpty()) {
			skipped += found.size() - (int) unlink(found);
			found = this.search.page(name, query, skipped);
		}
	}

	private void byScan(CacheEviction eviction) {
		ScanParams params = new ScanParams().match(this.settings.name() + ":v*:d*:*").count(PAGE);
		byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
		do {
			ScanResult<byte[]> page = this.client.scan(cursor, params);
			unlink(chosen(page.getResult(), eviction));
			cursor = page.getCursorAsBytes();
		}
		while (!RedisDocument.isText(cursor, ScanParams.SCAN_POINTER_START));
	}

	private List<byte[]> chosen(List<byte[]> found, CacheEviction eviction) {
		List<byte[]> entries = found.stream()
			.filter((key) -> isEntry(new String(key, StandardCharsets.UTF_8)))
			.toList();
		if (entries.isEmpty() || eviction.kind() == CacheEviction.EvictionKind.ALL) {
			return entries;
		}
		List<Response<List<byte[]>>> values = new ArrayList<>();
		try (AbstractPipeline pipeline = this.client.pipelined()) {
			entries.forEach((key) -> values.add(pipeline.hmget(key, RedisDocument.chosenBy())));
			pipeline.sync();
		}
		List<byte[]> chosen = new ArrayList<>();
		for (int i = 0; i < entries.size(); i++) {
			if (isChosen(values.get(i), eviction)) {
				chosen.add(entries.get(i));
			}
		}
		return chosen;
	}

	private boolean isEntry(String key) {
		String prefix = this.settings.name() + ":v";
		return key.startsWith(prefix) && KEY.whole(key.substring(prefix.length())) != null;
	}

	/** A key of this name that is no hash is nobody's entry. */
	private static boolean isChosen(Response<List<byte[]>> values, CacheEviction eviction) {
		try {
			return RedisDocument.isChosen(new ArrayList<byte @Nullable []>(values.get()), eviction);
		}
		catch (JedisDataException ex) {
			return !String.valueOf(ex.getMessage()).startsWith("WRONGTYPE") && rethrow(ex);
		}
	}

	private static boolean rethrow(JedisDataException ex) {
		throw ex;
	}

	private long unlink(List<byte[]> found) {
		long gone = found.isEmpty() ? 0 : this.client.unlink(found.toArray(byte[][]::new));
		this.removed += gone;
		return gone;
	}

}

package io.github.costwise.cache.redis;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

import io.github.costwise.cache.MarkedEvictions;
import io.github.costwise.model.CacheEviction;

/**
 * The evictions that are not done, as fields of one hash without an end of life, so that
 * no policy of eviction for keys with one reaches it. Each has a token, so that nobody
 * takes away the mark of an eviction that began later.
 */
final class RedisMarks {

	/** More are marked as one eviction of everything, since every look-up reads them. */
	private static final int MOST = 256;

	private static final byte[] MARK = RedisDocument
		.bytes("local field = ARGV[1] if redis.call('HEXISTS', KEYS[1], field) == 0 and redis.call('HLEN', KEYS[1]) >= "
				+ "tonumber(ARGV[4]) then field = ARGV[3] end redis.call('HSET', KEYS[1], field, ARGV[2]) return field");

	private static final byte[] UNMARK = RedisDocument.bytes("if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] "
			+ "then return redis.call('HDEL', KEYS[1], ARGV[1]) end return 0");

	private final UnifiedJedis client;

	private final byte[] key;

	RedisMarks(UnifiedJedis client, String name) {
		this.client = client;
		this.key = RedisDocument.bytes(name + ":evictions");
	}

	/**
	 * Marks an eviction.
	 * @return the eviction that is marked, and has to be done
	 */
	CacheEviction mark(CacheEviction eviction, String token) {
		Object marked = this.client.eval(MARK, List.of(this.key), List.of(field(eviction), RedisDocument.bytes(token),
				field(CacheEviction.all()), RedisDocument.bytes(Integer.toString(MOST))));
		return MarkedEvictions.read(text((byte[]) marked));
	}

	void unmark(CacheEviction eviction, String token) {
		this.client.eval(UNMARK, List.of(this.key), List.of(field(eviction), RedisDocument.bytes(token)));
	}

	Collection<CacheEviction> read() {
		return evictions(this.client.hkeys(this.key));
	}

	/** Reads the marks after what was asked before in the same round trip. */
	Response<Set<byte[]>> read(AbstractPipeline pipeline) {
		return pipeline.hkeys(this.key);
	}

	static MarkedEvictions marked(Response<Set<byte[]>> fields) {
		Set<byte[]> found = fields.get();
		return found.isEmpty() ? MarkedEvictions.NONE : new MarkedEvictions(evictions(found));
	}

	private static Collection<CacheEviction> evictions(Set<byte[]> fields) {
		return fields.stream().map((field) -> MarkedEvictions.read(text(field))).toList();
	}

	private static byte[] field(CacheEviction eviction) {
		return RedisDocument.bytes(MarkedEvictions.write(eviction));
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}

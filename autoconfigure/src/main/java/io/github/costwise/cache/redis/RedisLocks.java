package io.github.costwise.cache.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/** Locks with a lease, each a key of its own that only its owner deletes. */
final class RedisLocks {

	private static final byte[] UNLOCK = RedisDocument
		.bytes("if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0");

	private final UnifiedJedis client;

	private final String prefix;

	RedisLocks(UnifiedJedis client, String name) {
		this.client = client;
		this.prefix = name + ":lock:";
	}

	boolean tryLock(String id, String owner, Duration lease) {
		return RedisFaults.guard("lock",
				() -> this.client.set(key(id), bytes(owner), SetParams.setParams().nx().px(lease.toMillis()))) != null;
	}

	boolean isLocked(String id) {
		return RedisFaults.guard("look at a lock", () -> this.client.exists(key(id)));
	}

	void unlock(String id, String owner) {
		RedisFaults.guard("unlock", () -> this.client.eval(UNLOCK, List.of(key(id)), List.of(bytes(owner))));
	}

	private byte[] key(String id) {
		return bytes(this.prefix + id);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}

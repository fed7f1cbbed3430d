package io.github.costwise.cache.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import redis.clients.jedis.UnifiedJedis;

import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;
import io.github.costwise.spi.LabelLog;
import io.github.costwise.text.Parts;

/**
 * Keeps labels in Redis: one stream for each learning group. Positions are the ids that
 * the server gives, which grow with its time; those of a lost stream are never given
 * again. Records that were appended together are seen together. Thread-safe.
 */
final class RedisLabelLog implements LabelLog {

	/** A new stream begins at the microsecond, in which no other one was lost. */
	private static final byte[] APPEND = RedisDocument
		.bytes("local id = '*' if redis.call('EXISTS', KEYS[1]) == 0 then local now = redis.call('TIME') "
				+ "local rest = now[2] % 1000 "
				+ "id = now[1] .. string.format('%03d', (now[2] - rest) / 1000) .. '-' .. rest * 1000 end "
				+ "for i = 2, #ARGV do redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], id, 'r', ARGV[i]) "
				+ "id = '*' end return #ARGV - 1");

	/** How many entries of the same millisecond can be distinguished. */
	private static final int SEQUENCE_BITS = 20;

	private final UnifiedJedis client;

	private final String prefix;

	RedisLabelLog(UnifiedJedis client, String name) {
		this.client = client;
		this.prefix = name + ":labels:";
	}

	@Override
	public void append(String learningGroup, Collection<byte[]> records) {
		byte[] key = key(learningGroup);
		if (records.isEmpty()) {
			return;
		}
		List<byte[]> arguments = new ArrayList<>();
		arguments.add(RedisDocument.bytes(Integer.toString(KEPT)));
		arguments.addAll(records);
		RedisFaults.guard("append labels", () -> this.client.eval(APPEND, List.of(key), arguments));
	}

	@Override
	public LabelBatch read(String learningGroup, long after, int most) {
		byte[] key = key(learningGroup);
		byte[] begin = RedisDocument
			.bytes("(" + (after >>> SEQUENCE_BITS) + "-" + (after & ((1L << SEQUENCE_BITS) - 1)));
		List<Object> entries = RedisFaults.guard("read labels",
				() -> this.client.xrange(key, begin, RedisDocument.bytes("+"), most));
		List<byte[]> records = new ArrayList<>(entries.size());
		long next = after;
		for (Object entry : entries) {
			List<?> parts = (List<?>) entry;
			next = position((byte[]) parts.get(0));
			records.add((byte[]) ((List<?>) parts.get(1)).get(1));
		}
		return new LabelBatch(List.copyOf(records), next);
	}

	private static long position(byte[] id) {
		String[] parts = Parts.of(new String(id, StandardCharsets.US_ASCII), "-");
		long sequence = Long.parseLong(parts[1]);
		if (sequence >>> SEQUENCE_BITS != 0) {
			throw new CacheStoreException(StoreReason.UNREADABLE, "The clock of Redis stood still for too many labels",
					null);
		}
		return (Long.parseLong(parts[0]) << SEQUENCE_BITS) | sequence;
	}

	private byte[] key(String learningGroup) {
		return RedisDocument.bytes(this.prefix + LabelLog.requireGroup(learningGroup));
	}

}

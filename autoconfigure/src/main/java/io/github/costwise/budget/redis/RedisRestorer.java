package io.github.costwise.budget.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.github.costwise.spi.SharedBudgetStore.Restored;

/**
 * Begins lost parts of a namespace again, with what is known from elsewhere: it is sent
 * page by page, and then booked in one step. Thread-safe.
 */
final class RedisRestorer {

	private static final int PER_SPEND = 5;

	private static final int PAGE = 200 * PER_SPEND;

	private static final long STAGED_SECONDS = 60;

	private final RedisCalls calls;

	private final RedisShards shards;

	private final RedisClock clock;

	RedisRestorer(RedisCalls calls, RedisShards shards, RedisClock clock) {
		this.calls = calls;
		this.shards = shards;
		this.clock = clock;
	}

	boolean restore(List<Restored> spends) {
		Set<String> all = this.shards.all();
		Map<String, List<Restored>> parts = new HashMap<>();
		all.forEach((shard) -> parts.put(shard, new ArrayList<>()));
		for (Restored spend : spends) {
			String shard = this.shards.of(spend.spend().account());
			if (parts.putIfAbsent(shard, new ArrayList<>()) == null) {
				this.shards.add(shard);
			}
			parts.get(shard).add(spend);
		}
		List<Restored> first = parts.remove(RedisShards.FIRST);
		boolean restored = false;
		for (Map.Entry<String, List<Restored>> part : parts.entrySet()) {
			restored |= restore(part.getKey(), part.getValue());
		}
		return restore(RedisShards.FIRST, (first != null) ? first : List.of()) || restored;
	}

	/** The first part comes last: until it has begun, those of new tenants do not. */
	private boolean restore(String shard, List<Restored> spends) {
		String epoch = UUID.randomUUID().toString().substring(0, 8);
		String list = this.shards.key(shard, "restore:" + epoch);
		Instant latest = Instant.EPOCH;
		for (Restored spend : spends) {
			latest = spend.at().isAfter(latest) ? spend.at() : latest;
		}
		String now = this.clock.after(latest);
		stage(list, spends);
		ScriptArguments arguments = new ScriptArguments(PER_SPEND).add(this.shards.epoch(shard))
			.add(list)
			.add(now)
			.add(this.shards.channel())
			.add(epoch);
		ScriptReply reply = this.calls.run(BudgetScript.RESTORE, 2, arguments, true);
		return reply.nextInt() == 1;
	}

	private void stage(String list, List<Restored> spends) {
		byte[] key = ScriptArguments.bytes(list);
		List<byte[]> page = new ArrayList<>();
		for (Restored spend : spends) {
			page.add(ScriptArguments.bytes(ScriptTexts.of(spend.spend().account())));
			page.add(ScriptArguments.bytes(ScriptTexts.of(spend.spend().span())));
			page.add(ScriptArguments.bytes(Long.toString(spend.spend().limit())));
			page.add(ScriptArguments.bytes(Long.toString(spend.spend().amount())));
			page.add(ScriptArguments.bytes(ScriptTexts.of(this.clock.since(spend.at()))));
			if (page.size() == PAGE) {
				stage(key, page);
			}
		}
		if (!page.isEmpty()) {
			stage(key, page);
		}
	}

	private void stage(byte[] key, List<byte[]> page) {
		byte[][] values = page.toArray(byte[][]::new);
		page.clear();
		this.calls.call("take what is restored", true, (connection) -> {
			connection.listCommands().rPush(key, values);
			return connection.keyCommands().expire(key, STAGED_SECONDS);
		});
	}

}

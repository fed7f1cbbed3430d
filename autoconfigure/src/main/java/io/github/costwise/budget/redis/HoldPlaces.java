package io.github.costwise.budget.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.costwise.bounded.RecentMap;

/**
 * In which part of the namespace holds are, where there are several. Where that is not
 * known, all parts are asked. Thread-safe.
 */
final class HoldPlaces {

	private static final int MOST_KNOWN = 100_000;

	/** How many parts are looked at in each turn. */
	private static final int MOST_AT_ONCE = 200;

	private final Map<String, String> known = RecentMap.shared(MOST_KNOWN);

	private final RedisShards shards;

	private String last = RedisShards.FIRST;

	HoldPlaces(RedisShards shards) {
		this.shards = shards;
	}

	void add(String id, String shard) {
		if (!this.shards.isSingle()) {
			this.known.put(id, shard);
		}
	}

	void remove(String id) {
		if (!this.shards.isSingle()) {
			this.known.remove(id);
		}
	}

	Collection<String> of(String id) {
		if (this.shards.isSingle()) {
			return List.of(RedisShards.FIRST);
		}
		String shard = this.known.get(id);
		return (shard != null) ? List.of(shard) : this.shards.all();
	}

	Map<String, List<String>> group(Collection<String> ids) {
		Map<String, List<String>> groups = new HashMap<>();
		for (String id : ids) {
			of(id).forEach((shard) -> groups.computeIfAbsent(shard, (key) -> new ArrayList<>()).add(id));
		}
		return groups;
	}

	/** The parts whose turn it is. */
	synchronized List<String> due() {
		Set<String> all = this.shards.all();
		List<String> next = all.stream().filter((shard) -> shard.compareTo(this.last) > 0).limit(MOST_AT_ONCE).toList();
		List<String> due = new ArrayList<>(next);
		all.stream().limit(MOST_AT_ONCE - next.size()).filter((shard) -> !next.contains(shard)).forEach(due::add);
		this.last = due.get(due.size() - 1);
		return due;
	}

}

package io.github.costwise.budget.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;

/**
 * Reads and corrects accounts in Redis. Thread-safe.
 */
final class RedisStates {

	private static final Comparator<BudgetState> ORDER = Comparator.comparingInt(BudgetState::percent)
		.reversed()
		.thenComparing((state) -> state.account().owner());

	private static final int PAGE = 200;

	/** How many accounts of a budget are looked at, in each part. */
	private static final int MOST_READ = 20_000;

	private final ScriptCalls scripts;

	private final RedisShards shards;

	private final RedisClock clock;

	RedisStates(ScriptCalls scripts, RedisShards shards, RedisClock clock) {
		this.scripts = scripts;
		this.shards = shards;
		this.clock = clock;
	}

	BudgetState adjust(BudgetAccount account, BudgetSpan span, Instant now, long limit, long spent) {
		String shard = this.shards.of(account);
		ScriptReply reply = this.scripts.run(BudgetScript.ADJUST, shard,
				about(account, span, now).add(limit).add(spent));
		return reply.nextState();
	}

	@Nullable BudgetState one(BudgetAccount account, BudgetSpan span, Instant now) {
		ScriptReply reply = this.scripts.find(BudgetScript.STATE, about(account, span, now));
		if (reply == null) {
			return null;
		}
		return reply.hasNext() ? reply.nextState() : null;
	}

	private ScriptArguments about(BudgetAccount account, BudgetSpan span, Instant now) {
		return this.scripts.begin(this.shards.of(account), this.clock.now(now), 4)
			.add(ScriptTexts.of(account))
			.add(ScriptTexts.of(span));
	}

	List<BudgetState> all(String budget, Instant now, int most) {
		List<BudgetState> all = new ArrayList<>();
		for (String shard : this.shards.all()) {
			Map<BudgetAccount, BudgetState> found = new LinkedHashMap<>();
			int known = 0;
			for (int read = 0; known >= 0 && read < MOST_READ; read += PAGE) {
				known = read(shard, budget, now, known, most, found);
			}
			all.addAll(found.values());
		}
		all.sort(ORDER);
		return List.copyOf(all.subList(0, Math.min(most, all.size())));
	}

	/** Returns where the next page begins, or -1 when it would be of no use. */
	private int read(String shard, String budget, Instant now, int known, int most,
			Map<BudgetAccount, BudgetState> found) {
		ScriptReply reply = this.scripts.find(BudgetScript.STATES,
				this.scripts.begin(shard, this.clock.now(now), 3).add(ScriptTexts.of(budget)).add(known).add(PAGE));
		if (reply == null) {
			return -1;
		}
		int next = reply.nextInt();
		String least = reply.next();
		while (reply.hasNext()) {
			BudgetState state = reply.nextState();
			found.put(state.account(), state);
		}
		if (least.isEmpty()) {
			return -1;
		}
		long percent = Long.parseLong(least);
		long above = found.values().stream().filter((state) -> state.percent() > percent).count();
		return (above < most) ? next : -1;
	}

}

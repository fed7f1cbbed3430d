package io.github.costwise.budget.redis;

import org.jspecify.annotations.Nullable;

import io.github.costwise.spi.SharedBudgetStore.BudgetStateLostException;

/**
 * Runs scripts in a part of the namespace, which may be lost. Thread-safe.
 */
final class ScriptCalls {

	private static final String LOST = "lost";

	private final RedisCalls calls;

	private final RedisShards shards;

	ScriptCalls(RedisCalls calls, RedisShards shards) {
		this.calls = calls;
		this.shards = shards;
	}

	/** Returns what a script is given first. */
	ScriptArguments begin(String shard, String now, int more) {
		return new ScriptArguments(3 + more).add(this.shards.epoch(shard)).add(now).add(this.shards.channel());
	}

	/**
	 * Runs a script.
	 * @return what it answered, or {@code null} if the part is lost
	 */
	@Nullable ScriptReply find(BudgetScript script, ScriptArguments arguments) {
		ScriptReply reply = this.calls.run(script, 1, arguments, script != BudgetScript.RESERVE);
		return reply.outcome().equals(LOST) ? null : reply;
	}

	/**
	 * Runs a script.
	 * @return what it answered
	 * @throws BudgetStateLostException if the part is lost
	 */
	ScriptReply run(BudgetScript script, String shard, ScriptArguments arguments) {
		ScriptReply reply = find(script, arguments);
		if (reply == null && this.shards.begin(shard)) {
			reply = find(script, arguments);
		}
		if (reply == null) {
			throw new BudgetStateLostException("Redis keeps nothing of the budgets below '" + this.shards.epoch(shard)
					+ "': it is new, or was emptied, or a server without them took over");
		}
		return reply;
	}

}

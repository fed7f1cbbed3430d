package io.github.costwise.budget.redis;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import io.github.costwise.model.BudgetAccount;

/**
 * The parts of a namespace: one, or one for each tenant. The keys of a part share a hash
 * tag, so that in a cluster they lie on one server. The first part knows the others.
 * Thread-safe.
 */
final class RedisShards {

	/** The part of all that is of no tenant. */
	static final String FIRST = "";

	private static final String EPOCH = "epoch";

	private final RedisCalls calls;

	private final String name;

	private final Function<BudgetAccount, String> shards;

	private final boolean single;

	RedisShards(RedisCalls calls, String name, Function<BudgetAccount, String> shards) {
		this.calls = calls;
		this.name = name;
		this.shards = shards;
		this.single = shards == RedisBudgetStore.ONE_SHARD;
	}

	boolean isSingle() {
		return this.single;
	}

	String of(BudgetAccount account) {
		return this.shards.apply(account);
	}

	/**
	 * Returns the part that some accounts share.
	 * @throws IllegalArgumentException if they share none
	 */
	String of(Collection<BudgetAccount> accounts) {
		String found = null;
		for (BudgetAccount account : accounts) {
			String shard = of(account);
			if (found != null && !found.equals(shard)) {
				throw new IllegalArgumentException(
						"the accounts " + accounts + " are of several tenants, but each tenant "
								+ "is kept apart: set costwise.budgets.redis.shard-by to none");
			}
			found = shard;
		}
		return (found != null) ? found : FIRST;
	}

	/** A key outside of any generation. */
	String key(String shard, String rest) {
		String tag = shard.isEmpty() ? this.name
				: this.name + ":" + shard.replace("%", "%25").replace("{", "%7B").replace("}", "%7D");
		return "{" + tag + "}:" + rest;
	}

	String epoch(String shard) {
		return key(shard, EPOCH);
	}

	String channel() {
		return this.name + ":room";
	}

	/**
	 * Lets a part begin that never was: where the first part has lost nothing, and does
	 * not know it.
	 * @return whether it began, now or meanwhile
	 */
	boolean begin(String shard) {
		if (shard.isEmpty()) {
			return false;
		}
		byte[] names = ScriptArguments.bytes(key(FIRST, "shards"));
		return this.calls.call("begin a part", true, (connection) -> {
			byte[] epoch = connection.stringCommands().get(ScriptArguments.bytes(epoch(FIRST)));
			if (epoch == null) {
				return false;
			}
			Long added = connection.setCommands().sAdd(names, ScriptArguments.bytes(shard));
			byte[] own = ScriptArguments.bytes(epoch(shard));
			if (added != null && added == 1) {
				connection.stringCommands().setNX(own, epoch);
				return true;
			}
			return Boolean.TRUE.equals(connection.keyCommands().exists(own));
		});
	}

	/** All parts that ever began, the first one first. */
	Set<String> all() {
		Set<String> all = new TreeSet<>();
		all.add(FIRST);
		if (!this.single) {
			byte[] names = ScriptArguments.bytes(key(FIRST, "shards"));
			Set<byte[]> known = this.calls.call("name the parts", true,
					(connection) -> connection.setCommands().sMembers(names));
			if (known != null) {
				known.forEach((one) -> all.add(new String(one, StandardCharsets.UTF_8)));
			}
		}
		return all;
	}

	/** Remembers that a part was restored. */
	void add(String shard) {
		if (!shard.isEmpty()) {
			byte[] names = ScriptArguments.bytes(key(FIRST, "shards"));
			this.calls.call("name a part", true,
					(connection) -> connection.setCommands().sAdd(names, ScriptArguments.bytes(shard)));
		}
	}

}

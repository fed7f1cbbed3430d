package io.github.costwise.budget.redis;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.SetCondition;
import org.springframework.data.redis.core.types.Expiration;

import io.github.costwise.background.Background;
import io.github.costwise.background.Team;
import io.github.costwise.budget.Budget;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.SharedBudgetStore;
import io.github.costwise.time.Time;

/**
 * Keeps budgets in Redis 6.2 or later, or Valkey, for all instances: each operation is
 * one script, which is one atomic step in one round trip. The server's clock counts. The
 * connections are the store's own, made like those of the application but with a time-out
 * of their own where the application uses Lettuce or Jedis; what does not answer in time
 * fails. Of an account the latest four windows are kept, at least for a day; calls that
 * ended are known for an hour, and expired ones for a day. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RedisBudgetStore implements SharedBudgetStore, AutoCloseable {

	private static final Log logger = LogFactory.getLog(RedisBudgetStore.class);

	/** Keeps all accounts together, so that any may share a call. */
	static final Function<BudgetAccount, String> ONE_SHARD = (account) -> RedisShards.FIRST;

	private final RedisCalls calls;

	private final RedisShards shards;

	private final RedisRoom room;

	private final RedisClock clock;

	private final RedisAdmissions admissions;

	private final RedisStates states;

	private final RedisRestorer restorer;

	/**
	 * Opens a store. What may make the server lose budgets is logged; a server that does
	 * not answer is tried again with each operation.
	 * @param factory how the application reaches Redis
	 * @param settings names and time-outs
	 * @param ofTenants the budgets, where those of each tenant are to be kept apart, or
	 * {@code null} to keep all together
	 * @param background runs its threads
	 * @param time the time of this machine
	 * @return the store
	 * @throws io.github.costwise.CostwiseConfigurationException if an account of a budget
	 * may be of several tenants that are to be kept apart
	 */
	public static RedisBudgetStore open(RedisConnectionFactory factory, RedisBudgetSettings settings,
			@Nullable List<Budget> ofTenants, Background background, Time time) {
		Function<BudgetAccount, String> shards = (ofTenants != null) ? TenantShards.of(ofTenants) : ONE_SHARD;
		RedisBudgetStore store = new RedisBudgetStore(factory, settings, shards,
				background.team("budgets-redis", Faults.Kind.BUDGET), time);
		background.faults()
			.guard(Faults.Kind.BUDGET, () -> store.warnings().forEach((line) -> logger.warn("Costwise: " + line)));
		return store;
	}

	/**
	 * Creates a store.
	 * @param factory how the application reaches Redis
	 * @param settings names and time-outs
	 * @param shards where an account is kept: accounts of one call must be kept at one
	 * place; {@link #ONE_SHARD} keeps all together
	 * @param team its threads
	 * @param time the time of this machine
	 */
	RedisBudgetStore(RedisConnectionFactory factory, RedisBudgetSettings settings,
			Function<BudgetAccount, String> shards, Team team, Time time) {
		this(RedisCalls.of(factory, settings.timeout(), team, time), settings, shards, team, time,
				RedisClock.ofRedis(time));
	}

	RedisBudgetStore(RedisCalls calls, RedisBudgetSettings settings, Function<BudgetAccount, String> shards, Team team,
			Time time, RedisClock clock) {
		this.calls = calls;
		this.shards = new RedisShards(calls, settings.name(), shards);
		this.clock = clock;
		this.room = new RedisRoom(calls, this.shards, team, time);
		ScriptCalls scripts = new ScriptCalls(calls, this.shards);
		this.admissions = new RedisAdmissions(scripts, this.shards, clock);
		this.states = new RedisStates(scripts, this.shards, clock);
		this.restorer = new RedisRestorer(calls, this.shards, clock);
	}

	@Override
	public Admission reserve(Reservation reservation) {
		return this.admissions.reserve(reservation);
	}

	@Override
	public List<Settled> settle(String id, Instant at, List<Spend> spends) {
		return this.admissions.settle(id, at, spends);
	}

	@Override
	public void release(String id) {
		this.admissions.release(id);
	}

	@Override
	public void extend(Collection<String> ids, Instant until) {
		this.admissions.extend(ids, this.clock.until(until));
	}

	@Override
	public List<String> expire(Instant now) {
		return this.admissions.expire(now);
	}

	@Override
	public BudgetState adjust(BudgetAccount account, BudgetSpan span, Instant now, long limit, long spent) {
		return this.states.adjust(account, span, now, limit, spent);
	}

	@Override
	public List<BudgetState> states(String budget, Instant now, int most) {
		return this.states.all(budget, now, most);
	}

	@Override
	public @Nullable BudgetState state(BudgetAccount account, BudgetSpan span, Instant now) {
		return this.states.one(account, span, now);
	}

	@Override
	public boolean restore(List<Restored> spends) {
		return this.restorer.restore(spends);
	}

	@Override
	public boolean isFirst(String what, Instant until) {
		byte[] key = key("once:" + what);
		long millis = Math.max(1, this.clock.until(until).toMillis());
		return Boolean.TRUE
			.equals(this.calls.call("remember what is done once", true, (connection) -> connection.stringCommands()
				.set(key, new byte[] { '1' }, SetCondition.ifAbsent(), Expiration.milliseconds(millis))));
	}

	@Override
	public void remember(String change) {
		byte[] text = ScriptArguments.bytes(change);
		this.calls.call("remember a change", true,
				(connection) -> connection.listCommands().rPush(key("changes"), text));
	}

	@Override
	public List<String> remembered(int from) {
		List<byte[]> found = this.calls.call("tell what was changed", true,
				(connection) -> connection.listCommands().lRange(key("changes"), from, -1));
		return (found != null) ? found.stream().map((text) -> new String(text, StandardCharsets.UTF_8)).toList()
				: List.of();
	}

	private byte[] key(String rest) {
		return ScriptArguments.bytes(this.shards.key(RedisShards.FIRST, rest));
	}

	@Override
	public AutoCloseable onRoom(Runnable listener) {
		return this.room.listen(listener);
	}

	/**
	 * Returns what is wrong with the settings of the server.
	 * @return a sentence for each setting by which budgets may be lost; none where the
	 * server does not tell them
	 */
	List<String> warnings() {
		return RedisDurability.warnings(this.calls);
	}

	@Override
	public void close() {
		this.room.close();
		this.calls.close();
	}

}

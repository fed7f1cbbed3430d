package io.github.costwise.budget.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.BudgetRefusal;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore.Admission;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.spi.BudgetStore.Reservation;
import io.github.costwise.spi.BudgetStore.Settled;
import io.github.costwise.spi.BudgetStore.Spend;

/**
 * Holds and books in Redis what calls use. Thread-safe.
 */
final class RedisAdmissions {

	private static final int PER_DEMAND = 9;

	private static final int PER_SPEND = 4;

	private static final int MOST_EXPIRED = 100;

	private static final int MOST_EXTENDED = 500;

	/** Clocks that differ by less are taken to show the same. */
	private static final Duration SKEW = Duration.ofSeconds(1);

	private final ScriptCalls scripts;

	private final RedisShards shards;

	private final HoldPlaces places;

	private final RedisClock clock;

	RedisAdmissions(ScriptCalls scripts, RedisShards shards, RedisClock clock) {
		this.scripts = scripts;
		this.shards = shards;
		this.places = new HoldPlaces(shards);
		this.clock = clock;
	}

	Admission reserve(Reservation reservation) {
		List<Demand> demands = reservation.demands();
		String shard = this.shards.of(demands.stream().map(Demand::account).toList());
		ScriptArguments arguments = this.scripts
			.begin(shard, this.clock.now(reservation.at()), 8 + PER_DEMAND * demands.size())
			.add(reservation.id())
			.add(ScriptTexts.of(Duration.between(reservation.at(), reservation.expires())))
			.add((reservation.within() != null) ? reservation.within() : "")
			.add(reservation.output().least())
			.add(reservation.output().most())
			.add(reservation.output().safe())
			.add(reservation.output().share())
			.add(reservation.output().firm() ? 1 : 0);
		demands.forEach((demand) -> add(arguments, demand));
		ScriptReply reply = this.scripts.run(BudgetScript.RESERVE, shard, arguments);
		this.places.add(reservation.id(), shard);
		return admission(reservation, reply);
	}

	private static void add(ScriptArguments arguments, Demand demand) {
		arguments.add(ScriptTexts.of(demand.account()))
			.add(ScriptTexts.of(demand.span()))
			.add(demand.limit())
			.add(demand.carry())
			.add(demand.kept())
			.add(demand.fixed())
			.add(demand.perToken())
			.add(demand.onExpiry())
			.add(demand.enforced() ? 1 : 0);
	}

	private static Admission admission(Reservation reservation, ScriptReply reply) {
		return switch (reply.outcome()) {
			case "ok" -> admitted(reservation, reply);
			case "stale" -> new Admission.Stale(ScriptTexts.instant(reply.next()));
			default -> refused(reservation, reply);
		};
	}

	private static Admission admitted(Reservation reservation, ScriptReply reply) {
		int cap = reply.nextInt();
		List<BudgetAccount> watched = new ArrayList<>();
		while (reply.hasNext()) {
			watched.add(reservation.demands().get(reply.nextInt()).account());
		}
		return new Admission.Admitted(cap, watched);
	}

	/** Names the account that has no room for the longest time. */
	private static Admission refused(Reservation reservation, ScriptReply reply) {
		Duration ahead = Duration.between(reservation.at(), ScriptTexts.instant(reply.next()));
		boolean skewed = ahead.abs().compareTo(SKEW) > 0;
		Admission.Denied longest = null;
		while (reply.hasNext()) {
			BudgetAccount account = reservation.demands().get(reply.nextInt()).account();
			BudgetRefusal refusal = BudgetRefusal.valueOf(reply.next());
			long needed = reply.nextLong();
			String room = reply.next();
			BudgetState state = reply.nextState();
			Instant at = room.isEmpty() ? null : ScriptTexts.instant(room);
			Instant here = (at != null && skewed) ? at.minus(ahead) : at;
			Admission.Denied one = new Admission.Denied(account, refusal, needed, state, here);
			longest = (longest == null || isLonger(one, longest)) ? one : longest;
		}
		if (longest == null) {
			throw new IllegalStateException("Redis refused a call without a reason");
		}
		return longest;
	}

	private static boolean isLonger(Admission.Denied one, Admission.Denied other) {
		int more = one.refusal().compareTo(other.refusal());
		Instant room = other.room();
		return more > 0 || (more == 0 && room != null && (one.room() == null || one.room().isAfter(room)));
	}

	List<Settled> settle(String id, Instant at, List<Spend> spends) {
		String shard = this.shards.of(spends.stream().map(Spend::account).toList());
		ScriptArguments arguments = this.scripts.begin(shard, this.clock.after(at), 2 + PER_SPEND * spends.size())
			.add(id)
			.add(ScriptTexts.of(this.clock.since(at)));
		for (Spend spend : spends) {
			arguments.add(ScriptTexts.of(spend.account()))
				.add(ScriptTexts.of(spend.span()))
				.add(spend.limit())
				.add(spend.amount());
		}
		ScriptReply reply = this.scripts.run(BudgetScript.SETTLE, shard, arguments);
		this.places.remove(id);
		List<Settled> settled = new ArrayList<>();
		while (reply.hasNext()) {
			long held = reply.nextLong();
			long spent = reply.nextLong();
			settled.add(new Settled(reply.nextState(), held, spent));
		}
		return settled;
	}

	void release(String id) {
		for (String shard : this.places.of(id)) {
			this.scripts.find(BudgetScript.RELEASE,
					this.scripts.begin(shard, this.clock.after(Instant.EPOCH), 1).add(id));
		}
		this.places.remove(id);
	}

	void extend(Collection<String> ids, Duration time) {
		this.places.group(ids).forEach((shard, some) -> {
			for (int i = 0; i < some.size(); i += MOST_EXTENDED) {
				ScriptArguments arguments = this.scripts
					.begin(shard, this.clock.after(Instant.EPOCH), 1 + MOST_EXTENDED)
					.add(ScriptTexts.of(time));
				some.subList(i, Math.min(some.size(), i + MOST_EXTENDED)).forEach(arguments::add);
				this.scripts.find(BudgetScript.EXTEND, arguments);
			}
		});
	}

	List<String> expire(Instant now) {
		List<String> all = new ArrayList<>();
		for (String shard : this.places.due()) {
			int before;
			do {
				before = all.size();
				expire(shard, now, all);
			}
			while (all.size() == before + MOST_EXPIRED);
		}
		return all;
	}

	private void expire(String shard, Instant now, List<String> all) {
		@Nullable ScriptReply reply = this.scripts.find(BudgetScript.EXPIRE,
				this.scripts.begin(shard, this.clock.now(now), 1).add(MOST_EXPIRED));
		if (reply != null) {
			while (reply.hasNext()) {
				all.add(reply.next());
			}
		}
	}

}

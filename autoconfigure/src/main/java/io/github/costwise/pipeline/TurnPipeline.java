package io.github.costwise.pipeline;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.accounting.Savings;
import io.github.costwise.accounting.Tier;
import io.github.costwise.accounting.TurnRecord;
import io.github.costwise.accounting.TurnRecord.CacheOutcome;
import io.github.costwise.accounting.TurnRecord.Outcome;
import io.github.costwise.answer.Recording;
import io.github.costwise.cache.admission.Refusal;
import io.github.costwise.cache.partition.Answerer;
import io.github.costwise.cache.partition.CacheRequest;
import io.github.costwise.cache.partition.TurnOwner;
import io.github.costwise.cache.policy.CacheMode;
import io.github.costwise.cache.policy.CachePolicy;
import io.github.costwise.cache.response.CacheHit;
import io.github.costwise.cache.response.CacheTurn;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.pricing.Money;
import io.github.costwise.time.Time;

/**
 * What happens once a turn: it is opened with its policy, and closed with totals from its
 * own calls. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TurnPipeline {

	private final Ids ids = new Ids();

	private final CostPolicies policies;

	private final CostAccountant accountant;

	private final @Nullable ResponseCache cache;

	private final @Nullable TurnRouter router;

	private final CostMode mode;

	private final Time time;

	/**
	 * Creates the pipeline.
	 * @param policies the configured policies
	 * @param accountant receives closed turns
	 * @param cache the response cache, or {@code null} for none
	 * @param router chooses the models, or {@code null} without tiers
	 * @param mode how much may be done
	 * @param time tells the time, and waits
	 */
	public TurnPipeline(CostPolicies policies, CostAccountant accountant, @Nullable ResponseCache cache,
			@Nullable TurnRouter router, CostMode mode, Time time) {
		this.policies = policies;
		this.accountant = accountant;
		this.cache = cache;
		this.router = router;
		this.mode = mode;
		this.time = time;
	}

	/**
	 * Returns what turns measure time by.
	 * @return the time
	 */
	public Time time() {
		return this.time;
	}

	/**
	 * Opens a turn.
	 * @param scope the scope it runs in, or {@code null} for none
	 * @return the open turn
	 * @throws io.github.costwise.CostwiseConfigurationException if the scope names a
	 * policy that does not exist
	 */
	public CostTurn open(@Nullable CostScope scope) {
		CostPolicy policy = this.policies.get((scope != null) ? scope.policy() : null);
		return new CostTurn(this.ids.next(), scope, policy, this.time);
	}

	/**
	 * Begins the turn's way through the response cache.
	 * @param turn the turn
	 * @param prompt what is asked
	 * @param output what the answer must look like, by name
	 * @param client what it is asked through
	 * @return its way, or {@code null} when the cache is off for it
	 */
	public @Nullable CacheTurn cache(CostTurn turn, Prompt prompt, Map<String, String> output, AskedClient client) {
		CachePolicy policy = cachePolicy(turn);
		if (this.cache == null || policy.mode() == CacheMode.OFF) {
			return null;
		}
		CacheTurn way = this.cache.open(request(turn, prompt, output, client), policy);
		turn.cached(way);
		return way;
	}

	/**
	 * Begins the way of a turn that asks anew for an answer whose time has passed.
	 * @param turn the turn
	 * @param stale the turn that was given that answer
	 * @return whether it may ask, since nobody does already
	 */
	public boolean refresh(CostTurn turn, CostTurn stale) {
		CacheTurn served = stale.cached();
		if (this.cache == null || served == null) {
			return false;
		}
		CacheTurn way = this.cache.refresh(served.request().again(turn.id()), cachePolicy(turn), served);
		turn.cached(way);
		return way != null;
	}

	/**
	 * Hands the answer of a turn to the response cache, which keeps it if it was given by
	 * whom it would be looked up for.
	 * @param turn the turn
	 * @param given the answer
	 */
	public void answered(CostTurn turn, Recording given) {
		CacheTurn way = turn.cached();
		if (way == null) {
			return;
		}
		if (turn.isMixed()) {
			way.refused(Refusal.MIXED);
		}
		else if (Answerers.answered(way.request().owner().answerer(), turn.given())) {
			OwnWork.run(turn, () -> way.answered(turn.answer(given)));
		}
		else {
			way.refused(Refusal.OTHER_MODEL);
		}
	}

	/**
	 * Tells the response cache that an answer was found to be invalid.
	 * @param turn the turn
	 */
	public void invalid(CostTurn turn) {
		CacheTurn way = turn.cached();
		if (way != null) {
			way.refused(Refusal.SCHEMA);
		}
	}

	/**
	 * Tells the response cache that a turn has failed, so that those who wait for its
	 * answer go on. It is closed thereafter.
	 * @param turn the turn
	 * @param error why it failed
	 */
	public void failed(CostTurn turn, Throwable error) {
		CacheTurn way = turn.cached();
		if (way != null) {
			way.failed(error);
		}
	}

	private CachePolicy cachePolicy(CostTurn turn) {
		CachePolicy policy = turn.policy().cache();
		return (this.mode != CostMode.ENFORCE && policy.mode() == CacheMode.ENFORCE) ? policy.with(CacheMode.OBSERVE)
				: policy;
	}

	private CacheRequest request(CostTurn turn, Prompt prompt, Map<String, String> output, AskedClient client) {
		TurnOwner owner = new TurnOwner(turn.attribution(), turn.policy().name(), turn.tier(), turn.promptVersion(),
				(this.router != null) ? this.router.answerer(turn, client) : Answerer.own(client.model()),
				turn.owner());
		return new CacheRequest(prompt, output, owner, client.path(), turn.id(), turn.parentId() != null,
				client.mode());
	}

	/**
	 * Closes a turn; closing it again does nothing.
	 * @param turn the turn
	 * @param outcome how it ended
	 */
	public void close(CostTurn turn, Outcome outcome) {
		if (!turn.close()) {
			return;
		}
		CacheTurn way = turn.cached();
		if (way != null) {
			way.unanswered();
		}
		if (this.router != null) {
			this.router.closed(turn, outcome);
		}
		this.accountant.append(new TurnRecord(turn.id(), turn.parentId(), turn.startedAt(),
				Duration.ofNanos(turn.elapsedNanos()), turn.attribution(), turn.policy().name(), turn.tier(),
				tierCause(turn), turn.promptVersion(), turn.routingVersion(), outcome, cacheOutcome(way),
				turn.totals().records(), turn.cost(), saved(turn, way)));
	}

	private static CacheOutcome cacheOutcome(@Nullable CacheTurn way) {
		if (way == null) {
			return CacheOutcome.NOT_USED;
		}
		if (way.hit() != null) {
			return CacheOutcome.HIT;
		}
		if (way.isBypassed()) {
			return CacheOutcome.BYPASSED;
		}
		return way.isLookedUp() ? CacheOutcome.MISS : CacheOutcome.NOT_USED;
	}

	private static Savings saved(CostTurn turn, @Nullable CacheTurn way) {
		CacheHit hit = (way != null) ? way.hit() : null;
		Money own = turn.totals().own();
		Money others = turn.cost().minus(own);
		return (hit != null) ? new Savings(hit.saved().minus(others), Money.ZERO, own)
				: new Savings(Money.ZERO, turn.totals().baseline().minus(others), own);
	}

	private String tierCause(CostTurn turn) {
		TurnRoute route = turn.route();
		if (route != null) {
			return route.cause();
		}
		boolean missing = this.router == null && turn.tier() != Tier.AUTO;
		return missing ? "client-model: no tiers configured" : "client-model";
	}

}

package io.github.costwise.pipeline;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Tier;
import io.github.costwise.answer.Recording;
import io.github.costwise.cache.admission.Refusal;
import io.github.costwise.cache.partition.Answerer;
import io.github.costwise.cache.partition.CacheRequest;
import io.github.costwise.cache.partition.TurnOwner;
import io.github.costwise.cache.policy.CacheMode;
import io.github.costwise.cache.policy.CachePolicy;
import io.github.costwise.cache.response.CacheHit;
import io.github.costwise.cache.response.CacheStep;
import io.github.costwise.cache.response.CacheTurn;
import io.github.costwise.cache.response.FreshAnswer;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.TurnRecord.CacheOutcome;
import io.github.costwise.model.TurnRecord.TurnOutcome;

/**
 * Takes turns through the response cache. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CachePillar implements TurnPillar {

	/** What policies say of the response cache. */
	public static final PolicyPart<CachePolicy> POLICY = new PolicyPart<>("cache", CachePolicy.OBSERVE);

	private static final TurnSlot<CacheTurn> CACHE_TURN = new TurnSlot<>();

	private final ResponseCache cache;

	private final @Nullable TurnRouter router;

	private final CostMode mode;

	/**
	 * Creates an instance.
	 * @param cache the response cache
	 * @param router tells who would answer, or {@code null} without tiers
	 * @param mode how much may be done
	 */
	public CachePillar(ResponseCache cache, @Nullable TurnRouter router, CostMode mode) {
		this.cache = cache;
		this.router = router;
		this.mode = mode;
	}

	@Override
	public int getOrder() {
		return ANSWERS;
	}

	@Override
	public Faults.Kind faultKind() {
		return Faults.Kind.CACHE;
	}

	@Override
	public boolean concerns(CostTurn turn) {
		return POLICY.of(turn.policy()).mode() != CacheMode.OFF;
	}

	@Override
	public @Nullable TurnStep before(CostTurn turn, TurnAsk ask) {
		CacheTurn cacheTurn = cacheTurn(turn, ask);
		if (cacheTurn == null) {
			return null;
		}
		if (turn.isClosed()) {
			cacheTurn.unanswered();
			return null;
		}
		CacheStep step = OwnWork.of(turn, cacheTurn::next);
		if (step instanceof CacheStep.AwaitLeader await) {
			return new TurnStep.Await(await.until(), await.atMost());
		}
		if (step instanceof CacheStep.FailAlike failed) {
			return new TurnStep.Fail(failed.error());
		}
		return (step instanceof CacheStep.ServeHit served) ? new TurnStep.Serve(served.hit()) : null;
	}

	/** The lookup of a turn, or {@code null} when the cache could not begin it. */
	private @Nullable CacheTurn cacheTurn(CostTurn turn, TurnAsk ask) {
		CacheTurn cacheTurn = CACHE_TURN.of(turn);
		if (cacheTurn == null) {
			cacheTurn = this.cache.open(request(turn, ask), policy(turn));
			CACHE_TURN.set(turn, cacheTurn);
		}
		return cacheTurn;
	}

	private CachePolicy policy(CostTurn turn) {
		CachePolicy policy = POLICY.of(turn.policy());
		return (this.mode != CostMode.ENFORCE && policy.mode() == CacheMode.ENFORCE) ? policy.with(CacheMode.OBSERVE)
				: policy;
	}

	private CacheRequest request(CostTurn turn, TurnAsk ask) {
		AskedClient client = ask.client();
		Answerer answerer = (this.router != null) ? this.router.answerer(turn, client) : Answerer.own(client.model());
		TurnOwner owner = new TurnOwner(turn.attribution(), turn.policy().name(), turn.tier(), turn.promptVersion(),
				answerer, turn.owner());
		return new CacheRequest(ask.prompt(), ask.output(), owner, client.path(), turn.id(), turn.parentId() != null,
				client.mode());
	}

	@Override
	public void stopWaiting(CostTurn turn) {
		CacheTurn cacheTurn = CACHE_TURN.of(turn);
		if (cacheTurn != null) {
			cacheTurn.stopWaiting();
		}
	}

	@Override
	public boolean refreshes(CostTurn turn, CostTurn stale) {
		CacheTurn served = CACHE_TURN.of(stale);
		CacheTurn cacheTurn = (served != null)
				? this.cache.refresh(served.request().again(turn.id()), policy(turn), served) : null;
		CACHE_TURN.set(turn, cacheTurn);
		return cacheTurn != null;
	}

	@Override
	public boolean records(CostTurn turn) {
		return CACHE_TURN.of(turn) != null;
	}

	/** Stored only where the model answered that a look-up expects. */
	@Override
	public void answered(CostTurn turn, Recording given) {
		CacheTurn cacheTurn = CACHE_TURN.of(turn);
		if (cacheTurn == null) {
			return;
		}
		RouteState route = RouteState.of(turn);
		if (route.isMixed()) {
			cacheTurn.refused(Refusal.MIXED);
		}
		else if (Answerers.answered(cacheTurn.request().owner().answerer(), route.given())) {
			OwnWork.run(turn, () -> cacheTurn.answered(answer(turn, route, given)));
		}
		else {
			cacheTurn.refused(Refusal.OTHER_MODEL);
		}
	}

	private static FreshAnswer answer(CostTurn turn, RouteState state, Recording given) {
		CallRecord last = turn.totals().last();
		TurnRoute route = state.route();
		Tier answered = (route != null && route.acting()) ? route.current().tier() : turn.tier();
		return new FreshAnswer(given, (last != null) ? last.target().answeredModel() : "", answered,
				turn.totals().usage(), turn.cost(), Set.copyOf(turn.toolsRan()));
	}

	@Override
	public void invalid(CostTurn turn) {
		CacheTurn cacheTurn = CACHE_TURN.of(turn);
		if (cacheTurn != null) {
			cacheTurn.refused(Refusal.SCHEMA);
		}
	}

	/** Those who wait for the answer go on. */
	@Override
	public void failed(CostTurn turn, Throwable error) {
		CacheTurn cacheTurn = CACHE_TURN.of(turn);
		if (cacheTurn != null) {
			cacheTurn.failed(error);
		}
	}

	@Override
	public void closing(CostTurn turn, TurnOutcome outcome, TurnSummary summary) {
		CacheTurn cacheTurn = CACHE_TURN.of(turn);
		if (cacheTurn != null) {
			cacheTurn.unanswered();
			CacheHit hit = cacheTurn.hit();
			summary.cached(outcome(cacheTurn), (hit != null) ? hit.saved() : null);
		}
	}

	private static CacheOutcome outcome(CacheTurn cacheTurn) {
		if (cacheTurn.hit() != null) {
			return CacheOutcome.HIT;
		}
		if (cacheTurn.isBypassed()) {
			return CacheOutcome.BYPASSED;
		}
		return cacheTurn.isLookedUp() ? CacheOutcome.MISS : CacheOutcome.NOT_USED;
	}

}

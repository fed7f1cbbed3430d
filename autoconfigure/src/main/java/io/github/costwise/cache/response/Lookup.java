package io.github.costwise.cache.response;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.costwise.answer.OtherMode;
import io.github.costwise.cache.Miss;
import io.github.costwise.cache.flight.Flight;
import io.github.costwise.cache.flight.Flight.Landing;
import io.github.costwise.cache.flight.SeenFailures;
import io.github.costwise.cache.partition.CacheRequest;
import io.github.costwise.cache.partition.PartitionedQuestion;
import io.github.costwise.cache.policy.CachePolicy;
import io.github.costwise.cache.policy.SemanticRules;
import io.github.costwise.cache.response.SemanticTier.SimilarFound;
import io.github.costwise.cache.response.SemanticTier.SimilarFound.Decided;
import io.github.costwise.cache.verify.HitDecision.Accept;
import io.github.costwise.model.CacheEntry;

/**
 * Looks for the answer of one turn: among equal questions, among similar ones, and with
 * turns that ask the same at this moment. Steps are taken one after another.
 */
final class Lookup {

	private final ResponseCache cache;

	private final CacheRequest request;

	private final CachePolicy policy;

	private final PartitionedQuestion asked;

	private final FlightLead lead;

	private @Nullable Flight awaited;

	private @Nullable Flight failed;

	private final SeenFailures failures = new SeenFailures();

	private final WaitBudget patience;

	private boolean alone;

	private @Nullable SimilarFound found;

	private @Nullable CacheEntry repeated;

	private Miss miss = Miss.NEW;

	Lookup(ResponseCache cache, CacheRequest request, CachePolicy policy, PartitionedQuestion asked) {
		this.cache = cache;
		this.request = request;
		this.policy = policy;
		this.asked = asked;
		this.lead = new FlightLead(cache.exact(), asked.key().id(), request.turn());
		this.patience = new WaitBudget(request.nested() ? Duration.ZERO : cache.exact().settings().patience(),
				cache.time().ticker());
	}

	CacheStep step() {
		CacheStep served = (this.awaited != null) ? landed(this.awaited) : null;
		if (served == null && !this.alone) {
			served = equal();
		}
		if (served == null && this.found == null && this.repeated == null) {
			served = similar();
		}
		return (served != null) ? served : ask();
	}

	private @Nullable CacheStep landed(Flight flight) {
		Landing landing = flight.landed();
		this.awaited = null;
		this.failed = null;
		if (landing instanceof Landing.SharedAnswer answer && obstacle(answer.entry()) == null) {
			return serve(answer.entry(), CacheHit.HitKind.SHARED, 1, 1);
		}
		if (landing instanceof Landing.Failed failure) {
			this.failed = flight;
			return this.failures.isLast(failure) ? fail(failure.error()) : null;
		}
		if (!(landing instanceof Landing.Nothing)) {
			this.alone = true;
			this.miss = Miss.NOT_SHARED;
		}
		return null;
	}

	private CacheStep fail(Throwable error) {
		this.miss = Miss.FAILED;
		return new CacheStep.FailAlike(error);
	}

	private @Nullable CacheStep equal() {
		CacheEntry entry = exact();
		SemanticRules rules = this.policy.semantic();
		if (entry != null && rules != null && !this.patience.isTried() && this.cache.draws(rules.repeatShare())) {
			this.repeated = entry;
			this.miss = Miss.REPEAT;
			return null;
		}
		return (entry != null) ? serve(entry, CacheHit.HitKind.EXACT, 1, 1) : null;
	}

	private @Nullable CacheEntry exact() {
		CacheEntry entry = this.cache.store(this.policy).find(this.asked.key());
		if (entry == null || this.cache.removals().concern(entry)) {
			return null;
		}
		Miss obstacle = obstacle(entry);
		if (obstacle == null) {
			return entry;
		}
		this.miss = obstacle;
		return null;
	}

	/** Whether everything that the client would give in this mode is known. */
	private boolean serves(CacheEntry entry) {
		return OtherMode.of(entry.answer().given(), this.request.mode()) != null;
	}

	/** Why an entry does not answer this turn, or {@code null} when it may. */
	private @Nullable Miss obstacle(CacheEntry entry) {
		if (!Tiers.satisfies(entry.answer().tier(), this.request.owner().tier())) {
			return Miss.TIER;
		}
		return serves(entry) ? null : Miss.MODE;
	}

	private @Nullable CacheStep similar() {
		SimilarFound now = look();
		if (now instanceof Decided decided && decided.decision() instanceof Accept served) {
			if (!serves(decided.neighbour(served.candidate()))) {
				this.miss = Miss.MODE;
				return null;
			}
			return serve(decided.neighbour(served.candidate()), CacheHit.HitKind.SEMANTIC, served.candidate().cosine(),
					served.probability());
		}
		if (now != null && this.miss != Miss.TIER && this.miss != Miss.MODE) {
			this.miss = now.miss();
		}
		return null;
	}

	/** Asks the semantic tier, if there is one for this policy. */
	@Nullable SimilarFound look() {
		SemanticTier tier = this.cache.semantic();
		SemanticRules rules = this.policy.semantic();
		this.found = (tier != null && rules != null) ? tier.find(this.asked, this.request, this.policy, rules) : null;
		return this.found;
	}

	private CacheStep ask() {
		if (this.alone || this.repeated != null || !this.cache.exact().settings().singleFlight()) {
			return CacheStep.AskModel.INSTANCE;
		}
		if (!this.lead.isHeld()) {
			Flight other = this.lead.take(this.failed);
			if (other != null) {
				return follow(other);
			}
			CacheEntry entry = exact();
			if (entry != null) {
				return serve(entry, CacheHit.HitKind.EXACT, 1, 1);
			}
		}
		return (this.lead.lock() || !this.patience.isLeft()) ? CacheStep.AskModel.INSTANCE
				: this.patience.await(this.lead.unlocked());
	}

	private CacheStep follow(Flight flight) {
		if (!this.patience.isLeft()) {
			this.alone = true;
			return CacheStep.AskModel.INSTANCE;
		}
		this.awaited = flight;
		return this.patience.await(flight.landing());
	}

	private CacheStep serve(CacheEntry entry, CacheHit.HitKind kind, double similarity, double probability) {
		String hitId = entry.id() + "." + this.request.turn();
		Duration age = Duration.between(entry.createdAt(), this.cache.now());
		this.cache.remember(hitId, this.request.owner().policy(), this.found);
		this.cache.traffic(this.asked.question(), entry.group());
		this.lead.answer(entry);
		this.lead.stored();
		return new CacheStep.ServeHit(new CacheHit(hitId, kind, entry.id(), entry.answer(), similarity, probability,
				age.isNegative() ? Duration.ZERO : age, this.cache.isStale(entry, this.policy)));
	}

	/** Counts what would have been found. */
	void observe(PolicyCounters counters) {
		if (this.policy.semantic() == null) {
			this.cache.shadow().observe(this.asked.key().id(), this.cache.now(), counters);
			return;
		}
		this.repeated = exact();
		if (this.repeated != null) {
			counters.observed(PolicyCounters.ShadowOutcome.EXACT_HIT, this.repeated.answer().cost());
		}
		else if (look() instanceof Decided decided && decided.decision() instanceof Accept served) {
			counters.observed(PolicyCounters.ShadowOutcome.SEMANTIC_HIT,
					decided.neighbour(served.candidate()).answer().cost());
		}
	}

	/** Whether an answer is stored whose time has not passed. */
	boolean isFresh() {
		CacheEntry entry = exact();
		return entry != null && !this.cache.isStale(entry, this.policy);
	}

	void stopWaiting() {
		this.alone = true;
	}

	PartitionedQuestion asked() {
		return this.asked;
	}

	FlightLead lead() {
		return this.lead;
	}

	Miss miss() {
		return this.miss;
	}

	@Nullable SimilarFound found() {
		return this.found;
	}

	@Nullable CacheEntry repeated() {
		return this.repeated;
	}

}

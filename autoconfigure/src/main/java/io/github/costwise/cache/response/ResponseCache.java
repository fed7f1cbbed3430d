package io.github.costwise.cache.response;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.Bypass;
import io.github.costwise.cache.admission.RequestAdmission;
import io.github.costwise.cache.memory.InMemoryResponseCacheStore;
import io.github.costwise.cache.memory.MemoryStoreSettings;
import io.github.costwise.cache.partition.CacheRequest;
import io.github.costwise.cache.partition.PartitionResult;
import io.github.costwise.cache.partition.PartitionResult.Found;
import io.github.costwise.cache.partition.PartitionResult.None;
import io.github.costwise.cache.partition.PartitionedQuestion;
import io.github.costwise.cache.partition.Partitions;
import io.github.costwise.cache.policy.CacheMode;
import io.github.costwise.cache.policy.CachePolicy;
import io.github.costwise.cache.response.RecentHits.Remembered;
import io.github.costwise.cache.response.SemanticTier.SimilarFound.Decided;
import io.github.costwise.cache.verify.HitDecision.Accept;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.time.Time;

/**
 * The response cache: begins the lookup of each turn, and keeps what turns share.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class ResponseCache implements AutoCloseable {

	private static final MemoryStoreSettings OBSERVED = new MemoryStoreSettings(10_000, 32L << 20);

	private final GuardedStore store;

	/** What turns are stored in that only observe; no other instance sees it. */
	private final ResponseCacheStore observed;

	private final ExactTier exact;

	private final @Nullable SemanticTier semantic;

	private final Partitions partitions;

	private final EntryWriter storing;

	private final CacheStatistics statistics = new CacheStatistics();

	private final Evictions evictions = new Evictions();

	private final Removals removals;

	private final ExactShadow shadow = new ExactShadow();

	private final RecentHits recent = new RecentHits();

	private final SplittableRandom random = new SplittableRandom();

	private final SemanticTier.Tools tools;

	private final Faults faults;

	private final Time time;

	/** Whether any turn could be answered. */
	private volatile boolean acting;

	/**
	 * Creates a cache.
	 * @param store keeps the entries
	 * @param semantic finds similar questions, or {@code null} to find equal ones only
	 * @param partitions tells what must be equal
	 * @param settings how the cache works for all policies
	 * @param tools what every part needs
	 */
	public ResponseCache(ResponseCacheStore store, @Nullable SemanticTier semantic, Partitions partitions,
			CacheSettings settings, SemanticTier.Tools tools) {
		this.time = tools.tasks().time();
		this.store = new GuardedStore(store, settings.slowAfter(), this.time.ticker());
		this.semantic = semantic;
		this.removals = new Removals(this.store, this.store.marks(), tools.tasks());
		this.observed = new InMemoryResponseCacheStore(OBSERVED, this.time.clock());
		if (semantic != null) {
			semantic.use(this.removals, this.store, this.observed);
			semantic.groups().evictBy(this::outdated);
		}
		this.partitions = partitions;
		this.exact = new ExactTier(this.store, settings, tools);
		this.storing = new EntryWriter(this, tools.tasks(), settings.nonAnswers());
		this.tools = tools;
		this.faults = tools.faults();
	}

	/**
	 * Starts the cache lookup of a turn.
	 * @param request the turn
	 * @param policy what its policy says of the cache
	 * @return the lookup, or {@code null} when the cache is off for it
	 */
	public @Nullable CacheTurn open(CacheRequest request, CachePolicy policy) {
		if (policy.mode() == CacheMode.OFF) {
			return null;
		}
		if (policy.mode() == CacheMode.ENFORCE) {
			this.acting = true;
		}
		try {
			return new CacheTurn(this, request, policy, question(request, policy));
		}
		catch (Throwable ex) {
			fault(ex);
			return null;
		}
	}

	/**
	 * Starts the background refresh of a stale answer.
	 * @param request the turn
	 * @param policy what its policy says of the cache
	 * @param stale the turn that was given that answer
	 * @return the lookup, which leads to the model; {@code null} when somebody asks
	 * already, or the turn would not be found by the same requests: resolvers may tell
	 * other things on another thread
	 */
	public @Nullable CacheTurn refresh(CacheRequest request, CachePolicy policy, CacheTurn stale) {
		CacheTurn turn = open(request, policy);
		return (turn != null && turn.leads(stale)) ? turn : null;
	}

	private @Nullable PartitionedQuestion question(CacheRequest request, CachePolicy policy) {
		Bypass bypass = RequestAdmission.check(request, policy);
		if (bypass == null) {
			String encoder = (this.semantic != null && policy.semantic() != null) ? this.semantic.encoderId() : null;
			PartitionResult result = this.partitions.of(request, policy.shared(), encoder,
					policy.admission().maxQuestionLength());
			if (result instanceof Found found) {
				return found.question();
			}
			bypass = ((None) result).reason();
		}
		this.statistics.policy(request.owner().policy()).bypass(bypass);
		return null;
	}

	/**
	 * Removes entries, and what is in flight to become one.
	 * @param eviction which entries
	 * @return how many were removed, or -1 when the store cannot tell
	 * @throws io.github.costwise.spi.EvictionIncompleteException if not all could be
	 * removed; what is left, and what is in flight, is not served by this instance, and
	 * removed as soon as the store lets it
	 */
	public long evict(CacheEviction eviction) {
		this.evictions.add(eviction);
		forgetFlights(eviction);
		try {
			this.observed.evict(eviction);
			return this.removals.evict(eviction);
		}
		finally {
			forgetFlights(eviction);
		}
	}

	/**
	 * Keeps whoever comes after an eviction from an answer of before it. Needed before
	 * the store is asked, and after: meanwhile a turn may have found an entry that was
	 * about to be removed, and be about to give it to those who wait.
	 */
	private void forgetFlights(CacheEviction eviction) {
		this.exact.flights()
			.forget((id) -> eviction.kind() != CacheEviction.EvictionKind.ENTRY || id.equals(eviction.value()));
	}

	/** Where nothing is answered, nothing is removed by what was learnt either. */
	private void outdated(CacheEviction eviction) {
		this.observed.evict(eviction);
		if (this.acting) {
			this.removals.evict(eviction);
		}
	}

	void outdated(CacheEviction eviction, CachePolicy policy) {
		if (policy.mode() == CacheMode.OBSERVE) {
			this.observed.evict(eviction);
		}
		else {
			this.removals.evict(eviction);
		}
	}

	void traffic(String question, String group) {
		TrafficFile file = this.tools.traffic();
		if (file != null) {
			this.tools.tasks().run(() -> file.add(question, group));
		}
	}

	void remember(String hitId, String policy, SemanticTier.@Nullable SimilarFound found) {
		Remembered hit = (found instanceof Decided decided && decided.decision() instanceof Accept served)
				? new Remembered(policy, decided.basis().learner(), served) : new Remembered(policy, null, null);
		this.recent.add(hitId, hit);
	}

	@Nullable Remembered takeHit(String hitId) {
		return this.recent.take(hitId);
	}

	/** What is found in time where nothing is served after it is fresh. */
	boolean isStale(CacheEntry entry, CachePolicy policy) {
		Duration stale = policy.freshness().stale();
		return !stale.isZero() && !now().isBefore(entry.expiresAt().minus(stale));
	}

	boolean draws(double share) {
		return share > 0 && draw() < share;
	}

	double draw() {
		synchronized (this.random) {
			return this.random.nextDouble();
		}
	}

	void fault(Throwable cause) {
		this.faults.report(Faults.Kind.CACHE, cause);
	}

	Time time() {
		return this.time;
	}

	Instant now() {
		return this.time.now();
	}

	ResponseCacheStore store(CachePolicy policy) {
		return (policy.mode() == CacheMode.OBSERVE) ? this.observed : this.store;
	}

	EntryWriter storing() {
		return this.storing;
	}

	ExactTier exact() {
		return this.exact;
	}

	/**
	 * Returns what finds similar questions.
	 * @return the tier, or {@code null} when only equal questions are found
	 */
	public @Nullable SemanticTier semantic() {
		return this.semantic;
	}

	Removals removals() {
		return this.removals;
	}

	Evictions evictions() {
		return this.evictions;
	}

	ExactShadow shadow() {
		return this.shadow;
	}

	/**
	 * Returns whether the store is used.
	 * @return the state now
	 */
	public StoreState storeState() {
		return this.store.state();
	}

	/**
	 * Returns what the cache did.
	 * @return counters by policy
	 */
	public CacheStatistics statistics() {
		return this.statistics;
	}

	/** Tries for the last time to remove what could not be removed. */
	@Override
	public void close() {
		this.removals.close();
	}

}

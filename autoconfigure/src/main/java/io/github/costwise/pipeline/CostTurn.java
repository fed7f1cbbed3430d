package io.github.costwise.pipeline;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;
import io.github.costwise.CallLimits;
import io.github.costwise.CostScope;
import io.github.costwise.Money;
import io.github.costwise.Owner;
import io.github.costwise.Tier;
import io.github.costwise.accounting.RunningTurn;
import io.github.costwise.model.CallRecord.Coverage;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.model.Versions;
import io.github.costwise.time.Ticker;
import io.github.costwise.time.Time;

/**
 * The state of one turn while it runs. It travels through the advisor chain in the
 * request context under {@link #CONTEXT_KEY}, since the thread changes meanwhile.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class CostTurn implements CostScope.Turn, RunningTurn {

	/** Key of the turn in the context of requests and responses. */
	public static final String CONTEXT_KEY = "costwise.turn";

	private static final int DEEPEST = 20;

	private final String id;

	private final @Nullable CostScope scope;

	private final CostPolicy policy;

	private final CallLimits limits;

	private final Instant startedAt;

	private final Ticker ticker;

	private final long startNanos;

	private final AtomicInteger rounds = new AtomicInteger();

	private final TurnTotals totals = new TurnTotals();

	private final Set<String> toolsRan = ConcurrentHashMap.newKeySet(0);

	private final AtomicBoolean closed = new AtomicBoolean();

	private volatile @Nullable TurnRecord record;

	private volatile @Nullable Throwable refusal;

	private final AtomicReferenceArray<@Nullable Object> slots = TurnSlot.empty();

	CostTurn(String id, @Nullable CostScope scope, CostPolicy policy, Time time) {
		this.id = id;
		this.scope = scope;
		this.policy = policy;
		this.limits = (scope != null) ? scope.limits().orElse(policy.limits()) : policy.limits();
		this.startedAt = time.now();
		this.ticker = time.ticker();
		this.startNanos = this.ticker.read();
	}

	/**
	 * Returns the unique id of the turn.
	 * @return the id
	 */
	@Override
	public String id() {
		return this.id;
	}

	/**
	 * Returns the id of the turn whose tool or advisor made this one.
	 * @return the id, or {@code null}
	 */
	public @Nullable String parentId() {
		CostScope.Turn parent = (this.scope != null) ? this.scope.parent() : null;
		return (parent != null) ? parent.id() : null;
	}

	/**
	 * Returns what the cost is attributed to.
	 * @return the attribution
	 */
	@Override
	public Attribution attribution() {
		return (this.scope != null) ? this.scope.attribution() : Attribution.NONE;
	}

	/** The money that its calls draw on, by its id, or {@code null}. */
	@Nullable String drawsOn() {
		return (this.scope != null) ? this.scope.drawsOn() : null;
	}

	/**
	 * Returns the owner of the turn, and how well it is known.
	 * @return the owner
	 */
	public Owner owner() {
		return (this.scope != null) ? this.scope.owner() : Owner.UNSAID;
	}

	/**
	 * Returns whether the turn runs inside a scope, or its caller is known.
	 * @return {@link Coverage#MANAGED} if so, else {@link Coverage#UNATTRIBUTED}
	 */
	public Coverage coverage() {
		return (this.scope != null && !this.scope.isUnattributed()) ? Coverage.MANAGED : Coverage.UNATTRIBUTED;
	}

	/**
	 * Returns the policy that applies.
	 * @return the policy
	 */
	public CostPolicy policy() {
		return this.policy;
	}

	/**
	 * Returns the limits that apply: those of the scope, else those of the policy.
	 * @return the limits
	 */
	public CallLimits limits() {
		return this.limits;
	}

	/**
	 * Returns the tier asked for.
	 * @return the tier
	 */
	public Tier tier() {
		return (this.scope != null) ? this.scope.tier() : Tier.AUTO;
	}

	/**
	 * Returns the version of the prompt.
	 * @return the version, or {@code null}
	 */
	public @Nullable String promptVersion() {
		return (this.scope != null) ? this.scope.promptVersion() : null;
	}

	/**
	 * Returns the scope for whatever runs inside this turn, such as a tool.
	 * @return a scope with the same attribution whose parent is this turn
	 */
	public CostScope innerScope() {
		CostScope outer = (this.scope != null) ? this.scope : CostScope.builder().build();
		return outer.inside(this);
	}

	/**
	 * Returns how many calls the turn has made so far.
	 * @return settled calls
	 */
	public int calls() {
		return this.totals.calls();
	}

	/**
	 * Returns what the turn has cost so far.
	 * @return the sum of its settled calls
	 */
	@Override
	public Money cost() {
		return this.totals.cost();
	}

	Instant startedAt() {
		return this.startedAt;
	}

	long elapsedNanos() {
		return this.ticker.read() - this.startNanos;
	}

	Ticker ticker() {
		return this.ticker;
	}

	int nextRound() {
		return this.rounds.incrementAndGet();
	}

	@Override
	public @Nullable PriceState priceState() {
		return this.totals.priceState();
	}

	/** What the pillars keep, by the index of their slot. */
	AtomicReferenceArray<@Nullable Object> slots() {
		return this.slots;
	}

	/** Returns what is in force; no routing when the client's own model answers. */
	Versions versions() {
		TurnRoute chosen = TurnRoute.of(this);
		String routing = (chosen != null && chosen.acting()) ? chosen.version() : null;
		return new Versions(this.policy.name(), promptVersion(), routing);
	}

	TurnTotals totals() {
		return this.totals;
	}

	/**
	 * Records that a tool ran.
	 * @param name name of the tool
	 */
	public void toolRan(String name) {
		this.toolsRan.add(name);
	}

	/** Names of the tools that ran. */
	Set<String> toolsRan() {
		return this.toolsRan;
	}

	/**
	 * Records that Costwise itself stopped one of its calls.
	 * @param stop why
	 */
	public void refused(Throwable stop) {
		this.refusal = stop;
	}

	/** Whether an error is due to a call of this turn that Costwise itself stopped. */
	boolean isRefusal(Throwable error) {
		Throwable stop = this.refusal;
		Throwable cause = error;
		for (int depth = 0; stop != null && cause != null && depth < DEEPEST; depth++) {
			if (cause == stop) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

	/** Whether it has ended; what is still taken for it is for nobody. */
	boolean isClosed() {
		return this.closed.get();
	}

	/**
	 * Returns what its calls used so far.
	 * @return the sum of the settled calls, without those that Costwise made for itself
	 */
	public TokenUsage usage() {
		return this.totals.usage();
	}

	/**
	 * Returns what the ledger knows of the turn.
	 * @return the record, or {@code null} while the turn is open
	 */
	public @Nullable TurnRecord record() {
		return this.record;
	}

	void recorded(TurnRecord closing) {
		this.record = closing;
	}

	boolean close() {
		return this.closed.compareAndSet(false, true);
	}

}

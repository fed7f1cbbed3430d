package io.github.costwise.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostScope;
import io.github.costwise.Tier;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.model.TurnRecord.RouteChoice;
import io.github.costwise.model.TurnRecord.TurnCost;
import io.github.costwise.model.TurnRecord.TurnIdentity;
import io.github.costwise.model.TurnRecord.TurnOutcome;
import io.github.costwise.model.TurnRecord.TurnTiming;
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

	private final List<TurnPillar> pillars;

	private final Time time;

	/**
	 * Creates the pipeline.
	 * @param policies the configured policies
	 * @param accountant receives closed turns
	 * @param pillars take part in turns, in this order
	 * @param time tells the time, and waits
	 */
	public TurnPipeline(CostPolicies policies, CostAccountant accountant, List<? extends TurnPillar> pillars,
			Time time) {
		this.policies = policies;
		this.accountant = accountant;
		this.pillars = List.copyOf(pillars);
		this.time = time;
	}

	List<TurnPillar> pillars() {
		return this.pillars;
	}

	/** Tells all pillars, whatever one of them makes of it. */
	void tell(Consumer<TurnPillar> what) {
		for (TurnPillar pillar : this.pillars) {
			this.accountant.faults().guard(pillar.faultKind(), () -> what.accept(pillar));
		}
	}

	/**
	 * Returns what counts the faults of turns.
	 * @return the count
	 */
	public Faults faults() {
		return this.accountant.faults();
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
	 * Begins a turn.
	 * @param turn the open turn
	 * @param ask tells what it asks
	 * @return its flow
	 */
	public TurnFlow begin(CostTurn turn, Supplier<TurnAsk> ask) {
		return new TurnFlow(this, turn, ask);
	}

	/**
	 * Begins a turn that refreshes a stale answer.
	 * @param stale the turn that was given that answer
	 * @return its flow, or {@code null} when it may not ask
	 */
	public @Nullable TurnFlow refresh(CostTurn stale) {
		CostTurn turn = open(stale.innerScope());
		for (TurnPillar pillar : this.pillars) {
			if (!pillar.refreshes(turn, stale)) {
				return null;
			}
		}
		return new TurnFlow(this, turn, null);
	}

	/**
	 * Closes a turn; closing it again does nothing.
	 * @param turn the turn
	 * @param outcome how it ended
	 */
	public void close(CostTurn turn, TurnOutcome outcome) {
		if (!turn.close()) {
			return;
		}
		TurnSummary summary = new TurnSummary(
				(turn.tier() != Tier.AUTO) ? "client-model: no tiers configured" : "client-model");
		tell((pillar) -> pillar.closing(turn, outcome, summary));
		TurnRecord closing = new TurnRecord(new TurnIdentity(turn.id(), turn.parentId()),
				new TurnTiming(turn.startedAt(), Duration.ofNanos(turn.elapsedNanos())), turn.attribution(),
				turn.versions(), new RouteChoice(turn.tier(), summary.cause()), outcome, summary.cache(),
				new TurnCost(turn.totals().records(), turn.cost(), summary.savings(turn.totals())));
		turn.recorded(closing);
		this.accountant.append(closing);
	}

}

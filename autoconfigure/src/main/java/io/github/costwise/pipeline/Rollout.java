package io.github.costwise.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.RoutingRollback;
import io.github.costwise.routing.RoutingConfiguration;
import io.github.costwise.routing.RoutingModel;

/**
 * Which routing configuration applies to a turn: the stable one, or for a share of the
 * traffic a candidate, which goes back by itself when its turns turn out worse than its
 * bound allows. Users keep to one of the two. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Rollout {

	private static final int MOST_PAST = 20;

	private volatile RolloutState state;

	private final List<Consumer<RoutingRollback>> listeners = new CopyOnWriteArrayList<>();

	private final List<RoutingConfiguration> past = new ArrayList<>();

	/**
	 * Creates a roll-out without a candidate.
	 * @param stable the configuration of all turns
	 */
	public Rollout(RoutingConfiguration stable) {
		this.state = new RolloutState(stable, new QualitySignal(), null);
	}

	/**
	 * Sets the listener of roll-backs.
	 * @param listener called on the thread that saw the reason; must not throw
	 */
	public void onRollback(Consumer<RoutingRollback> listener) {
		this.listeners.add(listener);
	}

	/**
	 * Offers a candidate for a share of the traffic, instead of the one before.
	 * @param configuration the candidate
	 * @param terms how it is tried
	 */
	public synchronized void offer(RoutingConfiguration configuration, Terms terms) {
		this.state = new RolloutState(this.state.stable(), this.state.signal(),
				new Candidate(configuration, terms, new QualitySignal()));
	}

	/**
	 * Makes the candidate the stable configuration.
	 * @return whether there was one
	 */
	public synchronized boolean promote() {
		Candidate candidate = this.state.candidate();
		if (candidate == null) {
			return false;
		}
		remember(this.state.stable());
		this.state = new RolloutState(candidate.configuration(), candidate.signal(), null);
		return true;
	}

	/**
	 * Replaces the stable configuration.
	 * @param configuration the configuration of all turns from now on
	 */
	public synchronized void replace(RoutingConfiguration configuration) {
		remember(this.state.stable());
		this.state = new RolloutState(configuration, new QualitySignal(), this.state.candidate());
	}

	private void remember(RoutingConfiguration configuration) {
		this.past.add(configuration);
		if (this.past.size() > MOST_PAST) {
			this.past.remove(0);
		}
	}

	/**
	 * Goes back: from the candidate to the stable configuration, or without a candidate
	 * to the stable configuration before.
	 * @param reason why, in words
	 * @return what was done, or {@code null} when there is nothing to go back to
	 */
	public synchronized @Nullable RoutingRollback rollBack(String reason) {
		RolloutState before = this.state;
		RoutingConfiguration from = before.stable();
		if (before.candidate() != null) {
			from = before.candidate().configuration();
			this.state = new RolloutState(before.stable(), before.signal(), null);
		}
		else if (!this.past.isEmpty()) {
			this.state = new RolloutState(this.past.remove(this.past.size() - 1), new QualitySignal(), null);
		}
		else {
			return null;
		}
		RoutingRollback rollback = new RoutingRollback(from.version(), this.state.stable().version(), reason);
		this.listeners.forEach((listener) -> listener.accept(rollback));
		return rollback;
	}

	/**
	 * Returns the configuration of a turn, which stays the same until its end.
	 * @param turn the turn
	 * @return the configuration
	 */
	RoutingConfiguration configuration(CostTurn turn) {
		RouteState state = RouteState.of(turn);
		RoutingConfiguration chosen = state.configuration();
		return (chosen != null) ? chosen : state.configured(choose(turn));
	}

	private RoutingConfiguration choose(CostTurn turn) {
		RolloutState current = now();
		Candidate candidate = current.candidate();
		if (candidate == null || candidate.terms().shadow() || lot(turn) >= candidate.terms().share()) {
			return current.stable();
		}
		return candidate.configuration();
	}

	/** Follows from the user, or else from the turn. */
	private static double lot(CostTurn turn) {
		String user = turn.attribution().user();
		return StableHash.of((user != null) ? turn.attribution().tenant() + '\n' + user : turn.id());
	}

	/**
	 * Returns the candidate that only says what it would do.
	 * @return the configuration, or {@code null}
	 */
	@Nullable RoutingConfiguration shadow() {
		Candidate candidate = now().candidate();
		return (candidate != null && candidate.terms().shadow()) ? candidate.configuration() : null;
	}

	/**
	 * Records how good the answer of a turn was.
	 * @param version the version that answered it
	 * @param good whether it was good enough
	 */
	public void rate(String version, boolean good) {
		RolloutState current = now();
		Candidate candidate = current.candidate();
		if (candidate != null && candidate.configuration().version().equals(version)) {
			candidate.signal().add(good);
			if (candidate.signal().isBelow(bound(current, candidate), candidate.terms().leastTurns())) {
				rollBack(candidate);
			}
		}
		else if (current.stable().version().equals(version)) {
			current.signal().add(good);
		}
	}

	/** Another candidate may have been offered meanwhile. */
	private synchronized void rollBack(Candidate failing) {
		if (this.state.candidate() == failing) {
			rollBack(String.format(Locale.ROOT, "Only %.1f %% of its answers were good",
					100 * failing.signal().share()));
		}
	}

	private static double bound(RolloutState current, Candidate candidate) {
		return Math.max(candidate.terms().leastQuality(), current.signal().share() - candidate.terms().mostDrop());
	}

	/**
	 * Returns what applies now.
	 * @return a snapshot
	 */
	public RolloutState now() {
		return this.state;
	}

	/**
	 * Returns the configuration to start another one from.
	 * @param model what the other one knows about requests
	 * @return the stable configuration with that model
	 */
	public RoutingConfiguration with(RoutingModel model) {
		return now().stable().with(model);
	}

	/**
	 * What applies at a time.
	 *
	 * @param stable the configuration of most turns
	 * @param signal how good its answers are
	 * @param candidate the one on trial, or {@code null}
	 */
	public record RolloutState(RoutingConfiguration stable, QualitySignal signal, @Nullable Candidate candidate) {

	}

	/**
	 * A configuration on trial.
	 *
	 * @param configuration the configuration
	 * @param terms how it is tried
	 * @param signal how good its answers are
	 */
	public record Candidate(RoutingConfiguration configuration, Terms terms, QualitySignal signal) {

	}

	/**
	 * How a configuration is tried.
	 *
	 * @param share share of users that it applies to, 0 to 1
	 * @param shadow whether it only says what it would do
	 * @param leastQuality share of good answers below which it goes back, 0 to 1
	 * @param mostDrop how much smaller than the stable share of good answers its own may
	 * be, 0 to 1
	 * @param leastTurns turns before it may be judged, at least 1
	 */
	public record Terms(double share, boolean shadow, double leastQuality, double mostDrop, int leastTurns) {

		/**
		 * Creates terms.
		 * @throws IllegalArgumentException if one is out of its range
		 */
		public Terms {
			if (!isShare(share) || !isShare(leastQuality) || !isShare(mostDrop) || leastTurns < 1) {
				throw new IllegalArgumentException("Shares go from 0 to 1, and at least one turn is needed");
			}
		}

		private static boolean isShare(double value) {
			return value >= 0 && value <= 1;
		}

	}

}

package io.github.costwise.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.costwise.NoRouteException;
import io.github.costwise.Rejection;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.RoutingCause;
import io.github.costwise.model.RoutingDecision;

/**
 * Counts what the router decided and keeps the last decisions, without any text of a
 * request. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RouteLog {

	private static final int RECENT = 100;

	private final Map<Choice, LongAdder> choices = new ConcurrentHashMap<>();

	private final Map<Takeover, LongAdder> takeovers = new ConcurrentHashMap<>();

	private final Map<Rejection.RejectionReason, LongAdder> refusals = new ConcurrentHashMap<>();

	private final LongAdder shadowed = new LongAdder();

	private final LongAdder differing = new LongAdder();

	private final Deque<LoggedDecision> recent = new ArrayDeque<>(RECENT);

	private final List<Consumer<Takeover>> listeners = new CopyOnWriteArrayList<>();

	void decided(CostTurn turn, TurnRoute route) {
		RoutingDecision decision = route.decision();
		Choice choice = new Choice(turn.policy().name(), decision.tier(), decision.target().name(),
				decision.reason().cause(), route.acting());
		this.choices.computeIfAbsent(choice, (key) -> new LongAdder()).increment();
		LoggedDecision entry = new LoggedDecision(turn.id(), turn.policy().name(), route.version(), route.acting(),
				decision);
		synchronized (this.recent) {
			if (this.recent.size() == RECENT) {
				this.recent.removeFirst();
			}
			this.recent.addLast(entry);
		}
	}

	void shadowed(RoutingDecision decision, @Nullable RoutingDecision other) {
		this.shadowed.increment();
		if (other == null || !decision.target().name().equals(other.target().name())) {
			this.differing.increment();
		}
	}

	void refused(NoRouteException refusal) {
		refusal.rejections()
			.stream()
			.map(Rejection::reason)
			.distinct()
			.forEach((reason) -> this.refusals.computeIfAbsent(reason, (key) -> new LongAdder()).increment());
	}

	void fellBack(RouteTarget from, RouteTarget to, String why) {
		Takeover takeover = new Takeover(from.name(), to.name(), why);
		LongAdder known = this.takeovers.get(takeover);
		if (known == null) {
			known = this.takeovers.computeIfAbsent(takeover, (key) -> new LongAdder());
			this.listeners.forEach((listener) -> listener.accept(takeover));
		}
		known.increment();
	}

	/**
	 * Sets the listener that is notified when a target takes over from another for the
	 * first time.
	 * @param listener called on the thread of the call, possibly more than once; must not
	 * throw
	 */
	public void onTakeover(Consumer<Takeover> listener) {
		this.listeners.add(listener);
	}

	/**
	 * Counts turns.
	 * @param kind which choices
	 * @return how many turns had such a choice since start
	 */
	public long turns(Predicate<Choice> kind) {
		return this.choices.entrySet()
			.stream()
			.filter((entry) -> kind.test(entry.getKey()))
			.mapToLong((entry) -> entry.getValue().sum())
			.sum();
	}

	/**
	 * Counts how often one target took over from another.
	 * @param takeover from which, to which and why
	 * @return the count since start
	 */
	public long count(Takeover takeover) {
		LongAdder count = this.takeovers.get(takeover);
		return (count != null) ? count.sum() : 0;
	}

	/**
	 * Returns how often each choice was made.
	 * @return counts since start
	 */
	public Map<Choice, Long> choices() {
		return counts(this.choices);
	}

	/**
	 * Returns how often one target took over from another.
	 * @return counts since start
	 */
	public Map<Takeover, Long> takeovers() {
		return counts(this.takeovers);
	}

	/**
	 * Returns how many turns no target was able to answer, by what spoke against the
	 * targets.
	 * @return counts since start; a turn counts once for each reason
	 */
	public Map<Rejection.RejectionReason, Long> refusals() {
		return new TreeMap<>(counts(this.refusals));
	}

	/**
	 * Returns how many decisions a candidate in shadow was asked for too.
	 * @return how many, and how many of them differ
	 */
	public Shadowed shadow() {
		return new Shadowed(this.shadowed.sum(), this.differing.sum());
	}

	/**
	 * Returns the last decisions.
	 * @return at most 100, the latest first
	 */
	public List<LoggedDecision> recent() {
		List<LoggedDecision> entries;
		synchronized (this.recent) {
			entries = new ArrayList<>(this.recent);
		}
		Collections.reverse(entries);
		return entries;
	}

	private static <K> Map<K, Long> counts(Map<K, LongAdder> adders) {
		Map<K, Long> counts = new HashMap<>();
		adders.forEach((key, adder) -> counts.put(key, adder.sum()));
		return counts;
	}

	/**
	 * A kind of choice.
	 *
	 * @param policy name of the policy
	 * @param tier name of the tier
	 * @param target name of the target
	 * @param cause why
	 * @param acting whether it was followed
	 */
	public record Choice(String policy, String tier, String target, RoutingCause cause, boolean acting) {

	}

	/**
	 * One target taking over from another.
	 *
	 * @param from name of the target that failed
	 * @param to name of the target that took over
	 * @param why the kind of failure
	 */
	public record Takeover(String from, String to, String why) {

	}

	/**
	 * What a candidate in shadow would have changed.
	 *
	 * @param asked how many decisions it was asked for
	 * @param differing how many of them differ
	 */
	public record Shadowed(long asked, long differing) {

	}

	/**
	 * One decision.
	 *
	 * @param turn id of the turn
	 * @param policy name of its policy
	 * @param version version of the configuration
	 * @param acting whether it was followed
	 * @param decision what was decided and why
	 */
	public record LoggedDecision(String turn, String policy, String version, boolean acting, RoutingDecision decision) {

	}

}

package io.github.costwise.fallback;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.Failure;

/**
 * Keeps a circuit for each target, and opens it for those that keep failing or asked to
 * wait. Each admitted call must be reported exactly once: as succeeded, failed or
 * released. Of more than {@value #MOST} targets, the later ones are not watched.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class TargetHealth {

	static final int MOST = 1000;

	/** However long a provider asks to wait, it is tried once in this time. */
	static final Duration LONGEST_REST = Duration.ofHours(1);

	private final Map<String, WatchedTarget> targets = new ConcurrentHashMap<>();

	private final HealthSettings settings;

	private final Clock clock;

	/**
	 * Creates the health of targets that are all well.
	 * @param settings when the circuit of a target opens
	 * @param clock tells the time
	 */
	public TargetHealth(HealthSettings settings, Clock clock) {
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Returns the targets whose circuit is open right now.
	 * @return their names
	 */
	public Set<String> unavailable() {
		return this.targets.values()
			.stream()
			.filter((target) -> target.until() != null)
			.map((target) -> target.name)
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Asks to call a target.
	 * @param target the target
	 * @return whether it may be called; then the outcome must be reported
	 */
	public boolean admit(String target) {
		WatchedTarget watched = watched(target);
		return watched == null || watched.admit();
	}

	/**
	 * Reports an answer.
	 * @param target the target
	 * @param latency how long it took
	 */
	public void succeeded(String target, Duration latency) {
		report(target, (watched) -> watched.breaker.succeeded(latency));
	}

	/**
	 * Reports a failure. It counts against the target only if it is
	 * {@linkplain io.github.costwise.model.FailureKind#isHealthRelated() about the
	 * target}.
	 * @param target the target
	 * @param failure what went wrong
	 * @param latency how long it took
	 */
	public void failed(String target, Failure failure, Duration latency) {
		if (failure.kind().isHealthRelated()) {
			report(target, (watched) -> watched.failed(failure, latency));
		}
		else {
			released(target);
		}
	}

	/**
	 * Reports that a call ended without saying anything about the target, such as one
	 * that was cancelled.
	 * @param target the target
	 */
	public void released(String target) {
		report(target, (watched) -> watched.breaker.released());
	}

	/**
	 * Returns how the targets are doing that were called so far.
	 * @return their states by name
	 */
	public List<TargetState> states() {
		return this.targets.values()
			.stream()
			.map(WatchedTarget::state)
			.sorted(Comparator.comparing(TargetState::name))
			.toList();
	}

	private void report(String target, Consumer<WatchedTarget> action) {
		WatchedTarget watched = this.targets.get(target);
		if (watched != null) {
			action.accept(watched);
		}
	}

	private @Nullable WatchedTarget watched(String target) {
		WatchedTarget known = this.targets.get(target);
		if (known != null || this.targets.size() >= MOST) {
			return known;
		}
		return this.targets.computeIfAbsent(target, WatchedTarget::new);
	}

	private final class WatchedTarget {

		private final String name;

		private final Breaker breaker;

		private @Nullable Instant waitingSince;

		private Instant waitingUntil = Instant.MIN;

		private WatchedTarget(String name) {
			this.name = name;
			this.breaker = new Breaker(name, TargetHealth.this.settings, TargetHealth.this.clock);
		}

		private boolean admit() {
			return waiting() == null && this.breaker.admit();
		}

		private void failed(Failure failure, Duration latency) {
			this.breaker.failed(latency);
			Duration wait = failure.retryAfter();
			if (wait != null && wait.compareTo(TargetHealth.this.settings.longestWait()) > 0) {
				await(TargetHealth.this.clock.instant(), wait);
			}
		}

		private synchronized void await(Instant now, Duration wait) {
			Instant until = now.plus((wait.compareTo(LONGEST_REST) > 0) ? LONGEST_REST : wait);
			if (until.isAfter(this.waitingUntil)) {
				this.waitingSince = (this.waitingUntil.isAfter(now)) ? this.waitingSince : now;
				this.waitingUntil = until;
			}
		}

		private synchronized @Nullable Instant waiting() {
			return TargetHealth.this.clock.instant().isBefore(this.waitingUntil) ? this.waitingUntil : null;
		}

		private @Nullable Instant until() {
			Instant waiting = waiting();
			Instant open = this.breaker.openUntil();
			return (waiting == null || (open != null && open.isAfter(waiting))) ? open : waiting;
		}

		private synchronized TargetState state() {
			TargetState.CircuitState state = stateIf(waiting() != null);
			Instant asked = (state == TargetState.CircuitState.WAITING) ? this.waitingSince : null;
			return new TargetState(this.name, state, this.breaker.failureRate(), this.breaker.calls(),
					(asked != null) ? asked : this.breaker.since(), until());
		}

		private TargetState.CircuitState stateIf(boolean waiting) {
			if (this.breaker.openUntil() != null) {
				return TargetState.CircuitState.FAILING;
			}
			if (waiting) {
				return TargetState.CircuitState.WAITING;
			}
			return (this.breaker.isProbing() || this.breaker.isOpen()) ? TargetState.CircuitState.PROBING
					: TargetState.CircuitState.AVAILABLE;
		}

	}

}

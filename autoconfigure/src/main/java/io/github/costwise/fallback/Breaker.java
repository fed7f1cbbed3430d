package io.github.costwise.fallback;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one target: the only class that knows which library it is.
 * Counts the permissions it gave while probing, so that a report without one, late or
 * twice, gives none back. Thread-safe: one lock holds that count and the library's state
 * together.
 */
final class Breaker {

	/** Slowness is no failure: models that think take minutes. */
	private static final Duration NEVER_SLOW = Duration.ofDays(365);

	/** A probe that has not reported by then never will. */
	private static final Duration PATIENCE = Duration.ofMinutes(10);

	private final CircuitBreaker breaker;

	private final Clock clock;

	private final Duration cooldown;

	private Instant since;

	private Instant lastAdmitted;

	private int probes;

	Breaker(String target, HealthSettings settings, Clock clock) {
		this.clock = clock;
		this.cooldown = settings.cooldown();
		this.since = clock.instant();
		this.lastAdmitted = this.since;
		this.breaker = CircuitBreaker.of(target, config(settings, clock));
		this.breaker.getEventPublisher().onStateTransition((event) -> begin());
	}

	private static CircuitBreakerConfig config(HealthSettings settings, Clock clock) {
		return CircuitBreakerConfig.custom()
			.failureRateThreshold((float) (settings.failureRate() * 100))
			.slowCallDurationThreshold(NEVER_SLOW)
			.minimumNumberOfCalls(settings.minimumCalls())
			.slidingWindowType(SlidingWindowType.COUNT_BASED)
			.slidingWindowSize(settings.window())
			.waitDurationInOpenState(settings.cooldown())
			.permittedNumberOfCallsInHalfOpenState(settings.halfOpenCalls())
			.clock(clock)
			.currentTimestampFunction((time) -> time.instant().toEpochMilli(), TimeUnit.MILLISECONDS)
			.writableStackTraceEnabled(false)
			.build();
	}

	synchronized boolean admit() {
		if (this.breaker.tryAcquirePermission()) {
			this.lastAdmitted = this.clock.instant();
			if (isProbing()) {
				this.probes++;
			}
			return true;
		}
		startAgainWhenStuck();
		return false;
	}

	synchronized void succeeded(Duration latency) {
		if (reported()) {
			this.breaker.onSuccess(latency.toNanos(), TimeUnit.NANOSECONDS);
		}
	}

	synchronized void failed(Duration latency) {
		if (reported()) {
			this.breaker.onError(latency.toNanos(), TimeUnit.NANOSECONDS, TargetFailed.INSTANCE);
		}
	}

	synchronized void released() {
		if (isProbing() && reported()) {
			this.breaker.releasePermission();
		}
	}

	synchronized boolean isProbing() {
		return this.breaker.getState() == CircuitBreaker.State.HALF_OPEN;
	}

	/** After when calls are let through again, or {@code null} if they are now. */
	synchronized @Nullable Instant openUntil() {
		Instant until = this.since.plus(this.cooldown);
		boolean open = this.breaker.getState() == CircuitBreaker.State.OPEN;
		return (open && !this.clock.instant().isAfter(until)) ? until : null;
	}

	synchronized boolean isOpen() {
		return this.breaker.getState() == CircuitBreaker.State.OPEN;
	}

	synchronized Instant since() {
		return this.since;
	}

	@Nullable Double failureRate() {
		float rate = this.breaker.getMetrics().getFailureRate();
		return (rate < 0) ? null : rate / 100.0;
	}

	int calls() {
		return this.breaker.getMetrics().getNumberOfBufferedCalls();
	}

	private void begin() {
		this.since = this.clock.instant();
		this.probes = 0;
	}

	/** Whether a report counts: while probing, only that of a probe does. */
	private boolean reported() {
		if (!isProbing()) {
			return true;
		}
		boolean held = this.probes > 0;
		this.probes -= held ? 1 : 0;
		return held;
	}

	private void startAgainWhenStuck() {
		if (isProbing() && this.clock.instant().isAfter(this.lastAdmitted.plus(PATIENCE))) {
			this.breaker.transitionToOpenState();
		}
	}

	/** Only counted; it has no stack trace. */
	private static final class TargetFailed extends RuntimeException {

		private static final TargetFailed INSTANCE = new TargetFailed();

		private TargetFailed() {
			super("A call failed", null, false, false);
		}

	}

}

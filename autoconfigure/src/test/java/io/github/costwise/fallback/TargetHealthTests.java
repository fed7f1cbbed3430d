package io.github.costwise.fallback;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.costwise.fallback.TargetState.CircuitState;
import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("unit")
class TargetHealthTests {

	private static final Duration LATENCY = Duration.ofMillis(100);

	private static final Duration COOLDOWN = Duration.ofSeconds(30);

	private static final Duration LONGER = COOLDOWN.plusMillis(1);

	private static final Failure ERROR = new Failure(FailureKind.SERVER_ERROR, null, 500);

	private final TestTime time = new TestTime();

	private final TargetHealth health = new TargetHealth(HealthSettings.defaults(), this.time);

	private final Instant begin = this.time.instant();

	@Test
	void leavesATargetAloneThatKeepsFailing() {
		fail(4);
		assertThat(this.health.unavailable()).isEmpty();
		fail(1);
		assertThat(this.health.unavailable()).containsExactly("a");
		assertThat(this.health.admit("a")).isFalse();
		assertThat(this.health.admit("b")).isTrue();
		assertThat(this.health.states().get(0))
			.isEqualTo(new TargetState("a", CircuitState.FAILING, 1.0, 5, this.begin, this.begin.plus(COOLDOWN)));
	}

	@Test
	void looksAtTheShareOfFailedCalls() {
		succeed(6);
		fail(5);
		assertThat(this.health.unavailable()).isEmpty();
		fail(1);
		assertThat(this.health.unavailable()).containsExactly("a");
	}

	@ParameterizedTest
	@EnumSource
	void countsOnlyWhatSaysSomethingAboutTheTarget(FailureKind kind) {
		for (int i = 0; i < 5; i++) {
			assertThat(this.health.admit("a")).isTrue();
			this.health.failed("a", Failure.of(kind), LATENCY);
		}
		assertThat(this.health.unavailable()).hasSize(kind.isHealthRelated() ? 1 : 0);
	}

	@Test
	void triesAgainAfterTheCooldown() {
		fail(5);
		this.time.pass(COOLDOWN);
		assertThat(this.health.unavailable()).containsExactly("a");
		assertThat(this.health.admit("a")).isFalse();
		this.time.pass(Duration.ofNanos(1));
		assertThat(this.health.unavailable()).isEmpty();
		assertThat(this.health.states().get(0).state()).isEqualTo(CircuitState.PROBING);
		assertThat(List.of(this.health.admit("a"), this.health.admit("a"), this.health.admit("a")))
			.containsExactly(true, true, false);
	}

	@Test
	void comesBackWhenTheProbesSucceed() {
		fail(5);
		this.time.pass(LONGER);
		succeed(2);
		assertThat(this.health.states().get(0))
			.isEqualTo(new TargetState("a", CircuitState.AVAILABLE, null, 0, this.begin.plus(LONGER), null));
		succeed(10);
	}

	@Test
	void goesAwayAgainWhenTheProbesFail() {
		fail(5);
		this.time.pass(LONGER);
		fail(2);
		assertThat(this.health.unavailable()).containsExactly("a");
		assertThat(this.health.states().get(0).until()).isEqualTo(this.begin.plus(LONGER).plus(COOLDOWN));
	}

	@Test
	void givesBackThePermissionsOfProbesThatWereCancelled() {
		fail(5);
		this.time.pass(LONGER);
		for (int i = 0; i < 100; i++) {
			assertThat(this.health.admit("a")).isTrue();
			assertThat(this.health.admit("a")).isTrue();
			assertThat(this.health.admit("a")).isFalse();
			this.health.released("a");
			this.health.failed("a", Failure.of(FailureKind.STOPPED), LATENCY);
		}
		succeed(2);
		assertThat(this.health.states().get(0).state()).isEqualTo(CircuitState.AVAILABLE);
	}

	@Test
	void givesNoPermissionTwice() {
		fail(5);
		this.time.pass(LONGER);
		assertThat(this.health.admit("a")).isTrue();
		IntStream.range(0, 10).forEach((i) -> this.health.released("a"));
		assertThat(List.of(this.health.admit("a"), this.health.admit("a"), this.health.admit("a")))
			.containsExactly(true, true, false);
	}

	@Test
	void doesNotTakeALateReportForThatOfAProbe() {
		assertThat(this.health.admit("a")).isTrue();
		fail(5);
		this.time.pass(LONGER);
		succeed(1);
		this.health.failed("a", ERROR, LATENCY);
		this.health.failed("a", ERROR, LATENCY);
		succeed(1);
		assertThat(this.health.states().get(0).state()).isEqualTo(CircuitState.AVAILABLE);
	}

	@Test
	void recoversFromProbesThatAreNeverReported() {
		fail(5);
		this.time.pass(LONGER);
		assertThat(List.of(this.health.admit("a"), this.health.admit("a"))).containsExactly(true, true);
		this.time.pass(Duration.ofMinutes(10));
		assertThat(this.health.admit("a")).isFalse();
		this.time.pass(Duration.ofMillis(1));
		assertThat(this.health.admit("a")).isFalse();
		this.time.pass(LONGER);
		succeed(2);
		assertThat(this.health.states().get(0).state()).isEqualTo(CircuitState.AVAILABLE);
	}

	@Test
	void keepsALongWait() {
		assertThat(this.health.admit("a")).isTrue();
		limit(Duration.ofSeconds(60));
		assertThat(this.health.unavailable()).containsExactly("a");
		assertThat(this.health.admit("a")).isFalse();
		assertThat(this.health.states().get(0))
			.isEqualTo(new TargetState("a", CircuitState.WAITING, null, 1, this.begin, this.begin.plusSeconds(60)));
		this.time.pass(Duration.ofSeconds(60));
		assertThat(this.health.unavailable()).isEmpty();
		succeed(1);
	}

	@Test
	void doesNotKeepAShortWait() {
		limit(Duration.ofSeconds(2));
		assertThat(this.health.unavailable()).isEmpty();
	}

	@Test
	void keepsTheLongestOfSeveralWaitsButNoneForever() {
		this.health.admit("a");
		limit(Duration.ofSeconds(60));
		limit(Duration.ofSeconds(30));
		assertThat(this.health.states().get(0).until()).isEqualTo(this.begin.plusSeconds(60));
		limit(Duration.ofDays(30));
		assertThat(this.health.states().get(0).until()).isEqualTo(this.begin.plus(TargetHealth.LONGEST_REST));
	}

	@Test
	void doesNotWatchMoreTargetsThanItsBound() {
		IntStream.range(0, TargetHealth.MOST + 10).forEach((i) -> assertThat(this.health.admit("t" + i)).isTrue());
		assertThat(this.health.states()).hasSize(TargetHealth.MOST);
		IntStream.range(0, 10).forEach((i) -> this.health.failed("t" + (TargetHealth.MOST + 1), ERROR, LATENCY));
		assertThat(this.health.admit("t" + (TargetHealth.MOST + 1))).isTrue();
	}

	@Test
	void neverHasMoreProbesThanAllowedAndLosesNone() throws InterruptedException {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		fail(5);
		this.time.pass(LONGER);
		Threads.run(8, () -> {
			for (int i = 0; i < 5000; i++) {
				if (this.health.admit("a")) {
					most.accumulateAndGet(running.incrementAndGet(), Math::max);
					running.decrementAndGet();
					this.health.released("a");
				}
			}
		});
		assertThat(most.get()).isBetween(1, 2);
		succeed(2);
		assertThat(this.health.states().get(0).state()).isEqualTo(CircuitState.AVAILABLE);
	}

	@Test
	void doesNotMindSlowTargets() {
		for (int i = 0; i < 50; i++) {
			assertThat(this.health.admit("a")).isTrue();
			this.health.succeeded("a", Duration.ofMinutes(10));
		}
	}

	@Test
	void refusesWhatMakesNoSense() {
		assertThatIllegalArgumentException().isThrownBy(() -> settings(0, 1, 1, COOLDOWN, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> settings(1.1, 1, 1, COOLDOWN, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> settings(.5, 2, 1, COOLDOWN, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> settings(.5, 0, 1, COOLDOWN, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> settings(.5, 1, 1, Duration.ZERO, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> settings(.5, 1, 1, COOLDOWN, 0));
	}

	private static HealthSettings settings(double rate, int calls, int window, Duration cooldown, int probes) {
		return new HealthSettings(rate, calls, window, cooldown, probes, Duration.ZERO);
	}

	private void limit(Duration wait) {
		this.health.admit("a");
		this.health.failed("a", new Failure(FailureKind.RATE_LIMITED, wait, 429), LATENCY);
	}

	private void fail(int times) {
		for (int i = 0; i < times; i++) {
			assertThat(this.health.admit("a")).isTrue();
			this.health.failed("a", ERROR, LATENCY);
		}
	}

	private void succeed(int times) {
		for (int i = 0; i < times; i++) {
			assertThat(this.health.admit("a")).isTrue();
			this.health.succeeded("a", LATENCY);
		}
	}

}

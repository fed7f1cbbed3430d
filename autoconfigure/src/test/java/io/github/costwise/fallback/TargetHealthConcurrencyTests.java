package io.github.costwise.fallback;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests that no call is lost or counted twice where many end at once. */
@Tag("thorough")
class TargetHealthConcurrencyTests {

	private static final Duration LATENCY = Duration.ofMillis(100);

	private static final Duration COOLDOWN = Duration.ofSeconds(30);

	private static final Duration LONGER = COOLDOWN.plusMillis(1);

	private static final Failure ERROR = new Failure(FailureKind.SERVER_ERROR, null, 500);

	private final TestTime time = new TestTime();

	private final TargetHealth health = new TargetHealth(HealthSettings.defaults(), this.time);

	@Test
	void losesNoProbeWhileItBegins() throws InterruptedException {
		fail(5);
		for (int i = 0; i < 300; i++) {
			this.time.pass(LONGER);
			Threads.run(8, () -> {
				if (this.health.admit("a")) {
					this.health.released("a");
				}
			});
			assertThat(List.of(this.health.admit("a"), this.health.admit("a"), this.health.admit("a")))
				.containsExactly(true, true, false);
			IntStream.range(0, 2).forEach((probe) -> this.health.failed("a", ERROR, LATENCY));
		}
	}

	@Test
	void survivesEverythingAtOnce() throws InterruptedException {
		AtomicInteger seeds = new AtomicInteger();
		Threads.run(8, () -> {
			Random random = new Random(seeds.incrementAndGet());
			for (int i = 0; i < 3000; i++) {
				String target = "t" + random.nextInt(3);
				if (this.health.admit(target)) {
					report(target, random.nextInt(4));
				}
				this.time.pass(Duration.ofMillis(random.nextInt(40)));
				assertThat(this.health.states()).hasSizeLessThanOrEqualTo(3);
			}
		});
		this.time.pass(Duration.ofHours(1));
		for (String target : List.of("t0", "t1", "t2")) {
			this.health.admit(target);
			this.time.pass(Duration.ofHours(1));
			assertThat(this.health.admit(target)).as(target).isTrue();
		}
	}

	private void report(String target, int outcome) {
		switch (outcome) {
			case 0 -> this.health.succeeded(target, LATENCY);
			case 1 -> this.health.failed(target, ERROR, LATENCY);
			case 2 -> this.health.failed(target, Failure.of(FailureKind.CONTEXT_TOO_LONG), LATENCY);
			default -> this.health.released(target);
		}
	}

	private void fail(int times) {
		for (int i = 0; i < times; i++) {
			assertThat(this.health.admit("a")).isTrue();
			this.health.failed("a", ERROR, LATENCY);
		}
	}

}

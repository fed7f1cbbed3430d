package io.github.costwise.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.testsupport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of {@link FakeTime}, which many tests rely on. */
@Tag("unit")
class FakeTimeTests extends TimersContract {

	private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

	private final FakeTime fake = new FakeTime(START);

	private final Time time = this.fake.time();

	@Override
	protected Timers timers() {
		return this.fake;
	}

	@Override
	protected Ticker ticker() {
		return this.time.ticker();
	}

	@Override
	protected void pass() {
		this.fake.advance(Duration.ofMillis(2));
	}

	@Override
	protected long failures() {
		return this.fake.failures().size();
	}

	@Override
	protected int waiting() {
		return this.fake.waiting();
	}

	@Test
	void standsStillUntilItIsAskedToPass() {
		long nanos = this.time.nanos();
		assertThat(this.time.now()).isEqualTo(START);
		this.fake.advance(Duration.ofSeconds(3));
		assertThat(this.time.now()).isEqualTo(START.plusSeconds(3));
		assertThat(this.time.nanos() - nanos).isEqualTo(3_000_000_000L);
	}

	@Test
	void eachTaskSeesItsOwnMomentAndMayPlanOthersThatAreDueMeanwhile() {
		List<String> seen = new ArrayList<>();
		this.fake.schedule(() -> {
			seen.add("b " + this.time.now());
			this.fake.schedule(() -> seen.add("c " + this.time.now()), Duration.ofSeconds(1));
			this.fake.schedule(() -> seen.add("never"), Duration.ofSeconds(9)).cancel();
		}, Duration.ofSeconds(2));
		this.fake.schedule(() -> seen.add("a " + this.time.now()), Duration.ofSeconds(1));
		this.fake.advance(Duration.ofMinutes(1));
		assertThat(seen).containsExactly("a 2026-11-23T12:00:01Z", "b 2026-11-23T12:00:02Z", "c 2026-11-23T12:00:03Z");
		assertThat(this.time.now()).isEqualTo(START.plusSeconds(60));
	}

	@Test
	void tasksOfOneMomentAreDoneInTheOrderInWhichTheyWerePlanned() {
		List<Integer> seen = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			int number = i;
			this.fake.schedule(() -> seen.add(number), Duration.ofSeconds(1));
		}
		this.fake.advance(Duration.ofSeconds(1));
		assertThat(seen).isSorted().hasSize(20);
	}

	@Test
	void whatIsRepeatedIsDoneOncePerInterval() {
		List<Instant> seen = new ArrayList<>();
		Alarm alarm = this.fake.every(() -> seen.add(this.time.now()), Duration.ofMinutes(1));
		this.fake.advance(Duration.ofSeconds(179));
		alarm.cancel();
		this.fake.advance(Duration.ofHours(1));
		assertThat(seen).containsExactly(START.plusSeconds(60), START.plusSeconds(120));
	}

	@Test
	void threadsThatWaitAreWaitedForBeforeTimePasses() throws Exception {
		CompletableFuture<Boolean> came = CompletableFuture.supplyAsync(this::waitsAMinute);
		this.fake.awaitWaiting(1);
		this.fake.advance(Duration.ofSeconds(59));
		assertThat(came).isNotDone();
		this.fake.advance(Duration.ofSeconds(1));
		assertThat(came.join()).isFalse();
	}

	private boolean waitsAMinute() {
		try {
			return this.fake.await(new CompletableFuture<>(), Duration.ofMinutes(1));
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

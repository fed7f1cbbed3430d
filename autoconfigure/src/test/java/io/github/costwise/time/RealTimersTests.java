package io.github.costwise.time;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.background.Background;
import io.github.costwise.background.TeamState;
import io.github.costwise.faults.Faults;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of the timers of {@link Background}. */
@Tag("unit")
class RealTimersTests extends TimersContract {

	private final Faults faults = new Faults();

	private final Background background = new Background(this.faults);

	@Override
	protected Timers timers() {
		return this.background.timers();
	}

	@Override
	protected Ticker ticker() {
		return Ticker.systemTicker();
	}

	@Override
	protected void pass() {
	}

	@Override
	protected long failures() {
		return this.faults.count(Faults.Kind.ROUTING);
	}

	@Override
	protected int waiting() {
		return this.background.states().stream().mapToInt(TeamState::waiting).sum();
	}

	@Test
	void timeOfTheMachineGoesOn() {
		Time time = this.background.time();
		long before = System.currentTimeMillis();
		assertThat(time.now().toEpochMilli()).isGreaterThanOrEqualTo(before)
			.isLessThanOrEqualTo(System.currentTimeMillis() + 1);
		assertThat(System.nanoTime() - time.nanos()).isLessThan(TimeUnit.MINUTES.toNanos(1));
		assertThat(time.timers()).isSameAs(timers());
	}

	@Test
	void thousandsOfYearsAreNoTrouble() {
		Duration millennia = Duration.ofDays(2_000_000);
		Alarm alarm = timers().schedule(() -> {
		}, millennia);
		assertThat(waiting()).isOne();
		alarm.cancel();
	}

	@Test
	void threadIsADaemonWithAName() throws Exception {
		CountDownLatch seen = new CountDownLatch(1);
		timers().schedule(() -> {
			Thread thread = Thread.currentThread();
			if (thread.isDaemon() && thread.getName().startsWith("costwise-timers")) {
				seen.countDown();
			}
		}, Duration.ZERO);
		assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
	}

}

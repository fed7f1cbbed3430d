package io.github.costwise.autoconfigure;

import java.time.Clock;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.costwise.background.Background;
import io.github.costwise.testsupport.FakeTime;
import io.github.costwise.time.Ticker;
import io.github.costwise.time.Time;
import io.github.costwise.time.Timers;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of the time that everything works with. */
@Tag("chain")
class TimeTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FaultsAutoConfiguration.class));

	private final FakeTime fake = new FakeTime();

	@Test
	void isThatOfTheMachine() {
		this.runner.run((context) -> {
			Time time = context.getBean(Time.class);
			assertThat(time.clock()).isEqualTo(Clock.systemUTC());
			assertThat(time.timers()).isSameAs(context.getBean(Background.class).timers());
		});
	}

	@Test
	void eachSourceOfTheApplicationIsUsed() {
		Ticker ticker = () -> 7;
		this.runner.withBean("clock", Clock.class, () -> this.fake)
			.withBean("ticker", Ticker.class, () -> ticker)
			.withBean("timers", Timers.class, () -> (task, delay) -> null)
			.run((context) -> {
				Time time = context.getBean(Time.class);
				assertThat(time.clock()).isSameAs(this.fake);
				assertThat(time.ticker()).isSameAs(ticker);
				assertThat(time.timers()).isSameAs(context.getBean("timers"));
			});
	}

	@Test
	void allOfItMayBeReplacedAtOnce() {
		Time own = this.fake.time();
		this.runner.withBean(Time.class, () -> own)
			.run((context) -> assertThat(context.getBean(Time.class)).isSameAs(own));
	}

	@Test
	void noneOfSeveralClocksIsTaken() {
		this.runner.withBean("one", Clock.class, () -> this.fake)
			.withBean("other", Clock.class, FakeTime::new)
			.run((context) -> assertThat(context.getBean(Time.class).clock()).isEqualTo(Clock.systemUTC()));
	}

}

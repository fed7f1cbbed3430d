package io.github.costwise.autoconfigure;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.pipeline.CostEventPublisher;
import io.github.costwise.pipeline.OwnWork;
import io.github.costwise.spi.CostListener;
import io.github.costwise.time.Ticker;
import io.github.costwise.time.Time;
import io.github.costwise.time.Timers;

/**
 * Auto-configuration of what every other part works with: the count of faults, the owner
 * of threads, and the time, of which clock, ticker and timers of the application are used
 * where it has one of them.
 *
 * @since 0.1.0
 */
@AutoConfiguration
public final class FaultsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Faults costwiseFaults() {
		return new Faults();
	}

	/** An application that stops receives no events of its own any more. */
	@Bean
	@ConditionalOnMissingBean
	CostEventPublisher costwiseEventPublisher(ObjectProvider<CostListener> listeners,
			ConfigurableApplicationContext context, Faults faults) {
		return new CostEventPublisher(SingletonSupplier.of(() -> listeners.orderedStream().toList()), (event) -> {
			if (context.isActive()) {
				context.publishEvent(event);
			}
		}, faults);
	}

	@Bean
	@ConditionalOnMissingBean
	Background costwiseBackground(Faults faults, Environment environment) {
		return new Background(faults, Threading.VIRTUAL.isActive(environment), OwnWork::later);
	}

	@Bean
	@ConditionalOnMissingBean
	Time costwiseTime(ObjectProvider<Clock> clock, ObjectProvider<Ticker> ticker, ObjectProvider<Timers> timers,
			Background background) {
		return new Time(clock.getIfUnique(Time::systemClock), ticker.getIfUnique(Ticker::systemTicker),
				timers.getIfUnique(background::timers));
	}

}

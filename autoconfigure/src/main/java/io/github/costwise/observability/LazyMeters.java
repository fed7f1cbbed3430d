package io.github.costwise.observability;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Meters that share their tags. Each is registered when it is first used, as long as
 * series are left; then what it would count is counted by those of all other tags.
 * Thread-safe.
 */
final class LazyMeters {

	private static final int SERIES_OF_TIMER = 3;

	private final MeterRegistry registry;

	private final Tags tags;

	private final SeriesBudget budget;

	private final @Nullable LazyMeters others;

	private final Map<Series, Counter> counters = new ConcurrentHashMap<>();

	private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

	/**
	 * Creates meters, of which none is registered.
	 * @param registry where they will be
	 * @param tags what they share
	 * @param budget how many series are left
	 * @param others those that stand in; {@code null} for these themselves, which are
	 * registered in any case
	 */
	LazyMeters(MeterRegistry registry, Tags tags, SeriesBudget budget, @Nullable LazyMeters others) {
		this.registry = registry;
		this.tags = tags;
		this.budget = budget;
		this.others = others;
	}

	void count(Series series, double amount) {
		if (amount > 0) {
			counter(series).increment(amount);
		}
	}

	void time(Series series, Duration duration) {
		timer(series).record(duration);
	}

	private Counter counter(Series series) {
		Counter known = this.counters.get(series);
		return (known != null) ? known : this.counters.computeIfAbsent(series, this::newCounter);
	}

	private Counter newCounter(Series series) {
		if (this.others != null && !this.budget.take(1)) {
			return this.others.counter(series);
		}
		return Counter.builder(series.name())
			.description(series.description())
			.baseUnit(series.unit())
			.tags(this.tags.and(series.tags()))
			.register(this.registry);
	}

	private Timer timer(Series series) {
		Timer known = this.timers.get(series);
		return (known != null) ? known : this.timers.computeIfAbsent(series, this::newTimer);
	}

	private Timer newTimer(Series series) {
		if (this.others != null && !this.budget.take(SERIES_OF_TIMER)) {
			return this.others.timer(series);
		}
		return Timer.builder(series.name())
			.description(series.description())
			.tags(this.tags.and(series.tags()))
			.register(this.registry);
	}

}

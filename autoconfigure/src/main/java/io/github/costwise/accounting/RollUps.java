package io.github.costwise.accounting;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.InMemoryUsageLedger.Settings;
import io.github.costwise.model.CostGroups;

/**
 * Sums by hour, and by day (UTC) once they are older than the hourly retention. Old hours
 * are folded into their days when a new hour begins; no change is lost or counted twice
 * then. Thread-safe.
 */
final class RollUps {

	private static final long HOUR = 3600;

	private static final long DAY = 24 * HOUR;

	private final ConcurrentNavigableMap<Long, RollUp> hours = new ConcurrentSkipListMap<>();

	private final ConcurrentNavigableMap<Long, RollUp> days = new ConcurrentSkipListMap<>();

	private final Settings settings;

	private final Clock clock;

	/** Begin of the first day that is kept by hours. Moves only forward. */
	private volatile long firstHour;

	private volatile @Nullable Latest latest;

	private @Nullable Instant forgottenUntil;

	RollUps(Settings settings, Clock clock) {
		this.settings = settings;
		this.clock = clock;
		this.firstHour = startOfDayBefore(settings.hourlyRetention());
	}

	void apply(Instant at, RollUpKey key, Consumer<Sums> change) {
		boolean applied;
		do {
			applied = rollUp(at.getEpochSecond()).apply(key, change);
		}
		while (!applied);
	}

	private RollUp rollUp(long second) {
		long hour = second - Math.floorMod(second, HOUR);
		Latest latest = this.latest;
		return (latest != null && latest.hour == hour && hour >= this.firstHour) ? latest.rollUp : find(hour);
	}

	private RollUp find(long hour) {
		if (hour < this.firstHour) {
			return this.days.computeIfAbsent(startOfDay(hour), (day) -> new RollUp(this.settings.keysPerHour()));
		}
		RollUp found = this.hours.get(hour);
		return (found != null) ? found : open(hour);
	}

	private synchronized RollUp open(long hour) {
		fold();
		if (hour < this.firstHour) {
			return find(hour);
		}
		RollUp opened = this.hours.computeIfAbsent(hour, (absent) -> new RollUp(this.settings.keysPerHour()));
		this.latest = new Latest(hour, opened);
		return opened;
	}

	private void fold() {
		this.firstHour = Math.max(this.firstHour, startOfDayBefore(this.settings.hourlyRetention()));
		this.hours.headMap(this.firstHour).forEach((hour, old) -> {
			RollUp day = find(hour);
			old.close((key, sums) -> day.apply(key, (target) -> target.add(sums)));
			this.hours.remove(hour);
		});
		forget(startOfDayBefore(this.settings.dailyRetention()));
	}

	private void forget(long firstDay) {
		Map<Long, RollUp> old = this.days.headMap(firstDay);
		if (!old.isEmpty()) {
			this.forgottenUntil = Instant.ofEpochSecond(firstDay);
			old.clear();
		}
	}

	/**
	 * Passes all sums that overlap a period to a consumer, without folding meanwhile.
	 * @param from begin of the period, inclusive
	 * @param to end of the period, exclusive
	 * @param visitor receives the begin of the hour or day, and its sums by key
	 */
	synchronized void forEach(Instant from, Instant to, SumVisitor visitor) {
		if (!from.isBefore(to)) {
			return;
		}
		visit(this.days.subMap(startOfDay(from.getEpochSecond()), true, last(to), true), visitor);
		long fromHour = from.getEpochSecond() - Math.floorMod(from.getEpochSecond(), HOUR);
		visit(this.hours.subMap(fromHour, true, last(to), true), visitor);
	}

	private static void visit(ConcurrentNavigableMap<Long, RollUp> rollUps, SumVisitor visitor) {
		rollUps.forEach((start, rollUp) -> rollUp.forEach(visitor.at(Instant.ofEpochSecond(start))));
	}

	private static long last(Instant to) {
		return (to.getNano() > 0) ? to.getEpochSecond() : to.getEpochSecond() - 1;
	}

	private long startOfDayBefore(Duration retention) {
		return startOfDay(this.clock.instant().minus(retention).getEpochSecond());
	}

	private static long startOfDay(long second) {
		return second - Math.floorMod(second, DAY);
	}

	int size() {
		return this.hours.values().stream().mapToInt(RollUp::size).sum()
				+ this.days.values().stream().mapToInt(RollUp::size).sum();
	}

	/**
	 * Passes all sums that overlap a period to a reader, without folding meanwhile.
	 * @param from begin of the period, inclusive
	 * @param to end of the period, exclusive
	 * @param reader receives the sums
	 * @return the end of the days that were forgotten, or {@code null} for none
	 */
	synchronized @Nullable Instant read(Instant from, Instant to, SumReader reader) {
		boolean open = !to.isBefore(this.clock.instant());
		forEach(from, to, (start) -> {
			boolean hour = start.getEpochSecond() >= this.firstHour;
			Instant end = start.plusSeconds(hour ? HOUR : DAY);
			boolean whole = !start.isBefore(from) && (open || !end.isAfter(to));
			return reader.at(start, end, whole);
		});
		return this.forgottenUntil;
	}

	/** Receives sums by span and key. */
	@FunctionalInterface
	interface SumReader {

		/**
		 * Returns what receives the sums of a span.
		 * @param start its begin
		 * @param end its end
		 * @param whole whether all of it lies in the period
		 * @return the consumer
		 */
		BiConsumer<RollUpKey, Sums> at(Instant start, Instant end, boolean whole);

	}

	/** The roll-up that is written to, found without a search. */
	private record Latest(long hour, RollUp rollUp) {

	}

	/** Receives sums by time and key. */
	@FunctionalInterface
	interface SumVisitor {

		/**
		 * Returns what receives the sums that begin at a time.
		 * @param start begin of the hour or day
		 * @return the consumer
		 */
		BiConsumer<RollUpKey, Sums> at(Instant start);

	}

}

package io.github.costwise.accounting;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.model.BudgetEntry;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CostAnswer;
import io.github.costwise.model.CostQuery;
import io.github.costwise.model.CostSummary;
import io.github.costwise.model.LedgerFilter;
import io.github.costwise.model.LedgerQuery;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.spi.UsageLedger;

/**
 * Keeps the newest turns and calls and exact sums by hour, feature, model and tenant in
 * memory; all of it is bounded and gone when the application ends. Sums cover whole
 * hours, and whole days in UTC once they are older than the hourly retention. Exports
 * ({@link #forEachCall}) cover the newest calls only. Thread-safe; appending takes no
 * lock that another writer waits for, except while more writers than processors add to
 * the same key.
 *
 * @since 0.1.0
 */
public final class InMemoryUsageLedger implements UsageLedger {

	private static final String ALL = "all";

	private static final String UNATTRIBUTED = "unattributed";

	private static final Comparator<CostSummary> MOST_EXPENSIVE_FIRST = Comparator.comparing(CostSummary::cost)
		.reversed()
		.thenComparing(CostSummary::key);

	private static final int MOST_ENTRIES = 1_000;

	private final Queue<BudgetEntry> entries = new ArrayDeque<>();

	private final RecentRecords recent;

	private final RollUps rollUps;

	/**
	 * Creates an empty ledger.
	 * @param settings how much to keep
	 * @param clock tells how old a sum is
	 */
	public InMemoryUsageLedger(Settings settings, Clock clock) {
		this.recent = new RecentRecords(settings.recentTurns(), settings.recentCalls());
		this.rollUps = new RollUps(settings, clock);
	}

	/** Calls that newer ones have pushed out are missing. */
	@Override
	public @Nullable Instant missingUntil(Instant from) {
		Instant gone = this.recent.newestGone();
		return (gone == null || gone.isBefore(from)) ? null : gone;
	}

	@Override
	public void append(CallRecord call) {
		this.rollUps.apply(call.timing().startedAt(), RollUpKey.of(call), (sums) -> sums.add(call));
		this.recent.put(call);
	}

	@Override
	public void append(TurnRecord turn) {
		this.rollUps.apply(turn.timing().startedAt(), RollUpKey.of(turn), (sums) -> sums.add(turn));
		this.recent.put(turn);
	}

	@Override
	public void append(BudgetEntry entry) {
		synchronized (this.entries) {
			if (this.entries.size() == MOST_ENTRIES) {
				this.entries.remove();
			}
			this.entries.add(entry);
		}
	}

	@Override
	public List<BudgetEntry> budgetEntries(int most) {
		synchronized (this.entries) {
			return this.entries.stream().skip(Math.max(0, this.entries.size() - most)).toList();
		}
	}

	@Override
	public List<CostSummary> summarize(LedgerQuery query) {
		Map<String, Sums> rows = new HashMap<>();
		if (query.groupBy() == LedgerQuery.Dimension.ALL) {
			rows.put(ALL, new Sums());
		}
		this.rollUps.forEach(query.from(), query.to(), (start) -> addTo(rows, query.groupBy(), start));
		return rows.entrySet()
			.stream()
			.map((row) -> row.getValue().toSummary(row.getKey()))
			.sorted(MOST_EXPENSIVE_FIRST)
			.toList();
	}

	@Override
	public CostAnswer query(CostQuery query) {
		return new MemoryQuery(this.recent, this.rollUps, query).answer();
	}

	private static BiConsumer<RollUpKey, Sums> addTo(Map<String, Sums> rows, LedgerQuery.Dimension groupBy,
			Instant start) {
		return (key, sums) -> {
			boolean counts = !sums.isEmpty() && !(groupBy == LedgerQuery.Dimension.MODEL && key.isTurn());
			if (counts) {
				rows.computeIfAbsent(rowKey(key, groupBy, start), (absent) -> new Sums()).add(sums);
			}
		};
	}

	private static String rowKey(RollUpKey key, LedgerQuery.Dimension groupBy, Instant start) {
		return switch (groupBy) {
			case ALL -> ALL;
			case FEATURE -> orUnattributed(key.feature());
			case MODEL -> key.modelName();
			case TENANT -> orUnattributed(key.tenant());
			case DAY -> start.atOffset(ZoneOffset.UTC).toLocalDate().toString();
		};
	}

	private static String orUnattributed(@Nullable String value) {
		return (value != null) ? value : UNATTRIBUTED;
	}

	@Override
	public List<LedgerEvent> recent(LedgerFilter filter) {
		return this.recent.events(filter);
	}

	@Override
	public void forEachCall(Instant from, Instant to, Consumer<CallRecord> consumer) {
		this.recent.forEachCall(from, to, consumer);
	}

	/**
	 * How much a ledger keeps.
	 *
	 * @param recentTurns how many of the newest turns, from 1
	 * @param recentCalls how many of the newest calls, from 1
	 * @param keysPerHour how many combinations of feature, model and tenant are summed
	 * apart within an hour or a day, from 8; the rest is summed under {@code other}
	 * @param hourlyRetention how long sums are kept by hour, at least a day
	 * @param dailyRetention how long sums are kept by day, not shorter than by hour
	 */
	public record Settings(int recentTurns, int recentCalls, int keysPerHour, Duration hourlyRetention,
			Duration dailyRetention) {

		/** 1,000 turns, 4,000 calls, 400 keys, 7 days by hour and 90 by day. */
		public static final Settings DEFAULTS = new Settings(1000, 4000, 400, Duration.ofDays(7), Duration.ofDays(90));

		/**
		 * Checks the values.
		 * @throws CostwiseConfigurationException if a value is out of its range
		 */
		public Settings {
			requireAtLeast("recent-turns", recentTurns, 1);
			requireAtLeast("recent-calls", recentCalls, 1);
			requireAtLeast("keys-per-hour", keysPerHour, 8);
			requireAtLeast("hourly-retention", hourlyRetention, Duration.ofDays(1));
			requireAtLeast("daily-retention", dailyRetention, hourlyRetention);
		}

		private static <V extends Comparable<V>> void requireAtLeast(String name, V value, V least) {
			if (value.compareTo(least) < 0) {
				String property = "costwise.ledger.memory." + name;
				throw new CostwiseConfigurationException(property + " is " + value + ".",
						"Set " + property + " to " + least + " or more.");
			}
		}

	}

}

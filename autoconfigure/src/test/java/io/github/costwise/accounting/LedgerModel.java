package io.github.costwise.accounting;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

import io.github.costwise.Attribution;
import io.github.costwise.Money;
import io.github.costwise.accounting.LedgerRecords.Appended;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Coverage;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.CostSummary;
import io.github.costwise.model.LedgerFilter;
import io.github.costwise.model.LedgerQuery;
import io.github.costwise.model.LedgerQuery.Dimension;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.Savings;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.spi.UsageLedger;

/**
 * What a ledger should say, worked out plainly from a list.
 */
final class LedgerModel {

	private final List<Appended> appended = new ArrayList<>();

	void add(Appended record) {
		this.appended.add(record);
	}

	void addAll(LedgerModel other) {
		this.appended.addAll(other.appended);
	}

	List<CostSummary> summarize(LedgerQuery query) {
		Predicate<Instant> within = (at) -> !at.isBefore(query.from()) && at.isBefore(query.to());
		List<CallRecord> calls = calls().stream().filter((call) -> within.test(call.timing().startedAt())).toList();
		List<TurnRecord> turns = this.appended.stream()
			.map(Appended::turn)
			.filter((turn) -> turn != null && within.test(turn.timing().startedAt()))
			.toList();
		Map<String, List<CallRecord>> callsByKey = group(calls, (call) -> key(query.groupBy(), call));
		Map<String, List<TurnRecord>> turnsByKey = (query.groupBy() == Dimension.MODEL) ? Map.of()
				: group(turns, (turn) -> key(query.groupBy(), turn.attribution(), turn.timing().startedAt()));
		Map<String, CostSummary> rows = new TreeMap<>();
		if (query.groupBy() == Dimension.ALL) {
			rows.put("all", summary("all", List.of(), List.of()));
		}
		turnsByKey.forEach((key, group) -> rows.put(key, summary(key, List.of(), group)));
		callsByKey.forEach((key, group) -> rows.put(key, summary(key, group, turnsByKey.getOrDefault(key, List.of()))));
		return rows.values().stream().sorted(Comparator.comparing(CostSummary::cost).reversed()).toList();
	}

	List<TurnRecord> turns() {
		return this.appended.stream().map(Appended::turn).filter(Objects::nonNull).toList();
	}

	List<UsageLedger.LedgerEvent> recent(LedgerFilter filter) {
		return this.appended.stream()
			.filter((record) -> matches(record, filter))
			.sorted(Comparator.comparing(Appended::startedAt).thenComparing(Appended::id).reversed())
			.limit(filter.limit())
			.map(Appended::event)
			.toList();
	}

	List<CallRecord> calls(Instant from, Instant to) {
		return calls().stream()
			.filter((call) -> !call.timing().startedAt().isBefore(from) && call.timing().startedAt().isBefore(to))
			.sorted(Comparator.<CallRecord, Instant>comparing((call) -> call.timing().startedAt())
				.thenComparing(CallRecord::id))
			.toList();
	}

	List<CallRecord> calls() {
		return this.appended.stream().flatMap((record) -> record.calls().stream()).toList();
	}

	private static boolean matches(Appended record, LedgerFilter filter) {
		Attribution attribution = record.attribution();
		boolean who = (filter.feature() == null || filter.feature().equals(attribution.feature()))
				&& (filter.tenant() == null || filter.tenant().equals(attribution.tenant()))
				&& (filter.user() == null || filter.user().equals(attribution.user()));
		boolean model = filter.model() == null || record.calls()
			.stream()
			.map((call) -> call.target().answeredModel())
			.toList()
			.contains(filter.model());
		boolean outcome = filter.outcome() == null
				|| (record.turn() != null && record.turn().outcome() == filter.outcome());
		return who && model && outcome;
	}

	private static String key(Dimension dimension, CallRecord call) {
		return (dimension == Dimension.MODEL) ? call.target().provider() + "/" + call.target().answeredModel()
				: key(dimension, call.attribution(), call.timing().startedAt());
	}

	private static String key(Dimension dimension, Attribution attribution, Instant at) {
		String value = switch (dimension) {
			case ALL -> "all";
			case FEATURE -> attribution.feature();
			case TENANT -> attribution.tenant();
			case DAY -> at.atOffset(ZoneOffset.UTC).toLocalDate().toString();
			case MODEL -> throw new IllegalArgumentException();
		};
		return (value != null) ? value : "unattributed";
	}

	private static <T> Map<String, List<T>> group(List<T> records, Function<T, String> key) {
		Map<String, List<T>> groups = new TreeMap<>();
		records.forEach((record) -> groups.computeIfAbsent(key.apply(record), (k) -> new ArrayList<>()).add(record));
		return groups;
	}

	static CostSummary summary(String key, List<CallRecord> calls, List<TurnRecord> turns) {
		TokenUsage usage = calls.stream()
			.map((call) -> call.usage().tokens())
			.reduce(TokenUsage.NONE, TokenUsage::plus);
		return new CostSummary(key, turns.size(), calls.size(),
				count(calls, (call) -> call.outcome() != Outcome.SUCCEEDED), usage,
				sum(calls, (call) -> call.price().amount().nanos()), sum(calls, (call) -> call.price().input().nanos()),
				sum(calls, (call) -> call.price().cached().nanos()),
				sum(calls, (call) -> call.price().output().nanos()), sum(calls, (call) -> call.price().other().nanos()),
				sum(calls, (call) -> call.isRetrySpend() ? call.price().amount().nanos() : 0),
				sum(calls, (call) -> isEstimated(call) ? call.price().amount().nanos() : 0),
				sum(calls,
						(call) -> call.ending().coverage() == Coverage.UNATTRIBUTED ? call.price().amount().nanos()
								: 0),
				sum(calls,
						(call) -> call.ending().coverage() == Coverage.UNMANAGED ? call.price().amount().nanos() : 0),
				turns.stream().map((turn) -> turn.cost().saved()).reduce(Savings.NONE, Savings::plus),
				count(calls, (call) -> call.price().state() == PriceState.UNKNOWN),
				count(calls, (call) -> call.ending().coverage() == Coverage.UNATTRIBUTED),
				count(calls, (call) -> call.ending().coverage() == Coverage.UNMANAGED));
	}

	private static boolean isEstimated(CallRecord call) {
		return call.price().state() == PriceState.ESTIMATED || call.usage().source() == UsageSource.ESTIMATED
				|| call.usage().source() == UsageSource.PARTLY_ESTIMATED;
	}

	private static <T> Money sum(List<T> records, ToLongFunction<T> value) {
		return Money.ofNanos(records.stream().mapToLong(value).sum());
	}

	private static <T> long count(List<T> records, Predicate<T> condition) {
		return records.stream().filter(condition).count();
	}

}

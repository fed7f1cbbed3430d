package io.github.costwise.accounting;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.time.ZoneId;

import io.github.costwise.Attribution;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CostAnswer;
import io.github.costwise.model.CostAnswer.Rest;
import io.github.costwise.model.CostAnswer.Row;
import io.github.costwise.model.CostDimension;
import io.github.costwise.model.CostQuery;
import io.github.costwise.model.CostSummary;
import io.github.costwise.model.TurnRecord;

/**
 * What a ledger should answer to a query, worked out plainly from lists, and queries to
 * ask.
 */
final class QueryModel {

	private static final List<CostDimension> DIMENSIONS = List.of(CostDimension.FEATURE, CostDimension.TENANT,
			CostDimension.USER, CostDimension.tag("team"), CostDimension.tag("cost centre"), CostDimension.tag(","),
			CostDimension.tag("\"team"), CostDimension.PROVIDER, CostDimension.MODEL, CostDimension.POLICY,
			CostDimension.PURPOSE, CostDimension.HOUR, CostDimension.DAY);

	private static final List<String> ZONES = List.of("UTC", "America/Adak", "Asia/Kolkata", "Europe/Berlin",
			"Australia/Lord_Howe");

	private final List<CallRecord> calls;

	private final List<TurnRecord> turns;

	QueryModel(List<CallRecord> calls, List<TurnRecord> turns) {
		this.calls = calls;
		this.turns = turns;
	}

	/** A query of random dimensions, of which at least one record can tell a filter. */
	CostQuery query(Random random) {
		Instant from = (random.nextInt(4) == 0) ? Instant.EPOCH
				: LedgerRecords.NOW.minus(random.nextInt(55 * 3600), ChronoUnit.SECONDS);
		Instant to = (random.nextInt(4) == 0) ? LedgerRecords.NOW.plusSeconds(3600)
				: LedgerRecords.NOW.minus(random.nextInt(20 * 3600), ChronoUnit.SECONDS);
		CostQuery query = CostQuery.between(from, to)
			.by(random.ints(0, DIMENSIONS.size())
				.distinct()
				.limit(random.nextInt(4))
				.mapToObj(DIMENSIONS::get)
				.toArray(CostDimension[]::new))
			.in(ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))))
			.limit((random.nextInt(3) == 0) ? 1 + random.nextInt(5) : 10_000);
		for (CostDimension dimension : DIMENSIONS) {
			if (!dimension.isTime() && random.nextInt(12) == 0) {
				CallRecord call = this.calls.get(random.nextInt(this.calls.size()));
				query = query.where(dimension, value(query, dimension, call));
			}
		}
		return query;
	}

	CostAnswer answer(CostQuery query, Instant from) {
		Map<List<String>, List<CallRecord>> callsByKey = new LinkedHashMap<>();
		Map<List<String>, List<TurnRecord>> turnsByKey = new LinkedHashMap<>();
		for (CallRecord call : this.calls) {
			add(query, call.timing().startedAt(), (dimension) -> value(query, dimension, call), call, callsByKey);
		}
		boolean countsTurns = query.dimensions()
			.noneMatch(List.of(CostDimension.MODEL, CostDimension.PROVIDER, CostDimension.PURPOSE)::contains);
		for (TurnRecord turn : countsTurns ? this.turns : List.<TurnRecord>of()) {
			add(query, turn.timing().startedAt(), (dimension) -> value(query, dimension, turn.attribution(),
					turn.versions().policy(), turn.timing().startedAt()), turn, turnsByKey);
		}
		turnsByKey.keySet().forEach((key) -> callsByKey.putIfAbsent(key, List.of()));
		if (query.by().isEmpty()) {
			callsByKey.putIfAbsent(List.of(), List.of());
		}
		List<List<String>> keys = new ArrayList<>(callsByKey.keySet());
		keys.sort(Comparator.comparing((List<String> key) -> row("", key, List.of(key), callsByKey, turnsByKey).cost())
			.reversed()
			.thenComparing(QueryModel::compare));
		List<List<String>> shown = keys.subList(0, Math.min(keys.size(), query.limit()));
		List<List<String>> left = keys.subList(shown.size(), keys.size());
		List<Row> rows = shown.stream()
			.map((key) -> new Row(key, row(CostAnswer.key(key), key, List.of(key), callsByKey, turnsByKey)))
			.toList();
		Rest rest = left.isEmpty() ? null : new Rest(left.size(), row("rest", List.of(), left, callsByKey, turnsByKey));
		return new CostAnswer(CostAnswer.inOrder(query, rows), rest, null, countsTurns, from, List.of());
	}

	private static CostSummary row(String name, List<String> key, List<List<String>> keys,
			Map<List<String>, List<CallRecord>> calls, Map<List<String>, List<TurnRecord>> turns) {
		return LedgerModel.summary(name, keys.stream().flatMap((one) -> calls.get(one).stream()).toList(),
				keys.stream().flatMap((one) -> turns.getOrDefault(one, List.of()).stream()).toList());
	}

	private static <T> void add(CostQuery query, Instant at, Function<CostDimension, String> value, T record,
			Map<List<String>, List<T>> groups) {
		boolean within = !at.isBefore(query.from()) && at.isBefore(query.to());
		if (within && query.filters()
			.stream()
			.allMatch((filter) -> Objects.equals(filter.value(), value.apply(filter.dimension())))) {
			List<String> key = new ArrayList<>();
			query.by().forEach((dimension) -> key.add(value.apply(dimension)));
			groups.computeIfAbsent(key, (absent) -> new ArrayList<>()).add(record);
		}
	}

	private static String value(CostQuery query, CostDimension dimension, CallRecord call) {
		return switch (dimension.kind()) {
			case PROVIDER -> call.target().provider();
			case MODEL -> call.target().answeredModel();
			case PURPOSE -> call.purpose().toString();
			default -> value(query, dimension, call.attribution(), call.versions().policy(), call.timing().startedAt());
		};
	}

	private static String value(CostQuery query, CostDimension dimension, Attribution whose, String policy,
			Instant at) {
		return switch (dimension.kind()) {
			case FEATURE -> whose.feature();
			case TENANT -> whose.tenant();
			case USER -> whose.user();
			case TAG -> whose.tags().get(dimension.tag());
			case POLICY -> policy;
			case HOUR -> at.atZone(query.zone()).truncatedTo(ChronoUnit.HOURS).toOffsetDateTime().toString();
			case DAY -> at.atZone(query.zone()).toLocalDate().toString();
			default -> throw new IllegalArgumentException();
		};
	}

	private static int compare(List<String> left, List<String> right) {
		for (int i = 0; i < left.size(); i++) {
			int order = Objects.compare(left.get(i), right.get(i), Comparator.nullsFirst(Comparator.naturalOrder()));
			if (order != 0) {
				return order;
			}
		}
		return 0;
	}

}

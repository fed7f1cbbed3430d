package io.github.costwise.actuate;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;
import io.github.costwise.Money;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Coverage;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.CostSummary;
import io.github.costwise.model.LedgerFilter;
import io.github.costwise.model.LedgerQuery;
import io.github.costwise.model.LedgerQuery.Dimension;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.Savings;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.spi.UsageLedger;

/**
 * A ledger for tests: plain lists, summed up from scratch.
 */
public class ListLedger implements UsageLedger {

	private final List<CallRecord> calls = Collections.synchronizedList(new ArrayList<>());

	private final List<TurnRecord> turns = Collections.synchronizedList(new ArrayList<>());

	@Override
	public void append(CallRecord call) {
		this.calls.add(call);
	}

	@Override
	public void append(TurnRecord turn) {
		this.turns.add(turn);
	}

	@Override
	public List<CostSummary> summarize(LedgerQuery query) {
		if (query.groupBy() == Dimension.ALL) {
			return List.of(sum("all", within(query), turnsWithin(query)));
		}
		Map<String, List<CallRecord>> groups = new TreeMap<>();
		within(query).forEach(
				(call) -> groups.computeIfAbsent(key(call, query.groupBy()), (key) -> new ArrayList<>()).add(call));
		return groups.entrySet()
			.stream()
			.map((group) -> sum(group.getKey(), group.getValue(), turnsOf(query, group.getValue())))
			.sorted(Comparator.comparing(CostSummary::cost).reversed())
			.toList();
	}

	@Override
	public List<LedgerEvent> recent(LedgerFilter filter) {
		return this.turns.stream()
			.sorted(Comparator.<TurnRecord, Instant>comparing((turn) -> turn.timing().startedAt()).reversed())
			.map((turn) -> new LedgerEvent(turn,
					this.calls.stream().filter((call) -> call.turnId().equals(turn.id())).toList()))
			.filter(matching(filter))
			.limit(filter.limit())
			.toList();
	}

	@Override
	public void forEachCall(Instant from, Instant to, Consumer<CallRecord> consumer) {
		within(new LedgerQuery(from, to, Dimension.ALL)).forEach(consumer);
	}

	private Predicate<LedgerEvent> matching(LedgerFilter filter) {
		return (event) -> {
			TurnRecord turn = Objects.requireNonNull(event.turn());
			Attribution whose = turn.attribution();
			return matches(filter.feature(), whose.feature()) && matches(filter.tenant(), whose.tenant())
					&& matches(filter.user(), whose.user()) && matches(filter.outcome(), turn.outcome())
					&& (filter.model() == null || event.calls()
						.stream()
						.anyMatch((call) -> call.target().answeredModel().equals(filter.model())));
		};
	}

	private static boolean matches(@Nullable Object wanted, @Nullable Object value) {
		return wanted == null || wanted.equals(value);
	}

	private List<CallRecord> within(LedgerQuery query) {
		return this.calls.stream().filter((call) -> lies(call.timing().startedAt(), query)).toList();
	}

	private List<TurnRecord> turnsWithin(LedgerQuery query) {
		return this.turns.stream().filter((turn) -> lies(turn.timing().startedAt(), query)).toList();
	}

	private List<TurnRecord> turnsOf(LedgerQuery query, List<CallRecord> calls) {
		return turnsWithin(query).stream()
			.filter((turn) -> calls.stream().anyMatch((call) -> call.turnId().equals(turn.id())))
			.toList();
	}

	private static boolean lies(Instant at, LedgerQuery query) {
		return !at.isBefore(query.from()) && at.isBefore(query.to());
	}

	private static String key(CallRecord call, Dimension dimension) {
		return switch (dimension) {
			case ALL -> "all";
			case FEATURE -> Objects.requireNonNullElse(call.attribution().feature(), "unattributed");
			case MODEL -> call.target().provider() + "/" + call.target().answeredModel();
			case TENANT -> Objects.requireNonNullElse(call.attribution().tenant(), "unattributed");
			case DAY -> call.timing().startedAt().atOffset(ZoneOffset.UTC).toLocalDate().toString();
		};
	}

	private static CostSummary sum(String key, List<CallRecord> calls, List<TurnRecord> turns) {
		TokenUsage usage = calls.stream()
			.map((call) -> call.usage().tokens())
			.reduce(TokenUsage.NONE, TokenUsage::plus);
		return new CostSummary(key, turns.size(), calls.size(),
				count(calls, (call) -> call.outcome() != Outcome.SUCCEEDED), usage,
				money(calls.stream(), Price::amount), money(calls.stream(), Price::input),
				money(calls.stream(), Price::cached), money(calls.stream(), Price::output),
				money(calls.stream(), Price::other),
				money(calls.stream().filter(CallRecord::isRetrySpend), Price::amount),
				money(calls.stream().filter((call) -> call.usage().source() != UsageSource.REPORTED), Price::amount),
				money(calls.stream().filter((call) -> call.ending().coverage() == Coverage.UNATTRIBUTED),
						Price::amount),
				money(calls.stream().filter((call) -> call.ending().coverage() == Coverage.UNMANAGED), Price::amount),
				turns.stream().map((turn) -> turn.cost().saved()).reduce(Savings.NONE, Savings::plus),
				count(calls, (call) -> call.price().state() == PriceState.UNKNOWN),
				count(calls, (call) -> call.ending().coverage() == Coverage.UNATTRIBUTED),
				count(calls, (call) -> call.ending().coverage() == Coverage.UNMANAGED));
	}

	private static long count(List<CallRecord> calls, Predicate<CallRecord> what) {
		return calls.stream().filter(what).count();
	}

	private static Money money(Stream<CallRecord> calls, Function<Price, Money> part) {
		return calls.map((call) -> part.apply(call.price())).reduce(Money.ZERO, Money::plus);
	}

}

package io.github.costwise.accounting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CostGroups;
import io.github.costwise.model.LedgerFilter;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.spi.UsageLedger.LedgerEvent;

/**
 * The newest turns and calls. They are kept apart and joined by turn when read, so that
 * appending neither waits nor collects the calls of a turn that may never end.
 */
final class RecentRecords {

	private static final Comparator<CallRecord> IN_TURN = Comparator
		.<CallRecord>comparingInt((call) -> call.identity().round())
		.thenComparing((call) -> call.timing().startedAt())
		.thenComparing(CallRecord::id);

	private static final Comparator<CallRecord> BY_TIME = Comparator
		.<CallRecord, Instant>comparing((call) -> call.timing().startedAt())
		.thenComparing(CallRecord::id);

	private static final Comparator<LedgerEvent> NEWEST = Comparator.comparing(RecentRecords::startedAt)
		.thenComparing(RecentRecords::id)
		.reversed();

	private final Ring<TurnRecord> turns;

	private final Ring<CallRecord> calls;

	private final AtomicReference<@Nullable Instant> newestGone = new AtomicReference<>();

	private final AtomicReference<@Nullable Instant> newestGoneTurn = new AtomicReference<>();

	RecentRecords(int turns, int calls) {
		this.turns = new Ring<>(turns);
		this.calls = new Ring<>(calls);
	}

	void put(TurnRecord turn) {
		TurnRecord pushedOut = this.turns.put(turn);
		if (pushedOut != null) {
			this.newestGoneTurn.accumulateAndGet(pushedOut.timing().startedAt(), RecentRecords::later);
		}
	}

	void put(CallRecord call) {
		CallRecord pushedOut = this.calls.put(call);
		if (pushedOut != null) {
			this.newestGone.accumulateAndGet(pushedOut.timing().startedAt(), RecentRecords::later);
		}
	}

	private static @Nullable Instant later(@Nullable Instant known, @Nullable Instant next) {
		return (known == null || (next != null && next.isAfter(known))) ? next : known;
	}

	/** The begin of the newest call that is not kept any more, or {@code null}. */
	@Nullable Instant newestGone() {
		return this.newestGone.get();
	}

	/**
	 * Reads the newest records of a period.
	 * @param from begin of the period, inclusive
	 * @param to end of the period, exclusive
	 * @param withTurns whether turns count
	 * @return the records, and from when on none of them is missing
	 */
	Newest newest(Instant from, Instant to, boolean withTurns) {
		List<TurnRecord> turns = withTurns ? this.turns.snapshot() : List.of();
		List<CallRecord> calls = this.calls.snapshot();
		Instant gone = withTurns ? later(newestGone(), this.newestGoneTurn.get()) : newestGone();
		Instant since = (gone == null || gone.isBefore(from)) ? from : gone.plusNanos(1);
		return new Newest(since,
				turns.stream().filter((turn) -> isWithin(turn.timing().startedAt(), since, to)).toList(),
				calls.stream().filter((call) -> isWithin(call.timing().startedAt(), since, to)).toList());
	}

	private static boolean isWithin(Instant at, Instant from, Instant to) {
		return !at.isBefore(from) && at.isBefore(to);
	}

	List<LedgerEvent> events(LedgerFilter filter) {
		List<TurnRecord> turns = this.turns.snapshot();
		List<CallRecord> calls = this.calls.snapshot();
		return Stream.concat(managed(turns, calls), alone(calls))
			.filter((event) -> matches(event, filter))
			.sorted(NEWEST)
			.limit(filter.limit())
			.toList();
	}

	void forEachCall(Instant from, Instant to, Consumer<CallRecord> consumer) {
		this.calls.snapshot()
			.stream()
			.filter((call) -> isWithin(call.timing().startedAt(), from, to))
			.sorted(BY_TIME)
			.forEach(consumer);
	}

	private static Stream<LedgerEvent> managed(List<TurnRecord> turns, List<CallRecord> calls) {
		Map<String, List<CallRecord>> byTurn = calls.stream().collect(Collectors.groupingBy(CallRecord::turnId));
		return turns.stream().map((turn) -> new LedgerEvent(turn, inOrder(byTurn.getOrDefault(turn.id(), List.of()))));
	}

	private static Stream<LedgerEvent> alone(List<CallRecord> calls) {
		return calls.stream()
			.filter((call) -> call.turnId().equals(call.id()))
			.map((call) -> new LedgerEvent(null, List.of(call)));
	}

	private static List<CallRecord> inOrder(List<CallRecord> calls) {
		List<CallRecord> sorted = new ArrayList<>(calls);
		sorted.sort(IN_TURN);
		return sorted;
	}

	private static boolean matches(LedgerEvent event, LedgerFilter filter) {
		Attribution attribution = attribution(event);
		return matches(filter.feature(), attribution.feature()) && matches(filter.tenant(), attribution.tenant())
				&& matches(filter.user(), attribution.user())
				&& matches(filter.outcome(), (event.turn() != null) ? event.turn().outcome() : null)
				&& (filter.model() == null || event.calls()
					.stream()
					.anyMatch((call) -> call.target().answeredModel().equals(filter.model())));
	}

	private static boolean matches(@Nullable Object wanted, @Nullable Object actual) {
		return wanted == null || Objects.equals(wanted, actual);
	}

	private static Attribution attribution(LedgerEvent event) {
		return (event.turn() != null) ? event.turn().attribution() : event.calls().get(0).attribution();
	}

	private static Instant startedAt(LedgerEvent event) {
		return (event.turn() != null) ? event.turn().timing().startedAt() : event.calls().get(0).timing().startedAt();
	}

	private static String id(LedgerEvent event) {
		return (event.turn() != null) ? event.turn().id() : event.calls().get(0).id();
	}

	/**
	 * All turns and calls of a period.
	 *
	 * @param since begin of the period, inclusive
	 * @param turns the turns
	 * @param calls the calls
	 */
	record Newest(Instant since, List<TurnRecord> turns, List<CallRecord> calls) {

		void addTo(CostGroups groups) {
			this.calls.forEach(groups::add);
			this.turns.forEach(groups::add);
		}

	}

}

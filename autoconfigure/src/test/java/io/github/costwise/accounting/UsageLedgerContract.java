package io.github.costwise.accounting;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.costwise.Money;
import io.github.costwise.accounting.LedgerRecords.Appended;
import io.github.costwise.model.BudgetEntry;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CostAnswer;
import io.github.costwise.model.CostDimension;
import io.github.costwise.model.CostQuery;
import io.github.costwise.model.CostSummary;
import io.github.costwise.model.LedgerFilter;
import io.github.costwise.model.LedgerQuery;
import io.github.costwise.model.LedgerQuery.Dimension;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.testsupport.CallBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link UsageLedger} must hold. Records lie in the 50 hours before
 * {@link LedgerRecords#NOW}.
 */
public abstract class UsageLedgerContract {

	private static final Instant FROM = LedgerRecords.NOW.minus(Duration.ofDays(3));

	/** Returns an empty ledger whose clock stands at {@link LedgerRecords#NOW}. */
	protected abstract UsageLedger create() throws Exception;

	/** Waits until what was appended can be read. */
	protected abstract void settle(UsageLedger ledger) throws Exception;

	@ParameterizedTest
	@EnumSource
	void emptyLedgerSumsUpToNothing(Dimension dimension) throws Exception {
		List<CostSummary> rows = create().summarize(everything(dimension));
		if (dimension == Dimension.ALL) {
			assertThat(rows).singleElement().satisfies((row) -> {
				assertThat(row.key()).isEqualTo("all");
				assertThat(row.calls()).isZero();
				assertThat(row.cost()).isEqualTo(Money.ZERO);
			});
		}
		else {
			assertThat(rows).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 42 })
	void saysWhatAPlainListWouldSay(long seed) throws Exception {
		LedgerModel model = new LedgerModel();
		UsageLedger ledger = filled(seed, model);
		Random random = new Random(seed);
		for (int i = 0; i < 10; i++) {
			Instant from = LedgerRecords.NOW.minus(random.nextInt(55), ChronoUnit.HOURS);
			Instant to = from.plus(random.nextInt(40), ChronoUnit.HOURS);
			for (Dimension dimension : Dimension.values()) {
				LedgerQuery query = new LedgerQuery(from, to, dimension);
				assertThat(ledger.summarize(query)).as("%s", query).isEqualTo(model.summarize(query));
			}
			LedgerFilter filter = filter(random);
			assertThat(ledger.recent(filter)).as("%s", filter).isEqualTo(model.recent(filter));
			List<CallRecord> calls = new ArrayList<>();
			ledger.forEachCall(from, to, calls::add);
			assertThat(calls).isEqualTo(model.calls(from, to));
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 42 })
	void answersQueriesAsPlainListsWould(long seed) throws Exception {
		LedgerModel model = new LedgerModel();
		UsageLedger ledger = filled(seed, model);
		QueryModel queries = new QueryModel(model.calls(), model.turns());
		Random random = new Random(seed);
		for (int i = 0; i < 100; i++) {
			CostQuery query = queries.query(random);
			CostAnswer answer = ledger.query(query);
			assertThat(answer).as("%s", query).isEqualTo(queries.answer(query, answer.from()));
			assertThat(answer.from()).isBetween(query.from(), query.from().equals(Instant.EPOCH) ? FROM : query.from());
		}
	}

	@Test
	void keepsWhatWasDoneWithBudgetsInItsOrder() throws Exception {
		UsageLedger ledger = create();
		List<BudgetEntry> entries = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			entries.add(new BudgetEntry("entry-" + i, LedgerRecords.NOW.plusSeconds(i), "tenants", "adjust",
					(i == 7) ? null : "acme\u0000 '" + i, "USD", Long.MIN_VALUE / 4 + i, "a \u20ac price; was wrong",
					(i == 3) ? null : "ann"));
		}
		entries.forEach(ledger::append);
		settle(ledger);
		assertThat(ledger.budgetEntries(5)).extracting(BudgetEntry::id)
			.containsExactly("entry-15", "entry-16", "entry-17", "entry-18", "entry-19");
		assertThat(ledger.budgetEntries(100)).hasSize(20).element(7).satisfies((entry) -> {
			assertThat(entry.owner()).isNull();
			assertThat(entry.amount()).isEqualTo(Long.MIN_VALUE / 4 + 7);
			assertThat(entry.at()).isEqualTo(LedgerRecords.NOW.plusSeconds(7));
			assertThat(entry.why()).isEqualTo("a \u20ac price; was wrong");
			assertThat(entry.who()).isEqualTo("ann");
		});
		assertThat(ledger.recent(new LedgerFilter(null, null, null, null, null, 10))).isEmpty();
	}

	@Test
	void tellsTheTwoHoursOfALongNightApart() throws Exception {
		UsageLedger ledger = create();
		CallRecord call = new LedgerRecords(1).alone();
		Instant night = Instant.parse("2026-02-15T01:30:00Z");
		ledger.append(at(call, "early", night));
		ledger.append(at(call, "late", night.plus(Duration.ofHours(1))));
		ledger.append(at(call, "next", night.plus(Duration.ofHours(23))));
		settle(ledger);
		CostQuery query = CostQuery.between(Instant.EPOCH, LedgerRecords.NOW).in(ZoneId.of("Africa/Casablanca"));
		assertThat(values(ledger.query(query.by(CostDimension.HOUR)))).containsExactly(
				List.of("2026-02-15T02:00+01:00"), List.of("2026-02-15T02:00Z"), List.of("2026-02-16T00:00Z"));
		assertThat(values(ledger.query(query.by(CostDimension.DAY, CostDimension.FEATURE))))
			.extracting((row) -> row.get(0))
			.containsExactly("2026-02-15", "2026-02-16");
	}

	private static List<List<String>> values(CostAnswer answer) {
		return answer.rows().stream().map(CostAnswer.Row::values).toList();
	}

	@Test
	void aNameFromOutsideIsNoPartOfAStatement() throws Exception {
		LedgerModel model = new LedgerModel();
		UsageLedger ledger = filled(5, model);
		CostQuery all = CostQuery.between(Instant.EPOCH, LedgerRecords.NOW);
		for (String name : List.of("'; drop table costwise_call; --", "\"", "\\", "(?", "[", "*", "$1", ".*",
				"\u20ac\n")) {
			assertThat(ledger.query(all.by(CostDimension.tag(name))).rows()).as(name)
				.singleElement()
				.satisfies((row) -> assertThat(row.sums().calls()).isEqualTo(model.calls().size()));
			assertThat(ledger.query(all.where(CostDimension.tag("team"), name)).rows().get(0).sums().calls()).isZero();
			assertThat(ledger.query(all.where(CostDimension.FEATURE, name)).rows().get(0).sums().calls()).isZero();
		}
		assertThat(ledger.query(all).rows().get(0).sums().calls()).isEqualTo(model.calls().size());
	}

	private UsageLedger filled(long seed, LedgerModel model) throws Exception {
		UsageLedger ledger = create();
		LedgerRecords records = new LedgerRecords(seed);
		for (int i = 0; i < 300; i++) {
			Appended next = records.next();
			model.add(next);
			next.to(ledger);
		}
		settle(ledger);
		return ledger;
	}

	private static LedgerFilter filter(Random random) {
		return new LedgerFilter(random.nextBoolean() ? "support" : null, random.nextInt(3) == 0 ? "tenant-1" : null,
				random.nextInt(4) == 0 ? "user-3" : null, random.nextInt(3) == 0 ? "model-2" : null,
				random.nextInt(3) == 0 ? TurnRecord.TurnOutcome.ANSWERED : null, 1 + random.nextInt(60));
	}

	@Test
	void partsAddUpToTheCost() throws Exception {
		UsageLedger ledger = filled(7, new LedgerModel());
		assertThat(ledger.summarize(everything(Dimension.FEATURE))).hasSize(4).allSatisfy((row) -> {
			Money parts = row.input().plus(row.cached()).plus(row.output()).plus(row.other());
			assertThat(parts).isEqualTo(row.cost());
		});
	}

	@Test
	void periodIncludesItsBeginAndExcludesItsEnd() throws Exception {
		UsageLedger ledger = create();
		Instant hour = LedgerRecords.NOW.minus(Duration.ofHours(5));
		CallRecord call = new LedgerRecords(1).alone();
		ledger.append(at(call, "begin", hour));
		ledger.append(at(call, "last", hour.plus(Duration.ofHours(1)).minus(1, ChronoUnit.MICROS)));
		ledger.append(at(call, "end", hour.plus(Duration.ofHours(1))));
		settle(ledger);
		LedgerQuery query = new LedgerQuery(hour, hour.plus(Duration.ofHours(1)), Dimension.ALL);
		assertThat(ledger.summarize(query).get(0).calls()).isEqualTo(2);
		assertThat(ledger.summarize(new LedgerQuery(hour, hour, Dimension.ALL)).get(0).calls()).isZero();
		List<String> ids = new ArrayList<>();
		ledger.forEachCall(hour, hour.plus(Duration.ofHours(1)), (found) -> ids.add(found.id()));
		assertThat(ids).containsExactly("begin", "last");
	}

	@Test
	void sumsAreExactAfterManyThreadsAppended() throws Exception {
		UsageLedger ledger = create();
		int threads = 8;
		List<LedgerModel> models = Collections.synchronizedList(new ArrayList<>());
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			List<Future<?>> futures = IntStream.range(0, threads)
				.<Future<?>>mapToObj((thread) -> executor.submit(() -> models.add(append(ledger, thread))))
				.toList();
			for (Future<?> future : futures) {
				future.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		settle(ledger);
		for (Dimension dimension : Dimension.values()) {
			LedgerModel all = new LedgerModel();
			models.forEach(all::addAll);
			assertThat(ledger.summarize(everything(dimension))).isEqualTo(all.summarize(everything(dimension)));
		}
	}

	/** Returns how many records each thread of the race appends. */
	protected int recordsPerThread() {
		return 400;
	}

	private LedgerModel append(UsageLedger ledger, int thread) {
		LedgerModel model = new LedgerModel();
		LedgerRecords records = new LedgerRecords(thread, "thread-" + thread);
		for (int i = 0; i < recordsPerThread(); i++) {
			Appended next = records.next();
			next.to(ledger);
			model.add(next);
		}
		return model;
	}

	private static CallRecord at(CallRecord call, String id, Instant at) {
		return CallBuilder.like(call).id(id, id).startedAt(at).build();
	}

	private static LedgerQuery everything(Dimension dimension) {
		return new LedgerQuery(FROM, LedgerRecords.NOW.plusSeconds(3600), dimension);
	}

}

package io.github.costwise.accounting;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.accounting.InMemoryUsageLedger.Settings;
import io.github.costwise.model.CostAnswer;
import io.github.costwise.model.CostDimension;
import io.github.costwise.model.CostQuery;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.testsupport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link MemoryQuery} where the newest records do not hold the whole period.
 */
@Tag("unit")
class MemoryQueryTests {

	private static final Instant NOW = LedgerRecords.NOW;

	private static final CostQuery ALL = CostQuery.between(Instant.EPOCH, NOW);

	private final InMemoryUsageLedger ledger = ledger(20);

	@Test
	void sumsOfHoursAnswerExactlyByWhatTheyAreKeptBy() {
		UsageLedger whole = ledger(10_000);
		LedgerRecords records = new LedgerRecords(11);
		IntStream.range(0, 500).mapToObj((i) -> records.next()).forEach((next) -> {
			next.to(whole);
			next.to(this.ledger);
		});
		CostQuery query = CostQuery.between(NOW.minus(Duration.ofHours(40)), NOW.minus(Duration.ofHours(3)));
		for (CostQuery exact : List.of(query, query.by(CostDimension.FEATURE, CostDimension.TENANT),
				query.by(CostDimension.MODEL, CostDimension.HOUR).where(CostDimension.FEATURE, "search"),
				query.by(CostDimension.HOUR).in(ZoneId.of("Europe/Berlin")),
				query.by(CostDimension.DAY).in(ZoneId.of("Europe/Berlin")).where(CostDimension.TENANT, null),
				query.by(CostDimension.PROVIDER).limit(1))) {
			assertThat(this.ledger.query(exact)).as("%s", exact).isEqualTo(whole.query(exact));
			assertThat(this.ledger.query(exact).complete()).isTrue();
		}
	}

	@Test
	void whatAHalfHourHoldsIsUndistinguished() {
		append("a", 30, NOW.minusSeconds(1800));
		append("a", 30, NOW.minusSeconds(7200));
		CostQuery query = CostQuery.between(NOW.minusSeconds(7300), NOW.minusSeconds(1200)).by(CostDimension.FEATURE);
		CostAnswer answer = this.ledger.query(query);
		assertThat(answer.rows()).singleElement().satisfies((row) -> assertThat(row.sums().calls()).isEqualTo(30));
		assertThat(answer.undistinguished()).satisfies((sums) -> assertThat(sums.calls()).isEqualTo(30));
		assertThat(answer.complete()).isFalse();
		CostQuery open = CostQuery.between(NOW.minusSeconds(7200), NOW).by(CostDimension.HOUR);
		assertThat(this.ledger.query(open).rows()).hasSize(2);
		assertThat(this.ledger.query(open).complete()).isTrue();
		CostAnswer kolkata = this.ledger.query(open.in(ZoneId.of("Asia/Kolkata")));
		assertThat(kolkata.rows()).isEmpty();
		assertThat(kolkata.undistinguished()).satisfies((sums) -> assertThat(sums.calls()).isEqualTo(60));
	}

	@Test
	void keysWithoutRoomAreUndistinguishedAndNoTenantNamedOther() {
		InMemoryUsageLedger full = new InMemoryUsageLedger(
				new Settings(1, 1, 8, Duration.ofDays(7), Duration.ofDays(90)), Clock.fixed(NOW, ZoneOffset.UTC));
		full.append(TestCalls.call("f", "m", "other", NOW));
		for (int i = 0; i < 99; i++) {
			full.append(TestCalls.call("f", "m", "tenant-" + i, NOW));
		}
		CostQuery now = CostQuery.between(Instant.EPOCH, NOW.plusSeconds(1));
		CostAnswer tenants = full.query(now.by(CostDimension.TENANT));
		assertThat(tenants.rows()).hasSize(6).allSatisfy((row) -> assertThat(row.sums().calls()).isOne());
		assertThat(tenants.undistinguished()).satisfies((sums) -> assertThat(sums.calls()).isEqualTo(94));
		assertThat(tenants.gaps()).singleElement().asString().contains("new keys of a full hour");
		assertThat(full.query(now.where(CostDimension.TENANT, "nobody"))).satisfies((answer) -> {
			assertThat(answer.rows().get(0).sums().calls()).isZero();
			assertThat(answer.undistinguished()).isNotNull();
		});
		assertThat(full.query(now.by(CostDimension.MODEL))).satisfies((answer) -> {
			assertThat(answer.complete()).isTrue();
			assertThat(answer.rows().get(0).sums().calls()).isEqualTo(100);
		});
	}

	@Test
	void usersAreDistinguishedAmongTheNewestCallsAndTheRestIsNotLeftOutSilently() {
		append("old", 80, NOW.minusSeconds(5000));
		append("new", 20, NOW.minusSeconds(60));
		CostAnswer answer = this.ledger.query(ALL.by(CostDimension.USER, CostDimension.PURPOSE));
		assertThat(answer.complete()).isFalse();
		assertThat(answer.from()).isEqualTo(NOW.minusSeconds(5000).plusNanos(1));
		assertThat(answer.rows()).singleElement().satisfies((row) -> assertThat(row.sums().calls()).isEqualTo(20));
		assertThat(answer.undistinguished()).satisfies((sums) -> {
			assertThat(sums.calls()).isEqualTo(80);
			assertThat(sums.cost())
				.isEqualTo(this.ledger.query(ALL.where(CostDimension.FEATURE, "old")).rows().get(0).sums().cost());
		});
		assertThat(answer.gaps()).singleElement().asString().contains("user, purpose");
		CostQuery recent = CostQuery.between(NOW.minusSeconds(120), NOW).by(CostDimension.USER);
		assertThat(this.ledger.query(recent).complete()).isTrue();
		CostQuery ofNew = ALL.by(CostDimension.USER).where(CostDimension.FEATURE, "new");
		assertThat(this.ledger.query(ofNew).undistinguished()).as("none of that feature is older").isNull();
	}

	@Test
	void daysThatAreForgottenAreSaid() {
		FakeTime clock = new FakeTime(NOW);
		InMemoryUsageLedger ledger = new InMemoryUsageLedger(
				new Settings(1, 1, 8, Duration.ofDays(1), Duration.ofDays(3)), clock);
		for (int day = 0; day < 6; day++) {
			ledger.append(TestCalls.call("f", "m", "t", clock.instant()));
			clock.advance(Duration.ofDays(1));
		}
		CostQuery days = CostQuery.between(Instant.EPOCH, clock.instant());
		CostAnswer answer = ledger.query(days.by(CostDimension.DAY));
		assertThat(answer.rows()).hasSize(4)
			.first()
			.satisfies((row) -> assertThat(row.values()).containsExactly("2026-03-12"));
		assertThat(answer.from()).isEqualTo("2026-03-12T00:00:00Z");
		assertThat(answer.gaps()).singleElement().asString().contains("forgotten");
		CostAnswer hours = ledger.query(days.by(CostDimension.HOUR));
		assertThat(hours.undistinguished()).as("old days have no hours").isNotNull();
		assertThat(hours.gaps()).hasSize(2);
	}

	private void append(String feature, int calls, Instant at) {
		for (int i = 0; i < calls; i++) {
			this.ledger.append(TestCalls.call(feature, "m", "t", at));
		}
	}

	private static InMemoryUsageLedger ledger(int recent) {
		return new InMemoryUsageLedger(new Settings(recent, recent, 400, Duration.ofDays(7), Duration.ofDays(90)),
				Clock.fixed(NOW, ZoneOffset.UTC));
	}

}

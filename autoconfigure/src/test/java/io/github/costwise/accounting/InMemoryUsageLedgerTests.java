package io.github.costwise.accounting;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.accounting.InMemoryUsageLedger.Settings;
import io.github.costwise.model.LedgerFilter;
import io.github.costwise.model.LedgerQuery;
import io.github.costwise.model.LedgerQuery.Dimension;
import io.github.costwise.spi.UsageLedger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link InMemoryUsageLedger}.
 */
@Tag("thorough")
class InMemoryUsageLedgerTests extends UsageLedgerContract {

	private final MovableClock clock = new MovableClock();

	@Override
	protected UsageLedger create() {
		return new InMemoryUsageLedger(Settings.DEFAULTS, this.clock);
	}

	@Override
	protected void settle(UsageLedger ledger) {
	}

	@Override
	protected int recordsPerThread() {
		return 5_000;
	}

	@Test
	void keepsTheNewestTurnsOnly() {
		InMemoryUsageLedger ledger = new InMemoryUsageLedger(
				new Settings(5, 20, 400, Duration.ofDays(7), Duration.ofDays(90)), this.clock);
		LedgerRecords records = new LedgerRecords(3);
		IntStream.range(0, 200).forEach((i) -> records.next().to(ledger));
		assertThat(ledger.recent(any()).stream().filter((event) -> event.turn() != null)).hasSize(5);
		assertThat(ledger.recent(any()).stream().mapToLong((event) -> event.calls().size()).sum())
			.isLessThanOrEqualTo(20);
	}

	@Test
	void newKeysLoseTheirTenantThenEverythingWhenTheHourIsFull() {
		InMemoryUsageLedger ledger = new InMemoryUsageLedger(
				new Settings(1, 1, 8, Duration.ofDays(7), Duration.ofDays(90)), this.clock);
		for (int i = 0; i < 100; i++) {
			ledger.append(TestCalls.call("f", "m", "tenant-" + i, this.clock.instant()));
		}
		assertThat(calls(ledger, Dimension.TENANT)).contains("other=94", "tenant-0=1", "tenant-5=1").hasSize(7);
		assertThat(calls(ledger, Dimension.MODEL)).containsExactly("openai/m=100");
		for (int i = 0; i < 100; i++) {
			ledger.append(TestCalls.call("f", "m" + i, "t", this.clock.instant()));
		}
		assertThat(calls(ledger, Dimension.MODEL)).containsExactlyInAnyOrder("openai/m=100", "openai/m0=1", "other=99");
		assertThat(calls(ledger, Dimension.ALL)).containsExactly("all=200");
	}

	@Test
	void oldHoursAreFoldedIntoDaysAndOldDaysForgotten() {
		InMemoryUsageLedger ledger = new InMemoryUsageLedger(
				new Settings(1, 1, 8, Duration.ofDays(1), Duration.ofDays(3)), this.clock);
		Instant first = this.clock.instant();
		ledger.append(TestCalls.call("f", "m", "t", first));
		this.clock.advance(Duration.ofDays(2));
		ledger.append(TestCalls.call("f", "m", "t", this.clock.instant()));
		ledger.append(TestCalls.call("f", "m", "t", first));
		LedgerQuery otherHour = new LedgerQuery(first.minus(Duration.ofHours(3)), first.minus(Duration.ofHours(2)),
				Dimension.ALL);
		assertThat(ledger.summarize(otherHour).get(0).calls()).as("whole day counts").isEqualTo(2);
		assertThat(calls(ledger, Dimension.DAY)).containsExactlyInAnyOrder("2026-03-10=2", "2026-03-12=1");
		this.clock.advance(Duration.ofDays(2));
		ledger.append(TestCalls.call("f", "m", "t", this.clock.instant()));
		assertThat(calls(ledger, Dimension.DAY)).containsExactlyInAnyOrder("2026-03-12=1", "2026-03-14=1");
	}

	@Test
	void nothingIsLostWhileHoursAreFolded() throws Exception {
		InMemoryUsageLedger ledger = new InMemoryUsageLedger(
				new Settings(1, 1, 8, Duration.ofDays(1), Duration.ofDays(10_000)), this.clock);
		ExecutorService executor = Executors.newFixedThreadPool(4);
		try {
			List<Future<?>> futures = IntStream.range(0, 4)
				.<Future<?>>mapToObj((thread) -> executor.submit(() -> appendAround(ledger)))
				.toList();
			for (Future<?> future : futures) {
				future.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(calls(ledger, Dimension.ALL)).containsExactly("all=80000");
	}

	/** Appends calls that lie before, in and after the hour that is being folded. */
	private void appendAround(InMemoryUsageLedger ledger) {
		for (int i = 0; i < 20_000; i++) {
			Instant now = (i % 20 == 0) ? this.clock.advance(Duration.ofHours(1)) : this.clock.instant();
			ledger.append(TestCalls.call("f", "m" + i % 3, "t", now.minus(Duration.ofHours(i % 60))));
		}
	}

	@Test
	void badSettingsSayWhatToChange() {
		assertThatExceptionOfType(CostwiseConfigurationException.class)
			.isThrownBy(() -> new Settings(1, 1, 7, Duration.ofDays(1), Duration.ofDays(3)))
			.withMessageContaining("costwise.ledger.memory.keys-per-hour is 7")
			.withMessageContaining("8 or more");
		assertThatExceptionOfType(CostwiseConfigurationException.class)
			.isThrownBy(() -> new Settings(1, 1, 8, Duration.ofDays(4), Duration.ofDays(3)))
			.withMessageContaining("daily-retention");
	}

	private static LedgerFilter any() {
		return new LedgerFilter(null, null, null, null, null, 1000);
	}

	private static List<String> calls(UsageLedger ledger, Dimension dimension) {
		return ledger.summarize(new LedgerQuery(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"), dimension))
			.stream()
			.map((row) -> row.key() + "=" + row.calls())
			.toList();
	}

	private static final class MovableClock extends Clock {

		private Instant now = LedgerRecords.NOW;

		private synchronized Instant advance(Duration by) {
			this.now = this.now.plus(by);
			return this.now;
		}

		@Override
		public synchronized Instant instant() {
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}

package io.github.costwise.actuate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

import io.github.costwise.Attribution;
import io.github.costwise.accounting.InMemoryUsageLedger;
import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.LedgerHealth;
import io.github.costwise.spi.UsageLedger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link CostExportEndpoint}.
 */
@Tag("chain")
class CostExportEndpointTests {

	private static final List<String> MANDATORY = List.of("BilledCost", "BillingAccountId", "BillingAccountName",
			"BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory", "ChargeClass",
			"ChargeDescription", "ChargePeriodEnd", "ChargePeriodStart", "ContractedCost", "EffectiveCost",
			"InvoiceIssuerName", "ListCost", "PricingQuantity", "PricingUnit", "ProviderName", "PublisherName",
			"ServiceCategory", "ServiceName");

	private final ListLedger ledger = new ListLedger();

	private final CostExportEndpoint endpoint = endpoint(this.ledger);

	@Test
	void shouldWriteARowPerCall() {
		this.ledger.append(Records.call("1",
				new Attribution("=cmd|' /C calc'!A0", "a,\"b\"", null, Map.of("note", "two\nlines", "team", "red")),
				Records.START));
		List<Map<String, String>> rows = Csv.records(this.endpoint.export(null, null, null));
		assertThat(rows).hasSize(1);
		assertThat(rows.get(0)).containsEntry("callId", "1")
			.containsEntry("startedAtUtc", "2026-11-01T10:00:00.250Z")
			.containsEntry("latencyMillis", "420")
			.containsEntry("feature", "'=cmd|' /C calc'!A0")
			.containsEntry("tenant", "a,\"b\"")
			.containsEntry("user", "")
			.containsEntry("tags", "{\"note\":\"two\\u000alines\",\"team\":\"red\"}")
			.containsEntry("inputTokens", "1000")
			.containsEntry("cacheReadTokens", "300")
			.containsEntry("cacheWriteTokens", "200")
			.containsEntry("outputTokens", "100")
			.containsEntry("reasoningTokens", "20")
			.containsEntry("costNanoUsd", "1000000")
			.containsEntry("costUsd", "0.001000000")
			.containsEntry("attempts", "2")
			.containsEntry("priceState", "EXACT");
	}

	@Test
	void shouldWriteTheColumnsOfFocus() {
		this.ledger.append(Records.call("1"));
		List<Map<String, String>> rows = Csv.records(this.endpoint.export(null, null, "FOCUS"));
		assertThat(rows).hasSize(4);
		assertThat(rows.get(0).keySet()).containsAll(MANDATORY);
		assertThat(rows.get(0)).containsEntry("BilledCost", "0.000400000")
			.containsEntry("BillingAccountId", "acct-7")
			.containsEntry("BillingPeriodStart", "2026-11-01T00:00:00Z")
			.containsEntry("BillingPeriodEnd", "2026-12-01T00:00:00Z")
			.containsEntry("ChargePeriodStart", "2026-11-01T10:00:00Z")
			.containsEntry("ChargePeriodEnd", "2026-11-01T10:00:01Z")
			.containsEntry("ChargeCategory", "Usage")
			.containsEntry("ChargeFrequency", "Usage-Based")
			.containsEntry("ConsumedQuantity", "1000")
			.containsEntry("ConsumedUnit", "Tokens")
			.containsEntry("ContractedUnitPrice", "0.0000004")
			.containsEntry("ListUnitPrice", "0.0000005")
			.containsEntry("ProviderName", "OpenAI")
			.containsEntry("ServiceCategory", "AI and Machine Learning")
			.containsEntry("SkuId", "openai/gpt-5-mini")
			.containsEntry("Tags", "{\"feature\":\"support\",\"team\":\"red\",\"tenant\":\"acme\"}")
			.containsEntry("x_Feature", "support");
		assertThat(rows).extracting((row) -> row.get("SkuMeter"))
			.containsExactly("Input Tokens", "Cached Input Tokens", "Output Tokens", "Web Searches");
	}

	@Test
	void shouldAddUpInFocus() {
		this.ledger.append(Records.call("1"));
		this.ledger.append(Records.call("2", Attribution.NONE, Records.START, "m", Outcome.FAILED));
		BigDecimal sum = Csv.records(this.endpoint.export(null, null, "focus"))
			.stream()
			.map((row) -> new BigDecimal(row.get("BilledCost")))
			.reduce(BigDecimal.ZERO, BigDecimal::add);
		assertThat(sum).isEqualByComparingTo("0.002");
	}

	@Test
	void shouldRefuseAnUnknownFormat() {
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> this.endpoint.export(null, null, "xls"))
			.withMessage("'format' must be 'calls' or 'focus', but is 'xls'");
	}

	@Test
	void shouldNotReadAheadOfItsReader() throws Exception {
		EndlessLedger endless = new EndlessLedger();
		int shortestRow = 200;
		try (InputStream stream = endpoint(endless).stream(null, null, null).getInputStream()) {
			int read = stream.readNBytes(10_000).length;
			assertThat(endless.passed.get()).isLessThan((read + (1 << 16) + (1 << 15)) / shortestRow);
		}
		assertThat(endless.stopped.await(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void shouldNotPassOffHalfAFileAsWhole() throws Exception {
		ListLedger failing = new ListLedger() {

			@Override
			public void forEachCall(Instant from, Instant to, Consumer<CallRecord> consumer) {
				consumer.accept(Records.call("1"));
				throw new IllegalStateException("database gone");
			}

		};
		try (InputStream stream = endpoint(failing).stream(null, null, null).getInputStream()) {
			assertThatIOException().isThrownBy(stream::readAllBytes)
				.withMessageContaining("before the end")
				.withRootCauseInstanceOf(IllegalStateException.class);
		}
	}

	@Test
	void shouldSayInHeaderAndTrailerWhatTheMemoryDoesNotHold() {
		InMemoryUsageLedger small = new InMemoryUsageLedger(
				new InMemoryUsageLedger.Settings(10, 3, 8, Duration.ofDays(1), Duration.ofDays(1)), Clock.systemUTC());
		for (int i = 1; i <= 3; i++) {
			small.append(Records.call("" + i, Attribution.NONE, Records.START.plusSeconds(i)));
		}
		for (String format : List.of("calls", "focus")) {
			String whole = endpoint(small).export(null, null, format);
			assertThat(whole).doesNotContain("incomplete");
		}
		small.append(Records.call("4", Attribution.NONE, Records.START.plusSeconds(4)));
		small.append(Records.call("5", Attribution.NONE, Records.START.plusSeconds(5)));
		Instant gone = Records.START.plusSeconds(2);
		for (String format : List.of("calls", "focus")) {
			List<Map<String, String>> rows = Csv.records(endpoint(small).export(null, null, format));
			assertThat(rows.get(0)).containsEntry("incomplete", "");
			assertThat(rows.get(rows.size() - 1).get("incomplete"))
				.startsWith("incomplete: complete only after " + gone);
			assertThat(rows.subList(0, rows.size() - 1))
				.allSatisfy((row) -> assertThat(row).containsEntry("incomplete", ""));
			String since = endpoint(small).export(gone.plusMillis(1).toString(), null, format);
			assertThat(since).as("what is asked for is whole").doesNotContain("incomplete");
		}
	}

	@Test
	void shouldSayWhatIsLostOrWaitsInTheJournal() {
		ListLedger away = new ListLedger() {

			@Override
			public LedgerHealth health() {
				return new LedgerHealth(false, 0, 12, 5, 3, "connection refused");
			}

		};
		away.append(Records.call("1"));
		List<Map<String, String>> rows = Csv.records(endpoint(away).export(null, null, null));
		assertThat(rows).hasSize(2);
		assertThat(rows.get(1)).containsEntry("callId", "")
			.containsEntry("incomplete",
					"incomplete: 12 records wait in the journal for the database; 3 records were lost since the start");
	}

	@Test
	void shouldEndWithARowThatSaysThatTheLedgerFailed() throws Exception {
		ListLedger failing = new ListLedger() {

			@Override
			public void forEachCall(Instant from, Instant to, Consumer<CallRecord> consumer) {
				consumer.accept(Records.call("1"));
				throw new IllegalStateException("database gone");
			}

		};
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		try (InputStream stream = endpoint(failing).stream(null, null, null).getInputStream()) {
			assertThatIOException().isThrownBy(() -> stream.transferTo(received));
		}
		List<Map<String, String>> rows = Csv.records(received.toString(StandardCharsets.UTF_8));
		assertThat(rows).extracting((row) -> row.get("callId"))
			.containsExactly("1", "incomplete: the ledger failed behind the row above");
	}

	@Test
	void shouldTellItsReaderOfAnError() throws Exception {
		ListLedger broken = new ListLedger() {

			@Override
			public void forEachCall(Instant from, Instant to, Consumer<CallRecord> consumer) {
				throw new NoClassDefFoundError("driver");
			}

		};
		try (InputStream stream = endpoint(broken).stream(null, null, null).getInputStream()) {
			assertThatIOException().isThrownBy(stream::readAllBytes)
				.withRootCauseInstanceOf(NoClassDefFoundError.class);
		}
	}

	private static CostExportEndpoint endpoint(UsageLedger ledger) {
		Clock clock = Clock.fixed(Records.START.plus(Duration.ofDays(9)), ZoneOffset.UTC);
		return new CostExportEndpoint(ledger, clock, "acct-7", new Background(new Faults()));
	}

	private static final class EndlessLedger extends ListLedger {

		private final AtomicInteger passed = new AtomicInteger();

		private final CountDownLatch stopped = new CountDownLatch(1);

		@Override
		public void forEachCall(Instant from, Instant to, Consumer<CallRecord> consumer) {
			try {
				while (true) {
					consumer.accept(Records.call("1"));
					this.passed.incrementAndGet();
				}
			}
			finally {
				this.stopped.countDown();
			}
		}

	}

}

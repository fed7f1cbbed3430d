package io.github.costwise.accounting.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.costwise.Money;
import io.github.costwise.Tier;
import io.github.costwise.accounting.TestCalls;
import io.github.costwise.accounting.jdbc.Table.TableRow;
import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.jdbc.SchemaMode;
import io.github.costwise.model.CallRecord.Coverage;
import io.github.costwise.model.CallRecord.Operation;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CostSummary;
import io.github.costwise.model.LedgerFilter;
import io.github.costwise.model.LedgerQuery.Dimension;
import io.github.costwise.model.LedgerQuery;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.PriceState;
import io.github.costwise.model.Savings;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.testsupport.TestDatabase;
import io.github.costwise.testsupport.TestTimes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A ledger goes on with what the first release stored and journalled, and works on tables
 * of a newer release, beside an instance of it.
 */
abstract class LedgerUpgradeContract {

	private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");

	private static final Duration SOON = Duration.ofSeconds(30);

	private final TestDatabase database;

	@TempDir
	private Path folder;

	LedgerUpgradeContract(TestDatabase database) {
		this.database = database;
	}

	@AfterEach
	void drop() throws Exception {
		this.database.drop();
	}

	@Test
	void rowsAndJournalOfTheFirstReleaseAreKept() throws Exception {
		DataSource database = firstRelease();
		writeOldJournal(this.folder.resolve("ledger.journal"));
		try (JdbcUsageLedger ledger = open(database, "ledger.journal")) {
			assertThat(ledger.flush(SOON)).isTrue();
			assertThat(ledger.health().lost()).isZero();
			Map<String, CallRecord> calls = byId(calls(ledger), CallRecord::id);
			assertThat(calls).containsOnlyKeys("c1", "c2");
			assertThat(calls.get("c1").price().list()).isEqualTo(Money.ofNanos(1_000_000));
			assertThat(calls.get("c1").price().state()).isEqualTo(PriceState.EXACT);
			assertThat(calls.get("c2").price().state()).isEqualTo(PriceState.ESTIMATED);
			assertThat(calls.get("c2").price().reasons()).isEmpty();
			assertThat(calls.get("c2").ending().attempts()).hasSize(1);
			assertThat(byId(turns(ledger), TurnRecord::id)).containsOnlyKeys("t1", "t2");
			CostSummary sum = sum(ledger);
			assertThat(sum.cost()).isEqualTo(Money.ofNanos(2_000_000));
			assertThat(sum.saved()).isEqualTo(new Savings(Money.ZERO, Money.ofNanos(-250_000), Money.ZERO));
		}
	}

	@Test
	void anInstanceOfTheFirstReleaseGoesOnWritingBesideThisOne() throws Exception {
		DataSource database = firstRelease();
		try (JdbcUsageLedger ledger = open(database, "ledger.journal")) {
			ledger.append(TestCalls.call("f", "m", "t", FROM.plusSeconds(60)));
			assertThat(ledger.flush(SOON)).isTrue();
			execute(database,
					resource("version-1.sql").replace("'c1'", "'c7'")
						.replace("'t1'", "'t7'")
						.replaceAll("(?s)^.*?(?=insert into costwise_turn)", ""));
			assertThat(calls(ledger)).extracting(CallRecord::id).contains("c1", "c7").hasSize(3);
			assertThat(sum(ledger).calls()).isEqualTo(3);
		}
	}

	@Test
	void tablesOfANewerReleaseServeThisOneToo() throws Exception {
		DataSource database = firstRelease();
		open(database, "first.journal").close();
		execute(database, resource("newer.sql"));
		try (JdbcUsageLedger one = open(database, "one.journal");
				JdbcUsageLedger other = open(database, "two.journal")) {
			one.append(TestCalls.call("f", "m", "t", FROM.plusSeconds(60)));
			other.append(TestCalls.call("f", "m", "t", FROM.plusSeconds(61)));
			assertThat(one.flush(SOON)).isTrue();
			assertThat(other.flush(SOON)).isTrue();
			assertThat(calls(one)).hasSize(4).isEqualTo(calls(other));
			assertNewer(byId(calls(one), CallRecord::id).get("c9"));
			TurnRecord turn = byId(turns(one), TurnRecord::id).get("t9");
			assertThat(turn.outcome()).isEqualTo(TurnRecord.TurnOutcome.OTHER);
			assertThat(turn.cacheOutcome()).isEqualTo(TurnRecord.CacheOutcome.OTHER);
			assertThat(turn.route().tier()).isEqualTo(Tier.AUTO);
			assertThat(turn.cost().saved().total()).isEqualTo(Money.ofNanos(7));
			assertThat(sum(one).calls()).isEqualTo(4);
		}
	}

	private static void assertNewer(CallRecord call) {
		assertThat(call.target().operation()).isEqualTo(Operation.OTHER);
		assertThat(call.purpose()).isEqualTo(Purpose.OTHER);
		assertThat(call.target().serviceTier()).isEqualTo(ServiceTier.OTHER);
		assertThat(call.outcome()).isEqualTo(CallRecord.Outcome.OTHER);
		assertThat(call.ending().coverage()).isEqualTo(Coverage.OTHER);
		assertThat(call.usage().source()).isEqualTo(UsageSource.OTHER);
		assertThat(call.price().state()).isEqualTo(PriceState.ESTIMATED);
		assertThat(call.price().reasons()).isEqualTo(Set.of(PriceReason.HOST_UNKNOWN, PriceReason.OTHER));
		assertThat(call.price().list()).isEqualTo(Money.ofNanos(1_250_000));
	}

	@Test
	void journalledRowsOfANewerReleaseAreKeptWithoutWhatIsNotKnown() throws Exception {
		DataSource database = this.database.create();
		Path file = this.folder.resolve("ledger.journal");
		TableRow row = CallTable.TABLE.row(TestCalls.call("f", "m", "t", FROM.plusSeconds(60)));
		String written = new String(RowCodec.write(row), StandardCharsets.UTF_8);
		try (Journal journal = Journal.open(file, 1 << 20)) {
			journal.append(List.of((written.substring(0, written.length() - 1) + ",\"carbon_grams\":7}")
				.getBytes(StandardCharsets.UTF_8)));
		}
		try (JdbcUsageLedger ledger = open(database, "ledger.journal")) {
			assertThat(ledger.flush(SOON)).isTrue();
			assertThat(calls(ledger)).hasSize(1);
			assertThat(ledger.health().lost()).isZero();
		}
	}

	private DataSource firstRelease() throws Exception {
		DataSource database = this.database.create();
		execute(database, LedgerSchema.script(1));
		execute(database, resource("version-1.sql"));
		return database;
	}

	/** The first release wrote frames of length, checksum and entry, and no header. */
	private static void writeOldJournal(Path file) throws IOException {
		ByteBuffer frames = ByteBuffer.allocate(1 << 16);
		for (String line : resource("version-1.journal.jsonl").split("\n")) {
			byte[] entry = line.getBytes(StandardCharsets.UTF_8);
			CRC32 crc = new CRC32();
			crc.update(entry);
			frames.putInt(entry.length).putInt((int) crc.getValue()).put(entry);
		}
		byte[] written = new byte[frames.flip().remaining()];
		frames.get(written);
		Files.write(file, written);
	}

	private JdbcUsageLedger open(DataSource database, String journal) {
		return JdbcUsageLedger.open(database,
				new JdbcLedgerSettings(10, Duration.ofHours(1), 100, this.folder.resolve(journal), 1 << 20,
						Duration.ofDays(100_000), SOON, SchemaMode.ALWAYS),
				TestTimes.real(), new Background(new Faults()));
	}

	private static List<CallRecord> calls(JdbcUsageLedger ledger) {
		List<CallRecord> calls = new ArrayList<>();
		ledger.forEachCall(FROM, FROM.plus(Duration.ofDays(30)), calls::add);
		return calls;
	}

	private static List<TurnRecord> turns(JdbcUsageLedger ledger) {
		return ledger.recent(new LedgerFilter(null, null, null, null, null, 100))
			.stream()
			.flatMap((event) -> Stream.ofNullable(event.turn()))
			.toList();
	}

	private static CostSummary sum(JdbcUsageLedger ledger) {
		return ledger.summarize(new LedgerQuery(FROM, FROM.plus(Duration.ofDays(30)), Dimension.ALL)).get(0);
	}

	private static <T> Map<String, T> byId(List<T> records, Function<T, String> id) {
		return records.stream().collect(Collectors.toMap(id, Function.identity()));
	}

	private static void execute(DataSource database, String script) throws Exception {
		try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
			for (String part : script.split(";\\s*\n")) {
				if (!part.isBlank()) {
					statement.execute(part);
				}
			}
		}
	}

	private static String resource(String name) throws IOException {
		try (InputStream stream = LedgerUpgradeContract.class.getResourceAsStream(name)) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}

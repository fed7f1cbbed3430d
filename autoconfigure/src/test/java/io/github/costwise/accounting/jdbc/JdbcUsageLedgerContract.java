package io.github.costwise.accounting.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.accounting.LedgerRecords;
import io.github.costwise.accounting.TestCalls;
import io.github.costwise.accounting.UsageLedgerContract;
import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.jdbc.SchemaMode;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CostSummary;
import io.github.costwise.model.LedgerQuery.Dimension;
import io.github.costwise.model.LedgerQuery;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.SmallPool;
import io.github.costwise.testsupport.TestDatabase;
import io.github.costwise.testsupport.TestTimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What a ledger must hold on every database. Writing happens when a test flushes: the
 * flush interval is an hour.
 */
abstract class JdbcUsageLedgerContract extends UsageLedgerContract {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final List<JdbcUsageLedger> opened = new ArrayList<>();

	private final Faults faults = new Faults();

	final TestDatabase database;

	@TempDir
	private Path folder;

	private SwitchableDataSource dataSource;

	JdbcUsageLedgerContract(TestDatabase database) {
		this.database = database;
	}

	@Override
	protected UsageLedger create() throws Exception {
		return open(LedgerRecords.NOW, settings(20_000, 64 << 20));
	}

	@Override
	protected void settle(UsageLedger ledger) {
		assertThat(((JdbcUsageLedger) ledger).flush(SOON)).isTrue();
	}

	@AfterEach
	void closeAll() throws Exception {
		this.opened.forEach(JdbcUsageLedger::close);
		this.database.drop();
	}

	@Test
	void anOutageLosesNothingAndDoublesNothing() throws Exception {
		JdbcUsageLedger ledger = (JdbcUsageLedger) create();
		append(ledger, 30);
		settle(ledger);
		this.dataSource.setDown(true);
		append(ledger, 50);
		assertThat(ledger.flush(SOON)).isFalse();
		append(ledger, 20);
		assertThat(ledger.flush(SOON)).isFalse();
		assertThat(ledger.health()).satisfies((health) -> {
			assertThat(health.reachable()).isFalse();
			assertThat(health.journalled()).isEqualTo(70);
			assertThat(health.queued()).isZero();
			assertThat(health.lost()).isZero();
			assertThat(health.lastError()).contains("connection refused");
		});
		assertThat(this.faults.count(Faults.Kind.LEDGER)).isPositive();
		assertThatIllegalStateException().isThrownBy(() -> count(ledger));
		this.dataSource.setDown(false);
		settle(ledger);
		assertThat(count(ledger)).isEqualTo(100);
		assertThat(ledger.health().stored()).isEqualTo(100);
		assertThat(ledger.health().reachable()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(classes = { AssertionError.class, NoClassDefFoundError.class, OutOfMemoryError.class,
			StackOverflowError.class })
	void anErrorEndsNoThreadAndLosesNothing(Class<? extends Error> type) throws Exception {
		JdbcUsageLedger ledger = (JdbcUsageLedger) create();
		this.dataSource.breakWith(type.getConstructor().newInstance());
		append(ledger, 7);
		assertThat(ledger.flush(SOON)).isFalse();
		assertThat(ledger.health().reachable()).isFalse();
		assertThat(ledger.health().lastError()).contains(type.getSimpleName());
		assertThat(this.faults.last(Faults.Kind.LEDGER)).isEqualTo(type.getName());
		this.dataSource.breakWith(null);
		append(ledger, 3);
		settle(ledger);
		assertThat(count(ledger)).isEqualTo(10);
		assertThat(ledger.health().lost()).isZero();
		assertThat(ledger.health().queued()).isZero();
	}

	@Test
	void aFileOfSomethingElseInPlaceOfTheJournalStopsTheStart() throws Exception {
		create();
		for (String text : List.of("x", "Dear customer, this is no journal.", "PK\3\4 archive", "{\"a\": [1, 2, 3]}")) {
			Path file = Files.writeString(this.folder.resolve("foreign.txt"), text);
			assertThatExceptionOfType(CostwiseConfigurationException.class)
				.isThrownBy(() -> open(LedgerRecords.NOW, settings(1000, 64 << 20, file)))
				.withMessageContaining(file.toString())
				.withMessageContaining("costwise.ledger.jdbc.journal.path");
			assertThat(file).hasContent(text);
		}
	}

	@Test
	void anEmptyFileIsTakenForTheJournal() throws Exception {
		create();
		Path file = Files.createFile(this.folder.resolve("empty.journal"));
		JdbcUsageLedger ledger = open(LedgerRecords.NOW, settings(1000, 64 << 20, file));
		this.dataSource.setDown(true);
		append(ledger, 2);
		ledger.flush(SOON);
		assertThat(ledger.health().journalled()).isEqualTo(2);
		assertThat(file).isNotEmptyFile();
	}

	@Test
	void rowsAreInTheJournalWithinAFlushIntervalHoweverLongTheDatabaseIsWaitedFor() throws Exception {
		Duration interval = Duration.ofSeconds(2);
		this.dataSource = new SwitchableDataSource(this.database.create());
		JdbcUsageLedger ledger = open(LedgerRecords.NOW, new JdbcLedgerSettings(10, interval, 1000,
				this.folder.resolve("slow.journal"), 64 << 20, Duration.ofDays(100_000), SOON, SchemaMode.ALWAYS));
		CountDownLatch latch = this.dataSource.hang();
		for (int round = 1; round <= 3; round++) {
			append(ledger, 25);
			long begun = System.nanoTime();
			int rows = 25 * round;
			Eventually.holds(() -> ledger.health().journalled() >= rows);
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(interval.plusMillis(500));
		}
		latch.countDown();
		settle(ledger);
		assertThat(count(ledger)).isEqualTo(75);
		assertThat(ledger.health().stored()).isEqualTo(75);
		assertThat(ledger.health().lost()).isZero();
		assertThat(ledger.health().queued()).isZero();
	}

	@Test
	void anInterruptOfTheThreadThatClosesLosesNothing() throws Exception {
		JdbcUsageLedger ledger = (JdbcUsageLedger) create();
		this.dataSource.setDown(true);
		append(ledger, 100);
		Thread.currentThread().interrupt();
		ledger.close();
		assertThat(Thread.interrupted()).as("still interrupted").isTrue();
		assertThat(ledger.health().journalled()).isEqualTo(100);
		assertThat(ledger.health().lost()).isZero();
	}

	@Test
	void interruptsOfEveryThreadLoseNothing() throws Exception {
		JdbcUsageLedger ledger = (JdbcUsageLedger) create();
		this.dataSource.setDown(true);
		for (int i = 0; i < 100; i++) {
			append(ledger, 1);
			Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((thread) -> thread.getName().startsWith("costwise-ledger"))
				.forEach(Thread::interrupt);
		}
		Thread.currentThread().interrupt();
		ledger.close();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(ledger.health().journalled()).isEqualTo(100);
		this.dataSource.setDown(false);
		JdbcUsageLedger restarted = open(LedgerRecords.NOW, settings(1000, 64 << 20));
		assertThat(restarted.flush(SOON)).isTrue();
		assertThat(count(restarted)).isEqualTo(100);
	}

	@Test
	void namesOfAnyLengthAreStoredShortAndTakeNoNeighbourWithThem() throws Exception {
		JdbcUsageLedger ledger = (JdbcUsageLedger) create();
		this.dataSource.setDown(true);
		append(ledger, 3);
		String face = "\uD83D\uDE00";
		ledger.append(TestCalls.call(face.repeat(9 << 20), "m".repeat(17 << 20), "t", LedgerRecords.NOW));
		append(ledger, 3);
		assertThat(ledger.flush(SOON)).isFalse();
		assertThat(ledger.health().journalled()).isEqualTo(7);
		this.dataSource.setDown(false);
		settle(ledger);
		assertThat(count(ledger)).isEqualTo(7);
		assertThat(ledger.health().lost()).isZero();
		assertThat(ledger.summarize(query(Dimension.FEATURE))).extracting(CostSummary::key)
			.anySatisfy((key) -> assertThat(key).startsWith(face)
				.hasSizeLessThanOrEqualTo(256)
				.matches("(?:\uD83D\uDE00)+~[0-9a-f]{16}"));
	}

	@Test
	void tablesThatAreNotTheLedgersStopTheStart() throws Exception {
		this.dataSource = new SwitchableDataSource(this.database.create());
		execute("create table costwise_call (id integer primary key, note varchar(10))");
		assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(this::openAgain)
			.withMessageContaining("costwise.ledger.jdbc");
	}

	@Test
	void aMissingColumnAKeyOfItsOwnAndAColumnThatNeedsAValueStopTheStart() throws Exception {
		create().health();
		execute("alter table costwise_call add column theirs varchar(10)");
		openAgain();
		execute("alter table costwise_call alter column theirs set not null");
		assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(this::openAgain)
			.withMessageContaining("costwise_call")
			.withMessageContaining("theirs");
		execute("alter table costwise_call drop column theirs");
		execute("alter table costwise_call add column theirs varchar(10) default 'x' not null");
		openAgain();
		execute("alter table costwise_turn drop column tier_cause");
		assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(this::openAgain)
			.withMessageContaining("costwise_turn")
			.withMessageContaining("tier_cause");
	}

	@Test
	void whatWillNotPassByItselfIsNamedAndLosesNothing() throws Exception {
		JdbcUsageLedger ledger = (JdbcUsageLedger) create();
		execute("alter table costwise_call rename to moved");
		append(ledger, 5);
		assertThat(ledger.flush(SOON)).isFalse();
		assertThat(ledger.health().reachable()).isFalse();
		assertThat(ledger.health().lastError()).contains("Will not pass by itself").contains("42");
		assertThat(ledger.health().journalled()).isEqualTo(5);
		execute("alter table moved rename to costwise_call");
		settle(ledger);
		assertThat(count(ledger)).isEqualTo(5);
	}

	@Test
	void slowReadersHoldNoConnections() throws Exception {
		SmallPool pool = new SmallPool(this.database.create(), 2);
		this.dataSource = new SwitchableDataSource(pool);
		JdbcUsageLedger ledger = open(LedgerRecords.NOW, settings(20_000, 64 << 20));
		append(ledger, 5);
		settle(ledger);
		CountDownLatch goOn = new CountDownLatch(1);
		List<Thread> readers = new ArrayList<>();
		AtomicInteger passed = new AtomicInteger();
		for (int i = 1; i <= 10; i++) {
			CountDownLatch reading = new CountDownLatch(1);
			Thread reader = new Thread(() -> ledger.forEachCall(Instant.MIN, Instant.MAX, (call) -> {
				reading.countDown();
				await(goOn);
				passed.incrementAndGet();
			}));
			reader.start();
			readers.add(reader);
			assertThat(reading.await(30, TimeUnit.SECONDS)).as("reader %d reads", i).isTrue();
		}
		assertThat(pool.free()).isEqualTo(2);
		append(ledger, 1);
		settle(ledger);
		assertThat(count(ledger)).isEqualTo(6);
		goOn.countDown();
		for (Thread reader : readers) {
			reader.join();
		}
		assertThat(passed).hasValue(50);
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void pagesMissAndRepeatNothingWhereverTheyEnd() throws Exception {
		JdbcUsageLedger ledger = (JdbcUsageLedger) create();
		List<CallRecord> expected = new ArrayList<>();
		for (int i = 0; i < 2 * LedgerEvents.FETCH + 300; i++) {
			Instant at = LedgerRecords.NOW.plus(i / 700, ChronoUnit.MICROS);
			expected.add(TestCalls.call("f", "m", "t", at));
		}
		expected.forEach(ledger::append);
		settle(ledger);
		List<String> found = new ArrayList<>();
		List<Instant> moments = new ArrayList<>();
		ledger.forEachCall(Instant.MIN, Instant.MAX, (call) -> {
			found.add(call.id());
			moments.add(call.timing().startedAt());
		});
		assertThat(found).hasSameElementsAs(expected.stream().map(CallRecord::id).toList())
			.hasSize(expected.size())
			.doesNotHaveDuplicates();
		assertThat(moments).isSorted();
		List<CallRecord> within = new ArrayList<>();
		ledger.forEachCall(LedgerRecords.NOW, LedgerRecords.NOW.plus(1, ChronoUnit.MICROS), within::add);
		assertThat(within).hasSize(700);
	}

	@Test
	void saysHowFarBackItReaches() throws Exception {
		JdbcUsageLedger ledger = (JdbcUsageLedger) create();
		Instant kept = LedgerRecords.NOW.minus(Duration.ofDays(90));
		assertThat(ledger.missingUntil(kept.minusSeconds(1))).isEqualTo(kept);
		assertThat(ledger.missingUntil(kept)).isNull();
		assertThat(ledger.missingUntil(Instant.EPOCH)).as("the oldest that there is").isNull();
	}

	@Test
	void aCommitWhoseAnswerIsLostIsNotCountedTwice() throws Exception {
		JdbcUsageLedger ledger = (JdbcUsageLedger) create();
		append(ledger, 5);
		this.dataSource.loseCommits(1);
		ledger.flush(SOON);
		settle(ledger);
		assertThat(count(ledger)).isEqualTo(5);
	}

	@Test
	void theJournalSurvivesARestart() throws Exception {
		JdbcUsageLedger ledger = (JdbcUsageLedger) create();
		this.dataSource.setDown(true);
		append(ledger, 40);
		ledger.close();
		assertThat(ledger.health().journalled()).isEqualTo(40);
		this.dataSource.setDown(false);
		JdbcUsageLedger restarted = open(LedgerRecords.NOW, settings(1000, 64 << 20));
		assertThat(restarted.flush(SOON)).isTrue();
		assertThat(count(restarted)).isEqualTo(40);
	}

	@Test
	void startsWithoutTheDatabaseAndMakesTheTablesOnceItIsThere() throws Exception {
		this.dataSource = new SwitchableDataSource(this.database.create());
		this.dataSource.setDown(true);
		JdbcUsageLedger ledger = open(LedgerRecords.NOW, settings(1000, 64 << 20));
		append(ledger, 3);
		assertThat(ledger.flush(SOON)).isFalse();
		this.dataSource.setDown(false);
		settle(ledger);
		assertThat(count(ledger)).isEqualTo(3);
	}

	@Test
	void closingWritesWhatIsLeft() throws Exception {
		JdbcUsageLedger ledger = open(LedgerRecords.NOW, settings(20_000, 64 << 20, SOON));
		append(ledger, 700);
		ledger.close();
		assertThat(ledger.health().stored()).isEqualTo(700);
		append(ledger, 2);
		assertThat(ledger.health().stored()).isEqualTo(700);
		JdbcUsageLedger restarted = open(LedgerRecords.NOW, settings(1000, 64 << 20));
		assertThat(count(restarted)).isEqualTo(700);
	}

	@Test
	void closingDoesNotWaitForAHangingDatabaseButKeepsTheRows() throws Exception {
		JdbcUsageLedger ledger = (JdbcUsageLedger) create();
		CountDownLatch latch = this.dataSource.hang();
		append(ledger, 4);
		ledger.flush(Duration.ofMillis(1));
		append(ledger, 5);
		ledger.close();
		assertThat(ledger.health().journalled()).isEqualTo(9);
		latch.countDown();
		JdbcUsageLedger restarted = open(LedgerRecords.NOW, settings(1000, 64 << 20));
		assertThat(restarted.flush(SOON)).isTrue();
		assertThat(count(restarted)).isEqualTo(9);
	}

	@Test
	void aHangingDatabaseDoesNotOverflowTheQueueWhileTheJournalHasRoom() throws Exception {
		this.dataSource = new SwitchableDataSource(this.database.create());
		JdbcUsageLedger ledger = open(LedgerRecords.NOW, new JdbcLedgerSettings(10, Duration.ofMillis(1), 100,
				this.folder.resolve("hang.journal"), 64 << 20, Duration.ofDays(90), SOON, SchemaMode.ALWAYS));
		CountDownLatch latch = this.dataSource.hang();
		append(ledger, 10);
		for (int i = 0; i < 500; i++) {
			Eventually.holds(() -> ledger.health().queued() <= 80);
			append(ledger, 1);
		}
		assertThat(ledger.health().journalled()).isGreaterThan(400);
		latch.countDown();
		settle(ledger);
		assertThat(count(ledger)).isEqualTo(510);
		assertThat(ledger.health().lost()).isZero();
	}

	@Test
	void whatDoesNotFitIntoTheQueueOrTheJournalIsCountedAndReported() throws Exception {
		create();
		this.dataSource.setDown(true);
		JdbcUsageLedger ledger = open(LedgerRecords.NOW, settings(1000, 4000));
		append(ledger, 900);
		ledger.flush(SOON);
		long journalled = ledger.health().journalled();
		assertThat(journalled).isBetween(2L, 20L);
		assertThat(ledger.health().lost()).isEqualTo(900 - journalled);
		assertThat(ledger.health().lastError()).contains("the journal is full");
		this.dataSource.setDown(false);
		assertThat(ledger.flush(SOON)).isTrue();
		assertThat(count(ledger)).isEqualTo(journalled);
	}

	@Test
	void aValueThatTheDatabaseRefusesDoesNotStopTheOthers() throws Exception {
		JdbcUsageLedger ledger = (JdbcUsageLedger) create();
		append(ledger, 2);
		ledger.append(TestCalls.call("nul \0 and half \ud800 pair", "m", "t", LedgerRecords.NOW));
		ledger.append(TestCalls.call("f", "m", "t", Instant.MAX));
		ledger.append(TestCalls.call("f", "m", "t", Instant.parse("+290000-01-01T00:00:00Z")));
		append(ledger, 2);
		settle(ledger);
		assertThat(count(ledger)).isGreaterThanOrEqualTo(5);
		assertThat(ledger.health().stored() + ledger.health().lost()).isEqualTo(7);
		assertThat(ledger.health().lost()).isPositive();
		assertThat(ledger.summarize(query(Dimension.FEATURE))).extracting(CostSummary::key)
			.contains("nul ? and half ? pair");
	}

	@Test
	void expiredRowsAreDeletedInBatches() throws Exception {
		JdbcUsageLedger ledger = (JdbcUsageLedger) create();
		append(ledger, 2 * RowStore.DELETE_BATCH + 10);
		settle(ledger);
		CallRecord recent = TestCalls.call("f", "m", "t", LedgerRecords.NOW.plus(Duration.ofDays(1)));
		ledger.append(recent);
		settle(ledger);
		JdbcUsageLedger later = open(LedgerRecords.NOW.plus(Duration.ofDays(91)), settings(1000, 0));
		IntStream.range(0, 3).forEach((i) -> later.flush(SOON));
		List<CallRecord> left = new ArrayList<>();
		later.forEachCall(Instant.MIN, Instant.MAX, left::add);
		assertThat(left).containsExactly(recent);
	}

	@Test
	void twoInstancesShareADatabase() throws Exception {
		JdbcUsageLedger one = (JdbcUsageLedger) create();
		JdbcUsageLedger two = open(LedgerRecords.NOW, settings(1000, 64 << 20));
		this.dataSource.setDown(true);
		append(one, 10);
		append(two, 20);
		one.flush(SOON);
		two.flush(SOON);
		assertThat(one.health().journalled()).isEqualTo(10);
		assertThat(two.health().journalled()).isEqualTo(20);
		this.dataSource.setDown(false);
		settle(one);
		settle(two);
		assertThat(count(one)).isEqualTo(30);
		assertThat(count(two)).isEqualTo(30);
	}

	@Test
	void missingTablesStopTheStart() throws Exception {
		this.dataSource = new SwitchableDataSource(this.database.create());
		JdbcLedgerSettings never = new JdbcLedgerSettings(10, SOON, 100, this.folder.resolve("never.journal"), 0,
				Duration.ofDays(90), SOON, SchemaMode.NEVER);
		assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(() -> open(LedgerRecords.NOW, never))
			.withMessageContaining("do not exist")
			.withMessageContaining("costwise.ledger.jdbc.initialize-schema");
	}

	@Test
	void theDocumentedStatementsWork() throws Exception {
		this.dataSource = new SwitchableDataSource(this.database.create());
		List<String> documented = documentedStatements();
		for (int version = 1; version <= LedgerSchema.VERSION; version++) {
			execute(LedgerSchema.script(version));
		}
		execute(documented.get(0));
		JdbcUsageLedger ledger = open(LedgerRecords.NOW, new JdbcLedgerSettings(10, SOON, 100,
				this.folder.resolve("never.journal"), 64 << 20, Duration.ofDays(90), SOON, SchemaMode.NEVER));
		append(ledger, 3);
		settle(ledger);
		try (Connection connection = this.dataSource.getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(documented.get(1))) {
			assertThat(row.next()).isTrue();
			assertThat(row.getString("tenant")).isEqualTo("t");
			assertThat(row.getLong("calls")).isEqualTo(3);
			assertThat(row.getBigDecimal("usd")).isEqualByComparingTo("0.000000045");
			assertThat(row.next()).isFalse();
		}
	}

	private static List<String> documentedStatements() throws IOException {
		return Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(Path.of(System.getProperty("basedir", "."), "../docs/ledger.md")))
			.results()
			.map((block) -> block.group(1))
			.toList();
	}

	private void execute(String sql) throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private JdbcLedgerSettings settings(int capacity, long journalMaxBytes) {
		return settings(capacity, journalMaxBytes, Duration.ofMillis(500));
	}

	private JdbcLedgerSettings settings(int capacity, long journalMaxBytes, Duration shutdownTimeout) {
		return new JdbcLedgerSettings(100, Duration.ofHours(1), capacity, this.folder.resolve("ledger.journal"),
				journalMaxBytes, Duration.ofDays(90), shutdownTimeout, SchemaMode.ALWAYS);
	}

	private static JdbcLedgerSettings settings(int capacity, long journalMaxBytes, Path journal) {
		return new JdbcLedgerSettings(100, Duration.ofHours(1), capacity, journal, journalMaxBytes, Duration.ofDays(90),
				Duration.ofMillis(500), SchemaMode.ALWAYS);
	}

	private JdbcUsageLedger openAgain() {
		return open(LedgerRecords.NOW, settings(1000, 0));
	}

	private JdbcUsageLedger open(Instant now, JdbcLedgerSettings settings) {
		JdbcUsageLedger ledger = JdbcUsageLedger.open(dataSource(), settings,
				TestTimes.real(Clock.fixed(now, ZoneOffset.UTC)), new Background(this.faults));
		this.opened.add(ledger);
		return ledger;
	}

	private DataSource dataSource() {
		try {
			this.dataSource = (this.dataSource != null) ? this.dataSource
					: new SwitchableDataSource(this.database.create());
			return this.dataSource;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void append(UsageLedger ledger, int calls) {
		IntStream.range(0, calls).forEach((i) -> ledger.append(TestCalls.call("f", "m", "t", LedgerRecords.NOW)));
	}

	private static long count(UsageLedger ledger) {
		return ledger.summarize(query(Dimension.ALL)).get(0).calls();
	}

	private static LedgerQuery query(Dimension dimension) {
		return new LedgerQuery(Instant.MIN, Instant.MAX, dimension);
	}

}

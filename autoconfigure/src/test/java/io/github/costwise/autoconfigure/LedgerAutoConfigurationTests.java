package io.github.costwise.autoconfigure;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.accounting.InMemoryUsageLedger;
import io.github.costwise.accounting.TestCalls;
import io.github.costwise.accounting.jdbc.JdbcUsageLedger;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CostSummary;
import io.github.costwise.model.LedgerFilter;
import io.github.costwise.model.LedgerQuery;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.spi.UsageLedger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LedgerAutoConfiguration}.
 */
@Tag("chain")
class LedgerAutoConfigurationTests {

	@TempDir
	private Path folder;

	private ApplicationContextRunner runner;

	@BeforeEach
	void createRunner() {
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(FaultsAutoConfiguration.class, LedgerAutoConfiguration.class))
			.withPropertyValues("costwise.ledger.jdbc.journal.path=" + this.folder.resolve("ledger.journal"));
	}

	@Test
	void keepsTheLedgerInMemoryByDefault() {
		this.runner
			.run((context) -> assertThat(context).getBean(UsageLedger.class).isInstanceOf(InMemoryUsageLedger.class));
	}

	@Test
	void memoryNeedsNoDatabaseClasses() {
		this.runner.withClassLoader(new FilteredClassLoader("org.h2", "org.postgresql", "org.springframework.jdbc"))
			.run((context) -> assertThat(context).hasSingleBean(InMemoryUsageLedger.class));
	}

	@Test
	void keepsTheLedgerInTheDatabaseWhenAskedTo() {
		this.runner.withUserConfiguration(OneDatabase.class)
			.withPropertyValues("costwise.ledger.type=jdbc")
			.run((context) -> {
				JdbcUsageLedger ledger = context.getBean(JdbcUsageLedger.class);
				ledger.append(TestCalls.call("f", "m", "t", Instant.now()));
				context.close();
				assertThat(ledger.health().stored()).as("closing the context writes what is left").isEqualTo(1);
			});
	}

	@Test
	void backsOffForAnotherLedger() {
		this.runner.withUserConfiguration(OwnLedger.class)
			.withPropertyValues("costwise.ledger.type=jdbc")
			.run((context) -> assertThat(context).getBean(UsageLedger.class).isInstanceOf(NoLedger.class));
	}

	@Test
	void withoutDataSourceTheStartSaysWhatToAdd() {
		this.runner.withPropertyValues("costwise.ledger.type=jdbc")
			.run(failure("there is no DataSource bean.", "spring.datasource.url"));
	}

	@Test
	void severalDataSourcesNeedAName() {
		this.runner.withUserConfiguration(OneDatabase.class, OtherDatabase.class)
			.withPropertyValues("costwise.ledger.type=jdbc")
			.run(failure("there are several DataSource beans.", "one of: one, other"));
		this.runner.withUserConfiguration(OneDatabase.class, OtherDatabase.class)
			.withPropertyValues("costwise.ledger.type=jdbc", "costwise.ledger.jdbc.data-source=other")
			.run((context) -> assertThat(context).hasSingleBean(JdbcUsageLedger.class));
	}

	@Test
	void anUnknownNameOfADataSourceStopsTheStart() {
		this.runner.withUserConfiguration(OneDatabase.class)
			.withPropertyValues("costwise.ledger.type=jdbc", "costwise.ledger.jdbc.data-source=two")
			.run(failure("no DataSource bean named two", "one of: one"));
	}

	@Test
	void valuesOutOfRangeStopTheStart() {
		this.runner.withPropertyValues("costwise.ledger.memory.recent-turns=0")
			.run(failure("costwise.ledger.memory.recent-turns is 0.", "1 or more"));
		this.runner.withUserConfiguration(OneDatabase.class)
			.withPropertyValues("costwise.ledger.type=jdbc", "costwise.ledger.jdbc.queue-capacity=900")
			.run(failure("costwise.ledger.jdbc.queue-capacity is 900.", "1000 or more"));
	}

	@Test
	void aJournalThatCannotBeOpenedStopsTheStart() {
		this.runner.withUserConfiguration(OneDatabase.class)
			.withPropertyValues("costwise.ledger.type=jdbc", "costwise.ledger.jdbc.journal.path=" + this.folder)
			.run(failure("journal of the ledger cannot be opened", "costwise.ledger.jdbc.journal.path"));
	}

	@Test
	void missingTablesStopTheStart() {
		this.runner.withUserConfiguration(OneDatabase.class)
			.withPropertyValues("costwise.ledger.type=jdbc", "costwise.ledger.jdbc.initialize-schema=never")
			.run(failure("do not exist", "costwise.ledger.jdbc.initialize-schema"));
	}

	private static ContextConsumer<AssertableApplicationContext> failure(String problem, String action) {
		return (context) -> {
			FailureAnalysis analysis = new CostwiseConfigurationFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription()).contains(problem);
			assertThat(analysis.getAction()).contains(action);
		};
	}

	private static DataSource h2() {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		return dataSource;
	}

	@Configuration(proxyBeanMethods = false)
	static class OneDatabase {

		@Bean
		DataSource one() {
			return h2();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherDatabase {

		@Bean
		DataSource other() {
			return h2();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnLedger {

		@Bean
		NoLedger ownLedger() {
			return new NoLedger();
		}

	}

	static final class NoLedger implements UsageLedger {

		@Override
		public void append(CallRecord call) {
		}

		@Override
		public void append(TurnRecord turn) {
		}

		@Override
		public List<CostSummary> summarize(LedgerQuery query) {
			return List.of();
		}

		@Override
		public List<LedgerEvent> recent(LedgerFilter filter) {
			return List.of();
		}

		@Override
		public void forEachCall(Instant from, Instant to, Consumer<CallRecord> consumer) {
		}

	}

}

package io.github.costwise.autoconfigure;

import java.nio.file.Path;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.accounting.InMemoryUsageLedger;
import io.github.costwise.accounting.jdbc.JdbcLedgerSettings;
import io.github.costwise.accounting.jdbc.JdbcUsageLedger;
import io.github.costwise.autoconfigure.LedgerProperties.Jdbc;
import io.github.costwise.autoconfigure.LedgerProperties.Memory;
import io.github.costwise.background.Background;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.time.Time;

/**
 * Auto-configuration of the ledger, in memory or in a database.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
@EnableConfigurationProperties(LedgerProperties.class)
public final class LedgerAutoConfiguration {

	@Bean
	static LedgerClosesLast costwiseLedgerClosesLast() {
		return new LedgerClosesLast();
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(UsageLedger.class)
	@ConditionalOnChoice(property = "costwise.ledger.type", of = LedgerProperties.LedgerType.class, value = "MEMORY")
	static class MemoryConfiguration {

		@Bean
		InMemoryUsageLedger costwiseUsageLedger(LedgerProperties properties, Time time) {
			return new InMemoryUsageLedger(settings(properties.memory()), time.clock());
		}

		private static InMemoryUsageLedger.Settings settings(Memory memory) {
			return new InMemoryUsageLedger.Settings(memory.recentTurns(), memory.recentCalls(), memory.keysPerHour(),
					memory.hourlyRetention(), memory.dailyRetention());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(UsageLedger.class)
	@ConditionalOnChoice(property = "costwise.ledger.type", of = LedgerProperties.LedgerType.class, value = "JDBC")
	static class JdbcConfiguration {

		@Bean
		JdbcUsageLedger costwiseUsageLedger(LedgerProperties properties, ListableBeanFactory beans, Time time,
				Background background) {
			return JdbcUsageLedger.open(dataSource(properties.jdbc().dataSource(), beans), settings(properties.jdbc()),
					time, background);
		}

		private static DataSource dataSource(@Nullable String name, ListableBeanFactory beans) {
			DataSource found = (name != null) ? named(name, beans)
					: beans.getBeanProvider(DataSource.class).getIfUnique();
			if (found == null) {
				throw noDataSource(name, String.join(", ", beans.getBeanNamesForType(DataSource.class)));
			}
			return found;
		}

		private static @Nullable DataSource named(String name, ListableBeanFactory beans) {
			boolean fits = beans.containsBean(name) && beans.isTypeMatch(name, DataSource.class);
			return fits ? beans.getBean(name, DataSource.class) : null;
		}

		private static CostwiseConfigurationException noDataSource(@Nullable String name, String names) {
			String number = names.isEmpty() ? "there is no DataSource bean" : "there are several DataSource beans";
			String problem = (name != null) ? "there is no DataSource bean named " + name : number;
			String action = names.isEmpty()
					? "Add spring-boot-starter-jdbc, a driver and spring.datasource.url, or set costwise.ledger.type to "
							+ "memory."
					: "Set costwise.ledger.jdbc.data-source to one of: " + names + ".";
			return new CostwiseConfigurationException("costwise.ledger.type is jdbc, but " + problem + ".", action);
		}

		private static JdbcLedgerSettings settings(Jdbc jdbc) {
			return new JdbcLedgerSettings(jdbc.batchSize(), jdbc.flushInterval(), jdbc.queueCapacity(),
					Path.of(jdbc.journal().path()), jdbc.journal().maxSize().toBytes(), jdbc.retention(),
					jdbc.shutdownTimeout(), jdbc.initializeSchema());
		}

	}

}

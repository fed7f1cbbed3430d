package io.github.costwise.autoconfigure;

import io.micrometer.observation.ObservationRegistry;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.github.costwise.faults.Faults;
import io.github.costwise.observability.CostKeyValues;
import io.github.costwise.spi.UsageLedger;

/**
 * Auto-configuration of the cost on Spring AI's own spans. Spring Boot registers the bean
 * with the observation registry.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = { "io.github.costwise.autoconfigure.CostwiseAutoConfiguration",
		"io.github.costwise.autoconfigure.LedgerAutoConfiguration" })
@ConditionalOnClass({ ObservationRegistry.class, ChatClient.class })
@ConditionalOnBean(UsageLedger.class)
@ConditionalOnBooleanProperty(name = "costwise.observations.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ObservationsProperties.class)
public final class CostKeyValuesAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CostKeyValues costwiseKeyValues(ObjectProvider<Faults> faults) {
		return new CostKeyValues(new AdvisorObservations(), faults.getIfAvailable(Faults::new));
	}

}

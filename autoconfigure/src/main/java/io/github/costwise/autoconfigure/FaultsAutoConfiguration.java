package io.github.costwise.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.github.costwise.Faults;

/**
 * Auto-configuration of the count of faults that every other part reports to.
 *
 * @since 0.1.0
 */
@AutoConfiguration
public final class FaultsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Faults costwiseFaults() {
		return new Faults();
	}

}

package io.github.costwise.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import io.github.costwise.Faults;
import io.github.costwise.background.Background;

/**
 * Auto-configuration of what every other part works with: the count of faults, and the
 * owner of threads.
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

	@Bean
	@ConditionalOnMissingBean
	Background costwiseBackground(Faults faults, Environment environment) {
		return new Background(faults, Threading.VIRTUAL.isActive(environment));
	}

}

package io.github.costwise.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

import io.github.costwise.advisor.ProviderOptions;

/**
 * Auto-configuration of how often the clients of providers repeat a failed request.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = CostwiseAutoConfiguration.class)
@ConditionalOnCostwise
@Conditional(OnFallbackCondition.class)
@EnableConfigurationProperties(FallbackProperties.class)
public final class ProviderRetriesAutoConfiguration {

	@Bean
	@ConditionalOnSetting("costwise.fallback.provider-retries")
	static ProviderRetriesPostProcessor costwiseProviderRetriesPostProcessor(Environment environment) {
		return new ProviderRetriesPostProcessor(environment);
	}

	@Bean
	ProviderRetries costwiseProviderRetries(ConfigurableListableBeanFactory beans, Environment environment,
			ObjectProvider<ProviderOptions> providers, FallbackProperties properties) {
		return new ProviderRetries(beans, environment, providers.orderedStream().toList(), properties);
	}

}

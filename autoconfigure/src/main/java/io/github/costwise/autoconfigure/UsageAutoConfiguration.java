package io.github.costwise.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

import io.github.costwise.accounting.usage.Providers;
import io.github.costwise.accounting.usage.TokenCounters;
import io.github.costwise.accounting.usage.UsageEstimator;
import io.github.costwise.accounting.usage.UsageNormalizers;
import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.TokenCounter;
import io.github.costwise.spi.UsageNormalizer;

/**
 * Auto-configuration of how usage is read, counted and put down to a provider.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@EnableConfigurationProperties(UsageProperties.class)
public final class UsageAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "costwiseUsageNormalizers")
	UsageNormalizers costwiseUsageNormalizers(ObjectProvider<UsageNormalizer> custom, ObjectProvider<Faults> faults) {
		return new UsageNormalizers(custom.orderedStream().toList(), faults.getIfAvailable(Faults::new));
	}

	@Bean
	@ConditionalOnMissingBean
	TokenCounter costwiseTokenCounter() {
		return TokenCounters.jtokkit();
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseUsageEstimator")
	UsageEstimator costwiseUsageEstimator(TokenCounter counter, ObjectProvider<Background> background) {
		return new UsageEstimator(counter, background.getIfAvailable(() -> new Background(new Faults())));
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseProviders")
	Providers costwiseProviders(UsageProperties properties, Environment environment) {
		return new Providers(properties.validProviders(), openAiUrl(environment));
	}

	/**
	 * Spring AI keeps the common base URL of its OpenAI models out of their options, and
	 * takes it from the process environment when no property gives it.
	 */
	private static @Nullable String openAiUrl(Environment environment) {
		if (environment.getProperty("spring.ai.openai.microsoft-foundry", Boolean.class, false)) {
			return "https://openai.azure.com";
		}
		for (String name : new String[] { "spring.ai.openai.base-url", "AZURE_OPENAI_BASE_URL", "OPENAI_BASE_URL" }) {
			String url = environment.getProperty(name);
			if (StringUtils.hasText(url)) {
				return url;
			}
		}
		return null;
	}

}

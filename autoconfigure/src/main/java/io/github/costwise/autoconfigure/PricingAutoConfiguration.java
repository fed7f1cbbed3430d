package io.github.costwise.autoconfigure;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.Faults;
import io.github.costwise.autoconfigure.PricingProperties.LiteLlm;
import io.github.costwise.pricing.CostCalculator;
import io.github.costwise.pricing.LiteLlmRefresher;
import io.github.costwise.pricing.LiteLlmSource;
import io.github.costwise.pricing.PriceCatalog;
import io.github.costwise.pricing.StandardPriceCatalog;

/**
 * Auto-configuration of the price catalogue and of what prices calls by it.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@EnableConfigurationProperties(PricingProperties.class)
public final class PricingAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(PriceCatalog.class)
	StandardPriceCatalog costwisePriceCatalog(PricingProperties properties) {
		return new StandardPriceCatalog(PriceRowMapper.rows(properties.models()));
	}

	@Bean
	@ConditionalOnMissingBean
	CostCalculator costwiseCostCalculator(PriceCatalog catalog, PricingProperties properties) {
		return new CostCalculator(catalog, properties.unknownModel());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "tools.jackson.databind.json.JsonMapper")
	@ConditionalOnProperty("costwise.pricing.litellm.location")
	static class LiteLlmConfiguration {

		@Bean(initMethod = "start")
		@ConditionalOnBean(StandardPriceCatalog.class)
		@ConditionalOnMissingBean
		LiteLlmRefresher costwiseLiteLlmRefresher(StandardPriceCatalog catalog, PricingProperties properties,
				ObjectProvider<Faults> faults, ObjectProvider<Clock> clock) {
			return new LiteLlmRefresher(catalog, source(properties.litellm()), faults.getIfAvailable(Faults::new),
					clock.getIfUnique(Clock::systemUTC));
		}

		private static LiteLlmSource source(LiteLlm litellm) {
			String location = litellm.location();
			check(StringUtils.hasText(location), "location", "an address or a path");
			check(!litellm.refreshInterval().isNegative(), "refresh-interval", "a duration of zero or more");
			check(isPositive(litellm.connectTimeout()), "connect-timeout", "a positive duration");
			check(isPositive(litellm.readTimeout()), "read-timeout", "a positive duration");
			check(litellm.maxSize().toBytes() > 0 && litellm.maxSize().toBytes() < Integer.MAX_VALUE, "max-size",
					"a size between one byte and 2 GB");
			check(litellm.maxChange().compareTo(BigDecimal.ONE) > 0, "max-change", "a factor above one");
			return new LiteLlmSource((location != null) ? location.trim() : "", litellm.refreshInterval(),
					litellm.connectTimeout(), litellm.readTimeout(), (int) litellm.maxSize().toBytes(),
					litellm.maxChange());
		}

		private static boolean isPositive(Duration duration) {
			return !duration.isNegative() && !duration.isZero();
		}

		private static void check(boolean condition, String property, String expected) {
			if (!condition) {
				throw new CostwiseConfigurationException(
						"The value of costwise.pricing.litellm." + property + " cannot be used.",
						"Set costwise.pricing.litellm." + property + " to " + expected + ".");
			}
		}

	}

}

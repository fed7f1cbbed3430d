package io.github.costwise.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.pricing.CostCalculator;
import io.github.costwise.pricing.LiteLlmRefresher;
import io.github.costwise.pricing.ReportedBounds;
import io.github.costwise.pricing.StandardPriceCatalog;
import io.github.costwise.spi.PriceCatalog;
import io.github.costwise.time.Time;

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
	StandardPriceCatalog costwisePriceCatalog(PricingProperties properties, ObjectProvider<Background> background) {
		return new StandardPriceCatalog(PriceRowMapper.rows(properties.models()),
				background.getIfAvailable(() -> new Background(new Faults())));
	}

	@Bean
	@ConditionalOnMissingBean(name = "costwiseCostCalculator")
	CostCalculator costwiseCostCalculator(PriceCatalog catalog, PricingProperties properties) {
		PricingProperties.ReportedAmounts reported = properties.reported();
		return new CostCalculator(catalog, properties.unknownModel(),
				new ReportedBounds(reported.maxFactor(), reported.maxUnknown()),
				DiscountMapper.discounts(properties.discounts()));
	}

	@Bean(initMethod = "start")
	@ConditionalOnSetting("costwise.pricing.litellm.location")
	@ConditionalOnBean(StandardPriceCatalog.class)
	@ConditionalOnMissingBean
	LiteLlmRefresher costwiseLiteLlmRefresher(StandardPriceCatalog catalog, PricingProperties properties,
			Background background, Time time) {
		return new LiteLlmRefresher(catalog, LiteLlmSourceMapper.source(properties.litellm()), background, time);
	}

}

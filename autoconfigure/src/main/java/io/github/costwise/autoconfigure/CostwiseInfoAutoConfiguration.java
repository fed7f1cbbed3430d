package io.github.costwise.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import io.github.costwise.actuate.CostwiseInfoContributor;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.PriceCatalog;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.time.Time;

/**
 * Auto-configuration of the part of {@code info} that tells of Costwise.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = { "io.github.costwise.autoconfigure.CostwiseAutoConfiguration",
		"io.github.costwise.autoconfigure.LedgerAutoConfiguration" })
@ConditionalOnClass({ ConditionalOnEnabledInfoContributor.class, InfoContributor.class })
@ConditionalOnEnabledInfoContributor("costwise")
@ConditionalOnBean(UsageLedger.class)
public final class CostwiseInfoAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CostwiseInfoContributor costwiseInfoContributor(UsageLedger ledger, ObjectProvider<PriceCatalog> catalog,
			ObjectProvider<Faults> faults, Time time, Environment environment) {
		return new CostwiseInfoContributor(StatusFactory.create(ledger, catalog, faults, time, environment));
	}

}

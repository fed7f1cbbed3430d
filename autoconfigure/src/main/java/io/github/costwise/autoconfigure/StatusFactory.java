package io.github.costwise.autoconfigure;

import java.util.Locale;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;

import io.github.costwise.actuate.CostwiseStatus;
import io.github.costwise.faults.Faults;
import io.github.costwise.pipeline.CostMode;
import io.github.costwise.spi.PriceCatalog;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.time.Time;

/**
 * Collects what info and health tell of.
 */
final class StatusFactory {

	private StatusFactory() {
	}

	static CostwiseStatus create(UsageLedger ledger, ObjectProvider<PriceCatalog> catalog,
			ObjectProvider<Faults> faults, Time time, Environment environment) {
		CostMode mode = Choices.of(environment, CostwiseProperties.PREFIX + ".mode", CostMode.ENFORCE);
		return new CostwiseStatus(mode.name().toLowerCase(Locale.ROOT), ledger, catalog.getIfAvailable(),
				faults.getIfAvailable(Faults::new), time.clock());
	}

}

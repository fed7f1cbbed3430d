package io.github.costwise.benchmarks.eval.catalog;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.accounting.usage.Providers;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks that nothing in the shipped catalogue contradicts the rest of it. */
@Tag("unit")
class ShippedCatalogTests {

	@Test
	void nothingContradictsTheRest() {
		CatalogCheck check = CatalogCheck.shipped(Providers.known());
		assertThat(check.rows()).isGreaterThan(1_800);
		assertThat(check.findings()).isEmpty();
	}

}

package io.github.costwise.observability;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.faults.Faults;
import io.github.costwise.model.CatalogInfo;
import io.github.costwise.model.LedgerHealth;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StateMeters}.
 */
@Tag("unit")
class StateMetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final Faults faults = new Faults();

	private final Clock clock = Clock.fixed(Instant.parse("2026-11-25T00:00:00Z"), ZoneOffset.UTC);

	@Test
	void shouldMeterFaultsLedgerAndCatalogue() {
		CatalogInfo info = new CatalogInfo("v1", LocalDate.parse("2026-11-23"), 5, "shipped", null, 0, List.of());
		StateMeters meters = new StateMeters(this.faults, () -> new LedgerHealth(false, 3, 4, 5, 6, "refused"),
				() -> info, this.clock);
		meters.bindTo(this.registry);
		this.faults.report(Faults.Kind.LEDGER, new IllegalStateException("test"));
		assertThat(this.registry.get("costwise.faults").tag("kind", "ledger").functionCounter().count()).isEqualTo(1);
		assertThat(this.registry.get("costwise.faults").tag("kind", "usage").functionCounter().count()).isZero();
		assertThat(this.registry.get("costwise.catalog.age").timeGauge().value()).isEqualTo(172_800);
		assertThat(this.registry.get("costwise.ledger.queued").gauge().value()).isEqualTo(3);
		assertThat(this.registry.get("costwise.ledger.journalled").gauge().value()).isEqualTo(4);
		assertThat(this.registry.get("costwise.ledger.reachable").gauge().value()).isZero();
		assertThat(this.registry.get("costwise.ledger.lost").functionCounter().count()).isEqualTo(6);
	}

	@Test
	void shouldNotInventAnAge() {
		new StateMeters(this.faults, () -> LedgerHealth.IDLE, () -> null, this.clock).bindTo(this.registry);
		assertThat(this.registry.get("costwise.catalog.age").timeGauge().value()).isNaN();
	}

}

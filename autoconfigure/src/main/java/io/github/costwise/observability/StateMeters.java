package io.github.costwise.observability;

import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import io.github.costwise.faults.Faults;
import io.github.costwise.model.CatalogInfo;
import io.github.costwise.model.LedgerHealth;

/**
 * Meters the state of Costwise itself: faults, the age of the price catalogue, and what
 * waits for the ledger's store. Thread-safe.
 *
 * @since 0.1.0
 */
public final class StateMeters implements MeterBinder {

	private final Faults faults;

	private final Supplier<LedgerHealth> ledger;

	private final Supplier<@Nullable CatalogInfo> catalog;

	private final Clock clock;

	/**
	 * Creates the meters.
	 * @param faults what went wrong
	 * @param ledger tells the state of the ledger
	 * @param catalog tells of the catalogue, or {@code null} when it keeps no record
	 * @param clock tells the age of the catalogue
	 */
	public StateMeters(Faults faults, Supplier<LedgerHealth> ledger, Supplier<@Nullable CatalogInfo> catalog,
			Clock clock) {
		this.faults = faults;
		this.ledger = ledger;
		this.catalog = catalog;
		this.clock = clock;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (Faults.Kind kind : Faults.Kind.values()) {
			FunctionCounter.builder("costwise.faults", this.faults, (counted) -> counted.count(kind))
				.description("Faults that were kept away from the application")
				.tag("kind", kind.name().toLowerCase(Locale.ROOT))
				.register(registry);
		}
		TimeGauge.builder("costwise.catalog.age", this, TimeUnit.SECONDS, StateMeters::catalogAge)
			.description("Age of the prices; NaN when the catalogue does not tell")
			.register(registry);
		bindLedger(registry);
	}

	private void bindLedger(MeterRegistry registry) {
		gauge(registry, "costwise.ledger.queued", "Records not yet in the store", LedgerHealth::queued);
		gauge(registry, "costwise.ledger.journalled", "Records kept locally during an outage",
				LedgerHealth::journalled);
		gauge(registry, "costwise.ledger.reachable", "1 when the store was reached last, else 0",
				(health) -> health.reachable() ? 1 : 0);
		FunctionCounter.builder("costwise.ledger.lost", this.ledger, (supplier) -> supplier.get().lost())
			.description("Records that were given up")
			.register(registry);
	}

	private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<LedgerHealth> value) {
		Gauge.builder(name, this.ledger, (supplier) -> value.applyAsDouble(supplier.get()))
			.description(description)
			.strongReference(true)
			.register(registry);
	}

	private double catalogAge() {
		CatalogInfo info = this.catalog.get();
		return (info != null) ? info.age(this.clock.instant()).toSeconds() : Double.NaN;
	}

}

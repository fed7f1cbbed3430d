package io.github.costwise.actuate;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.faults.Faults;
import io.github.costwise.model.CatalogInfo;
import io.github.costwise.model.LedgerHealth;
import io.github.costwise.spi.PriceCatalog;
import io.github.costwise.spi.UsageLedger;

/**
 * What info and health say of Costwise. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CostwiseStatus {

	private final String mode;

	private final UsageLedger ledger;

	private final @Nullable PriceCatalog catalog;

	private final Faults faults;

	private final Clock clock;

	/**
	 * Creates a status.
	 * @param mode how much Costwise may do
	 * @param ledger where costs are kept
	 * @param catalog what models cost, or {@code null}
	 * @param faults what went wrong
	 * @param clock tells the age of the catalogue
	 */
	public CostwiseStatus(String mode, UsageLedger ledger, @Nullable PriceCatalog catalog, Faults faults, Clock clock) {
		this.mode = mode;
		this.ledger = ledger;
		this.catalog = catalog;
		this.faults = faults;
		this.clock = clock;
	}

	LedgerHealth ledgerHealth() {
		return this.ledger.health();
	}

	Map<String, Object> about() {
		Map<String, Object> about = new LinkedHashMap<>();
		String version = CostwiseStatus.class.getPackage().getImplementationVersion();
		if (version != null) {
			about.put("version", version);
		}
		about.put("mode", this.mode);
		about.put("ledger", ledgerType());
		about.put("catalog", catalogDetails());
		return about;
	}

	Map<String, Object> ledgerDetails(LedgerHealth health) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("type", ledgerType());
		details.put("reachable", health.reachable());
		details.put("queuedRecords", health.queued());
		details.put("journalledRecords", health.journalled());
		details.put("storedRecords", health.stored());
		details.put("lostRecords", health.lost());
		if (health.lastError() != null) {
			details.put("lastError", health.lastError());
		}
		return details;
	}

	Map<String, Object> catalogDetails() {
		Map<String, Object> details = new LinkedHashMap<>();
		if (this.catalog == null) {
			return details;
		}
		details.put("version", this.catalog.version());
		CatalogInfo info = this.catalog.info();
		if (info != null) {
			details.put("asOf", info.asOf().toString());
			details.put("ageDays", info.age(this.clock.instant()).toDays());
			details.put("models", info.models());
			details.put("source", info.source());
			details.put("rejectedRows", info.rejectedRows());
		}
		return details;
	}

	Map<String, Long> faultCounts() {
		Map<String, Long> counts = new LinkedHashMap<>();
		for (Faults.Kind kind : Faults.Kind.values()) {
			counts.put(kind.name().toLowerCase(Locale.ROOT), this.faults.count(kind));
		}
		return counts;
	}

	Map<String, String> lastFailures() {
		Map<String, String> failures = new LinkedHashMap<>();
		for (Faults.Kind kind : Faults.Kind.values()) {
			String last = this.faults.last(kind);
			if (last != null) {
				failures.put(kind.name().toLowerCase(Locale.ROOT), last);
			}
		}
		return failures;
	}

	private String ledgerType() {
		return this.ledger.getClass().getSimpleName();
	}

}

package io.github.costwise.actuate;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

import io.github.costwise.accounting.LedgerHealth;

/**
 * Shows the state of ledger, catalogue and faults. Cost control that does not work must
 * not take the application out of service, so that this is {@code UNKNOWN} at worst: when
 * the ledger cannot reach its store or has lost records. Thread-safe.
 *
 * @since 0.1.0
 */
public final class CostwiseHealthIndicator implements HealthIndicator {

	private final CostwiseStatus status;

	/**
	 * Creates an indicator.
	 * @param status what there is to say
	 */
	public CostwiseHealthIndicator(CostwiseStatus status) {
		this.status = status;
	}

	@Override
	public Health health() {
		try {
			LedgerHealth ledger = this.status.ledgerHealth();
			boolean sound = ledger.reachable() && ledger.lost() == 0;
			return new Health.Builder(sound ? Status.UP : Status.UNKNOWN)
				.withDetail("ledger", this.status.ledgerDetails(ledger))
				.withDetail("catalog", this.status.catalogDetails())
				.withDetail("faults", this.status.faultCounts())
				.build();
		}
		catch (RuntimeException ex) {
			return Health.unknown().withDetail("error", ex.getClass().getName()).build();
		}
	}

}

package io.github.costwise.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

import io.github.costwise.background.TeamState;
import io.github.costwise.cache.response.StoreState;
import io.github.costwise.model.LedgerHealth;

/**
 * Shows the state of ledger, catalogue, cache store, budgets and faults. Cost control
 * that does not work must not take the application out of service, so that this is
 * {@code UNKNOWN} at worst: when the ledger cannot reach its store or has lost records.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class CostwiseHealthIndicator implements HealthIndicator {

	private final CostwiseStatus status;

	private final @Nullable Supplier<StoreState> cacheStore;

	private final Supplier<List<TeamState>> threads;

	private final @Nullable Supplier<Map<String, Integer>> overspent;

	/**
	 * Creates an indicator.
	 * @param status what there is to say
	 */
	public CostwiseHealthIndicator(CostwiseStatus status) {
		this(status, null, List::of, null);
	}

	/**
	 * Creates an indicator.
	 * @param status what there is to say
	 * @param cacheStore tells whether the store of the response cache is used, or
	 * {@code null} without a cache
	 * @param threads tells what is done in the background
	 * @param overspent tells which budgets have spent more than their limit, in percents,
	 * or {@code null} without budgets
	 */
	public CostwiseHealthIndicator(CostwiseStatus status, @Nullable Supplier<StoreState> cacheStore,
			Supplier<List<TeamState>> threads, @Nullable Supplier<Map<String, Integer>> overspent) {
		this.status = status;
		this.overspent = overspent;
		this.threads = threads;
		this.cacheStore = cacheStore;
	}

	@Override
	public Health health() {
		try {
			LedgerHealth ledger = this.status.ledgerHealth();
			boolean sound = ledger.reachable() && ledger.lost() == 0;
			Health.Builder health = new Health.Builder(sound ? Status.UP : Status.UNKNOWN);
			if (this.cacheStore != null) {
				health.withDetail("cacheStore", details(this.cacheStore.get()));
			}
			if (this.overspent != null) {
				health.withDetail("budgetsOverLimit", overspent(this.overspent));
			}
			return health.withDetail("ledger", this.status.ledgerDetails(ledger))
				.withDetail("catalog", this.status.catalogDetails())
				.withDetail("faults", this.status.faultCounts())
				.withDetail("lastFailures", this.status.lastFailures())
				.withDetail("background", this.threads.get())
				.build();
		}
		catch (RuntimeException ex) {
			return Health.unknown().withDetail("error", ex.getClass().getName()).build();
		}
	}

	/** A store that does not answer keeps nothing else from being shown. */
	private static Object overspent(Supplier<Map<String, Integer>> budgets) {
		try {
			return budgets.get();
		}
		catch (RuntimeException ex) {
			return "not known: " + ex.getClass().getName();
		}
	}

	private static Map<String, Object> details(StoreState state) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("type", state.store());
		details.put("used", state.used());
		if (state.reason() != null) {
			details.put("reason", state.reason());
		}
		return details;
	}

}

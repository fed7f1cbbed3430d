package io.github.costwise.actuate;

import java.util.Arrays;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

import io.github.costwise.model.LedgerFilter;
import io.github.costwise.model.TurnRecord.TurnOutcome;
import io.github.costwise.spi.UsageLedger;

/**
 * Recent turns with their calls. Read-only and thread-safe.
 *
 * @since 0.1.0
 */
@Endpoint(id = "costevents")
public class CostEventsEndpoint {

	private static final int DEFAULT_LIMIT = 50;

	private static final int MAX_LIMIT = 1000;

	private final UsageLedger ledger;

	/**
	 * Creates an endpoint.
	 * @param ledger where the turns are read
	 */
	public CostEventsEndpoint(UsageLedger ledger) {
		this.ledger = ledger;
	}

	/**
	 * Returns recent turns, newest first. A {@code null} matches everything.
	 * @param feature the feature
	 * @param tenant the tenant
	 * @param user the user
	 * @param model the model that answered one of the calls
	 * @param outcome how the turn ended, in upper or lower case
	 * @param limit how many turns at the most, 1 to 1,000, or {@code null} for 50
	 * @return the turns with their calls
	 */
	@ReadOperation
	public CostEvents events(@Nullable String feature, @Nullable String tenant, @Nullable String user,
			@Nullable String model, @Nullable String outcome, @Nullable String limit) {
		LedgerFilter filter = new LedgerFilter(given(feature), given(tenant), given(user), given(model),
				outcome(given(outcome)), Limits.parse(limit, DEFAULT_LIMIT, MAX_LIMIT));
		return new CostEvents("USD", this.ledger.recent(filter).stream().map(CostEvents.Event::of).toList());
	}

	private static @Nullable String given(@Nullable String value) {
		return Period.isGiven(value) ? value : null;
	}

	private static @Nullable TurnOutcome outcome(@Nullable String value) {
		if (value == null) {
			return null;
		}
		String name = value.trim().toUpperCase(Locale.ROOT);
		return Arrays.stream(TurnOutcome.values())
			.filter((outcome) -> outcome.name().equals(name))
			.findFirst()
			.orElseThrow(() -> Period.invalid(
					"'outcome' must be one of " + Arrays.toString(TurnOutcome.values()) + ", but is '" + value + "'"));
	}

}

package io.github.costwise.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.bounded.RecentMap;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetState;

/**
 * How fast accounts are spent lately, as far as this instance has seen. Remembers the
 * latest 10,000 accounts. Thread-safe.
 */
final class SpendPaces {

	private static final int REMEMBERED = 10_000;

	private final Map<BudgetAccount, SpendPace> paces = RecentMap.shared(REMEMBERED);

	/** Takes what an account has spent now. */
	@Nullable SpendPace booked(BudgetState state, Instant now) {
		Duration whole = BudgetForecast.length(state.span());
		if (whole == null) {
			return null;
		}
		Instant from = state.span().from();
		return this.paces.compute(state.account(),
				(account, known) -> ((known != null && known.from().equals(from)) ? known : SpendPace.begin(from))
					.at(now, state.spent(), whole));
	}

	/** The pace of an account, or {@code null} where none is known of its window. */
	@Nullable SpendPace of(BudgetState state) {
		SpendPace known = this.paces.get(state.account());
		return (known != null && known.from().equals(state.span().from())) ? known : null;
	}

}

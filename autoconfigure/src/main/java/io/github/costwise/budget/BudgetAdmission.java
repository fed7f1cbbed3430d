package io.github.costwise.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.BudgetRefusal;
import io.github.costwise.budget.BudgetControls.Control;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetState;
import io.github.costwise.model.BudgetUnit;
import io.github.costwise.spi.BudgetStore.Admission;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.spi.BudgetStore.Reservation;

/**
 * Asks the store for room on all budgets of a call: those that overflow make place for
 * others where they have none. Thread-safe.
 */
final class BudgetAdmission {

	/** How often a store may say in a row that another window has begun. */
	private static final int MOST_STALE = 3;

	private final BudgetParts parts;

	private final BudgetOutages outages;

	BudgetAdmission(BudgetParts parts, BudgetOutages outages) {
		this.parts = parts;
		this.outages = outages;
	}

	/** The budgets that count a call, without those that only take what others cannot. */
	List<Budget> counting(BudgetSubject subject) {
		if (this.parts.budgets().isEmpty()) {
			return List.of();
		}
		List<Budget> counting = new ArrayList<>(this.parts.budgets().size());
		for (Budget budget : this.parts.budgets()) {
			if (!this.parts.overflows().takesOnly(budget) && budget.concerns(subject)
					&& this.parts.controls().of(budget.id()) != Control.SUSPENDED) {
				counting.add(budget);
			}
		}
		return counting;
	}

	/** Finds room for a call, or throws. */
	FoundRoom admit(String id, BudgetSubject subject, CallBound bound, List<Budget> counting, HoldTerms terms) {
		Instant now = this.parts.time().now();
		List<Budget> asked = new ArrayList<>(counting);
		int stale = 0;
		while (true) {
			requireOpen(asked, subject, now);
			Admission admission = reserve(new Reservation(id, now, now.plus(terms.expiry()), bound.output(),
					demands(asked, subject, bound, now), terms.within()), asked, subject);
			if (admission == null) {
				return new FoundRoom(now, asked, bound.output().most());
			}
			if (admission instanceof Admission.Admitted admitted) {
				admitted.watched().forEach((account) -> this.parts.counts().watched(account.budget()));
				this.parts.live().add(id, terms.expiry().equals(this.parts.settings().expiry()));
				return new FoundRoom(now, asked, admitted.outputCap());
			}
			if (admission instanceof Admission.Stale other && stale++ < MOST_STALE) {
				now = other.now();
				continue;
			}
			Admission.Denied refused = (admission instanceof Admission.Denied denied) ? denied
					: closed(BudgetRefusal.UNAVAILABLE, asked.get(0), subject, now);
			if (refused.refusal() == BudgetRefusal.DRAWN || !overflows(asked, refused.account(), subject)) {
				throw refused(this.parts.budget(refused.account().budget()), refused, now);
			}
		}
	}

	/** Puts the overflow budget in the place of the one that has no room. */
	private boolean overflows(List<Budget> asked, BudgetAccount full, BudgetSubject subject) {
		Budget budget = this.parts.budget(full.budget());
		Budget other = this.parts.overflows().after(budget);
		if (other == null || !other.concerns(subject)
				|| this.parts.controls().of(other.id()) != Control.AS_CONFIGURED) {
			return false;
		}
		int place = asked.indexOf(budget);
		if (asked.contains(other)) {
			asked.remove(place);
		}
		else {
			asked.set(place, other);
		}
		return true;
	}

	private void requireOpen(List<Budget> asked, BudgetSubject subject, Instant now) {
		for (Budget budget : asked) {
			if (isBlocked(budget)) {
				throw refused(budget, closed(BudgetRefusal.BLOCKED, budget, subject, now), now);
			}
		}
	}

	private List<Demand> demands(List<Budget> asked, BudgetSubject subject, CallBound bound, Instant now) {
		List<Demand> demands = new ArrayList<>(asked.size());
		for (Budget budget : asked) {
			demands.add(demand(budget, subject, bound, now));
		}
		return demands;
	}

	private static Admission.Denied closed(BudgetRefusal why, Budget budget, BudgetSubject subject, Instant now) {
		BudgetState state = BudgetParts.unused(budget, subject, now);
		return new Admission.Denied(state.account(), why, 0, state, null);
	}

	/** Asks the store, or returns {@code null} where the call passes without it. */
	private @Nullable Admission reserve(Reservation reservation, List<Budget> asked, BudgetSubject subject) {
		try {
			return this.parts.store().reserve(reservation);
		}
		catch (RuntimeException ex) {
			this.outages.failed(ex);
			return asked.stream()
				.filter((budget) -> !budget.rules().passes() && budget.rules().enforced())
				.findFirst()
				.map((budget) -> closed(BudgetRefusal.UNAVAILABLE, budget, subject, reservation.at()))
				.orElse(null);
		}
	}

	/** The least that a call needs of a budget. */
	long needed(Budget budget, BudgetSubject subject, CallBound bound) {
		Demand demand = demand(budget, subject, bound, this.parts.time().now());
		return demand.amount(bound.output().least(demand, demand.limit()));
	}

	private Demand demand(Budget budget, BudgetSubject subject, CallBound bound, Instant now) {
		BudgetAccount account = budget.account(subject);
		long limit = budget.limit(account);
		boolean counted = !subject.own();
		long fixed = switch (budget.unit()) {
			case USD -> budget.weights().likely() ? bound.likelyNanos() : bound.fixedNanos();
			case TOKENS, INPUT_TOKENS -> bound.inputTokens();
			case OUTPUT_TOKENS -> 0;
			case CALLS, IN_FLIGHT -> counted ? 1 : 0;
			case TURNS -> (counted && bound.firstOfTurn()) ? 1 : 0;
		};
		long perToken = switch (budget.unit()) {
			case USD -> bound.nanosPerToken();
			case TOKENS, OUTPUT_TOKENS -> bound.choices();
			case INPUT_TOKENS, CALLS, TURNS, IN_FLIGHT -> 0;
		};
		long kept = kept(budget, subject, limit);
		return new Demand(account, budget.span(now), limit, budget.rules().carry(), kept, fixed, perToken,
				this.parts.settings().onExpiry(budget.unit(), fixed), budget.rules().enforced());
	}

	/** What of a limit is kept for others. */
	private static long kept(Budget budget, BudgetSubject subject, long limit) {
		int percent = budget.rules().ownShare();
		return subject.own() ? limit - (limit / 100 * percent + limit % 100 * percent / 100) : 0;
	}

	/**
	 * Whether each budget, or one that it overflows into, has so much free now; none has
	 * while the store does not answer.
	 */
	boolean hasRoom(BudgetSubject subject, ToLongFunction<BudgetUnit> needed) {
		try {
			return counting(subject).stream().allMatch((budget) -> {
				long ofUnit = needed.applyAsLong(budget.unit());
				return (ofUnit == 0) ? !isBlocked(budget) : hasRoom(budget, subject, ofUnit);
			});
		}
		catch (RuntimeException ex) {
			this.outages.failed(ex);
			return false;
		}
	}

	private boolean hasRoom(Budget counting, BudgetSubject subject, long needed) {
		Budget budget = counting;
		while (budget != null && budget.concerns(subject)
				&& this.parts.controls().of(budget.id()) == Control.AS_CONFIGURED) {
			BudgetState state = this.parts.state(budget, subject);
			long free = Math.max(0, state.free() - kept(budget, subject, state.limit()));
			if (needed <= free || !budget.rules().enforced()) {
				return true;
			}
			budget = this.parts.overflows().after(budget);
		}
		return false;
	}

	private boolean isBlocked(Budget budget) {
		return this.parts.controls().of(budget.id()) == Control.BLOCKED;
	}

	private BudgetExceededException refused(Budget budget, Admission.Denied refused, Instant now) {
		this.parts.counts().refused(budget.id(), refused.refusal());
		Duration wait = this.parts.live().retryAfter(refused, now);
		return BudgetRefusals.exception(budget, refused, wait);
	}

	/**
	 * How a call holds something.
	 *
	 * @param expiry how long, unless it is extended
	 * @param within id of a hold that it draws on, or {@code null}
	 */
	record HoldTerms(Duration expiry, @Nullable String within) {

	}

	/**
	 * The room that was found for a call.
	 *
	 * @param at when
	 * @param counted the budgets that count it, those that overflowed replaced by others
	 * @param outputCap the output tokens that are held
	 */
	record FoundRoom(Instant at, List<Budget> counted, int outputCap) {

	}

}

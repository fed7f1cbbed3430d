package io.github.costwise.budget.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.BudgetRefusal;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.spi.BudgetStore.Admission;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.spi.BudgetStore.OutputRange;
import io.github.costwise.spi.BudgetStore.Reservation;

/**
 * Finds whether a call fits into its accounts, and how long its answer may be. Used by
 * whoever holds the locks of the accounts.
 *
 * @param <A> the accounts
 * @since 0.1.0
 */
public final class AdmissionCheck<A extends AccountWindows> {

	private final Reservation reservation;

	private final A[] accounts;

	private final AccountWindow[] windows;

	private final @Nullable AccountHold<A> within;

	private int cap;

	private List<BudgetAccount> watched = List.of();

	private Admission.@Nullable Denied refused;

	/**
	 * Looks at all accounts.
	 * @param reservation what is to be held
	 * @param accounts the accounts of its demands, in their order
	 * @param within the hold that it draws on, or {@code null}
	 */
	public AdmissionCheck(Reservation reservation, A[] accounts, @Nullable AccountHold<A> within) {
		this.reservation = reservation;
		this.accounts = accounts;
		this.within = within;
		this.windows = new AccountWindow[accounts.length];
		this.cap = reservation.output().most();
		for (int i = 0; i < accounts.length; i++) {
			Demand demand = reservation.demands().get(i);
			HeldPart around = (within != null) ? within.live(accounts[i]) : null;
			this.windows[i] = (around != null) ? around.window() : accounts[i].window(demand.span());
			if (around != null) {
				draw(demand, accounts[i], around);
				continue;
			}
			this.windows[i].move(reservation.at());
			this.windows[i].allow(demand.limit(), demand.carry());
			check(demand, accounts[i], this.windows[i]);
		}
	}

	/** Of what another hold holds still, all may be used. */
	private void draw(Demand demand, A account, HeldPart around) {
		OutputRange range = this.reservation.output();
		int least = range.least(demand, around.amount());
		long needed = demand.amount(least);
		if (needed <= around.amount()) {
			this.cap = Math.min(this.cap, range.within(demand, least, around.amount()));
		}
		else {
			refuse(demand, account, around.window(), needed, BudgetRefusal.DRAWN);
		}
	}

	private void check(Demand demand, A account, AccountWindow window) {
		long most = window.limit() - demand.kept();
		long spent = window.spent();
		long free = most - spent - window.held();
		OutputRange range = this.reservation.output();
		int least = range.least(demand, window.limit());
		long needed = demand.amount(least);
		if (needed <= free || needed == 0) {
			this.cap = demand.enforced() ? Math.min(this.cap, range.within(demand, least, free)) : this.cap;
		}
		else if (demand.enforced()) {
			refuse(demand, account, window, needed, reason(needed, most, spent));
		}
		else {
			this.watched = new ArrayList<>(this.watched);
			this.watched.add(demand.account());
		}
	}

	private static BudgetRefusal reason(long needed, long most, long spent) {
		if (needed > most) {
			return BudgetRefusal.NEVER_FITS;
		}
		return (needed > most - spent) ? BudgetRefusal.SPENT : BudgetRefusal.HOLDS;
	}

	private void refuse(Demand demand, A account, AccountWindow window, long needed, BudgetRefusal why) {
		Instant room = (why == BudgetRefusal.SPENT) ? window.room(needed + demand.kept()) : null;
		Admission.Denied other = new Admission.Denied(demand.account(), why, needed, account.state(window), room);
		if (this.refused == null || isLonger(other, this.refused)) {
			this.refused = other;
		}
	}

	/** Whether there may be room later than in the other one. */
	private static boolean isLonger(Admission.Denied one, Admission.Denied other) {
		int more = one.refusal().compareTo(other.refusal());
		Instant room = other.room();
		return more > 0 || (more == 0 && room != null && (one.room() == null || one.room().isAfter(room)));
	}

	/**
	 * Returns why it does not fit.
	 * @return the refusal of the account that lasts longest, or {@code null}
	 */
	public Admission.@Nullable Denied refused() {
		return this.refused;
	}

	/**
	 * Returns which accounts would refuse it if their limit was kept.
	 * @return the accounts
	 */
	public List<BudgetAccount> watched() {
		return this.watched;
	}

	/**
	 * Makes its hold, where it fits.
	 * @return the hold, which has not begun
	 */
	public AccountHold<A> hold() {
		HeldPart[] parts = new HeldPart[this.accounts.length];
		for (int i = 0; i < parts.length; i++) {
			Demand demand = this.reservation.demands().get(i);
			long amount = demand.amount(this.cap);
			long onExpiry = (demand.onExpiry() == Demand.WHOLE) ? amount : demand.onExpiry();
			parts[i] = new HeldPart(this.windows[i], amount, onExpiry);
		}
		return new AccountHold<>(this.reservation, this.cap, this.accounts, parts, this.within);
	}

}

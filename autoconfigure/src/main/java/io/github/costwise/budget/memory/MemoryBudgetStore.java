package io.github.costwise.budget.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.budget.account.AdmissionCheck;
import io.github.costwise.budget.account.AccountHold.HoldStage;
import io.github.costwise.budget.account.AccountHold;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore;

/**
 * Keeps budgets in this process: each operation is one short critical section over the
 * accounts of its call. Of 100,000 accounts and more, those of which nothing is spent or
 * whose window is over make room. Knows the latest 1,000 calls that ended, and the latest
 * 10,000 that expired. Thread-safe.
 *
 * @since 0.1.0
 */
public final class MemoryBudgetStore implements BudgetStore {

	private static final int MOST_ACCOUNTS = 100_000;

	private static final Comparator<BudgetState> ORDER = Comparator.comparingInt(BudgetState::percent)
		.reversed()
		.thenComparing((state) -> state.account().owner());

	private final MemoryAccounts accounts;

	private final MemoryHolds holds = new MemoryHolds();

	/** Creates an empty store. */
	public MemoryBudgetStore() {
		this(MOST_ACCOUNTS);
	}

	MemoryBudgetStore(int mostAccounts) {
		this.accounts = new MemoryAccounts(mostAccounts);
	}

	@Override
	public Admission reserve(Reservation reservation) {
		Admission admission = null;
		while (admission == null) {
			admission = tryReserve(reservation);
		}
		return admission;
	}

	private @Nullable Admission tryReserve(Reservation reservation) {
		List<Demand> demands = reservation.demands();
		MemoryAccount[] involved = new MemoryAccount[demands.size()];
		for (int i = 0; i < involved.length; i++) {
			Demand demand = demands.get(i);
			involved[i] = this.accounts.of(demand.account(), demand.span(), reservation.at());
		}
		MemoryAccount[] locked = MemoryAccounts.lock(involved);
		try {
			return MemoryAccounts.areThere(involved) ? admit(reservation, involved) : null;
		}
		finally {
			MemoryAccounts.unlock(locked);
		}
	}

	private Admission admit(Reservation reservation, MemoryAccount[] involved) {
		String around = reservation.within();
		AdmissionCheck<MemoryAccount> check = new AdmissionCheck<>(reservation, involved,
				(around != null) ? this.holds.get(around) : null);
		Admission.Denied refused = check.refused();
		if (refused != null) {
			AccountHold<MemoryAccount> known = this.holds.get(reservation.id());
			return (known != null) ? again(known) : refused;
		}
		AccountHold<MemoryAccount> hold = check.hold();
		AccountHold<MemoryAccount> known = this.holds.add(reservation.id(), hold);
		if (known != null) {
			return again(known);
		}
		hold.begin();
		return new Admission.Admitted(hold.outputCap(), check.watched());
	}

	private static Admission again(AccountHold<MemoryAccount> known) {
		return new Admission.Admitted(known.outputCap(), List.of());
	}

	@Override
	public List<Settled> settle(String id, Instant at, List<Spend> spends) {
		List<Settled> settled = null;
		while (settled == null) {
			AccountHold<MemoryAccount> hold = this.holds.get(id);
			settled = (hold != null) ? end(id, hold, spends) : tryBook(id, at, spends);
		}
		return settled;
	}

	@Override
	public void release(String id) {
		AccountHold<MemoryAccount> hold = this.holds.get(id);
		if (hold != null) {
			end(id, hold, List.of());
		}
	}

	private List<Settled> end(String id, AccountHold<MemoryAccount> hold, List<Spend> spends) {
		MemoryAccount[] locked = MemoryAccounts.lock(hold.accounts());
		HoldStage before = hold.stage();
		List<Settled> settled = List.of();
		try {
			settled = hold.settle(spends);
		}
		finally {
			MemoryAccounts.unlock(locked);
		}
		if (before == HoldStage.HELD) {
			this.holds.ended(id);
		}
		return settled;
	}

	/** Books a call that has no hold, or returns {@code null} to be tried again. */
	private @Nullable List<Settled> tryBook(String id, Instant at, List<Spend> spends) {
		MemoryAccount[] involved = new MemoryAccount[spends.size()];
		for (int i = 0; i < involved.length; i++) {
			involved[i] = this.accounts.of(spends.get(i).account(), spends.get(i).span(), at);
		}
		MemoryAccount[] locked = MemoryAccounts.lock(involved);
		try {
			if (!MemoryAccounts.areThere(involved)
					|| this.holds.add(id, AccountHold.none(at, new MemoryAccount[0])) != null) {
				return null;
			}
			List<Settled> settled = new ArrayList<>(involved.length);
			for (int i = 0; i < involved.length; i++) {
				settled.add(new Settled(involved[i].book(spends.get(i), at), 0, spends.get(i).amount()));
			}
			this.holds.ended(id);
			return settled;
		}
		finally {
			MemoryAccounts.unlock(locked);
		}
	}

	@Override
	public void extend(Collection<String> ids, Instant until) {
		for (String id : ids) {
			AccountHold<MemoryAccount> hold = this.holds.get(id);
			if (hold != null) {
				hold.extend(until);
			}
		}
	}

	@Override
	public List<String> expire(Instant now) {
		List<String> over = new ArrayList<>();
		for (Map.Entry<String, AccountHold<MemoryAccount>> one : this.holds.all()) {
			if (one.getValue().isDue(now) && expire(one.getValue(), now)) {
				over.add(one.getKey());
				forget(this.holds.expired(one.getKey()));
			}
		}
		return over;
	}

	private static boolean expire(AccountHold<MemoryAccount> hold, Instant now) {
		MemoryAccount[] locked = MemoryAccounts.lock(hold.accounts());
		try {
			return hold.expire(now);
		}
		finally {
			MemoryAccounts.unlock(locked);
		}
	}

	private static void forget(@Nullable AccountHold<MemoryAccount> hold) {
		if (hold != null) {
			MemoryAccount[] locked = MemoryAccounts.lock(hold.accounts());
			try {
				hold.forget();
			}
			finally {
				MemoryAccounts.unlock(locked);
			}
		}
	}

	@Override
	public BudgetState adjust(BudgetAccount account, BudgetSpan span, Instant now, long limit, long spent) {
		BudgetState state = null;
		while (state == null) {
			MemoryAccount known = this.accounts.of(account, span, now);
			known.lock();
			try {
				state = known.isRemoved() ? null : known.adjust(span, now, limit, spent);
			}
			finally {
				known.unlock();
			}
		}
		return state;
	}

	@Override
	public List<BudgetState> states(String budget, Instant now, int most) {
		List<BudgetState> states = new ArrayList<>();
		for (MemoryAccount account : this.accounts.all()) {
			BudgetState state = account.account().budget().equals(budget) ? account.present(now) : null;
			if (state != null) {
				states.add(state);
			}
		}
		states.sort(ORDER);
		return List.copyOf(states.subList(0, Math.min(most, states.size())));
	}

	@Override
	public @Nullable BudgetState state(BudgetAccount account, BudgetSpan span, Instant now) {
		MemoryAccount known = this.accounts.known(account);
		return (known != null) ? known.state(span, now) : null;
	}

}

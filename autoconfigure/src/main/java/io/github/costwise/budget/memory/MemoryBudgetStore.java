package io.github.costwise.budget.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.costwise.bounded.RecentMap;
import io.github.costwise.budget.memory.MemoryHold.HeldPart;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetRefusal;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.spi.BudgetStore;

/**
 * Keeps budgets in this process: each operation is one short critical section over the
 * accounts of its call. Of 100,000 accounts and more, those of which nothing is spent or
 * whose window is over make room. Thread-safe.
 *
 * @since 0.1.0
 */
public final class MemoryBudgetStore implements BudgetStore {

	private static final int MOST_ACCOUNTS = 100_000;

	private static final int MOST_ENDED = 10_000;

	private static final Comparator<MemoryAccount> ORDER = Comparator.comparingLong(MemoryAccount::number);

	private final Map<BudgetAccount, MemoryAccount> accounts = new ConcurrentHashMap<>();

	private final Map<String, MemoryHold> holds = new ConcurrentHashMap<>();

	private final Map<String, MemoryHold> expired = RecentMap.shared(MOST_ENDED);

	private final Map<String, Boolean> booked = RecentMap.shared(MOST_ENDED);

	private final AtomicLong numbers = new AtomicLong();

	private final int mostAccounts;

	private volatile int swept;

	/** Creates an empty store. */
	public MemoryBudgetStore() {
		this(MOST_ACCOUNTS);
	}

	MemoryBudgetStore(int mostAccounts) {
		this.mostAccounts = mostAccounts;
	}

	@Override
	public Admission reserve(Reservation reservation) {
		Admission first = tryReserve(reservation);
		boolean mayFree = first instanceof Admission.Refused refused && refused.refusal() == BudgetRefusal.HOLDS
				&& !expire(reservation.at()).isEmpty();
		return mayFree ? tryReserve(reservation) : first;
	}

	private Admission tryReserve(Reservation reservation) {
		return within(new Wanted<>(reservation.demands(), Demand::account, Demand::span, reservation.at()), (involved) -> {
			MemoryHold before = this.holds.get(reservation.id());
			return (before != null) ? new Admission.Admitted(before.outputCap(), List.of())
					: decide(reservation, involved);
		});
	}

	private Admission decide(Reservation reservation, List<MemoryAccount> involved) {
		OutputRange range = reservation.output();
		int cap = range.most();
		List<BudgetAccount> watched = List.of();
		Admission.Refused worst = null;
		for (int i = 0; i < involved.size(); i++) {
			Demand demand = reservation.demands().get(i);
			MemoryAccount account = involved.get(i);
			account.roll(demand);
			int least = range.least(demand, account.limit());
			long needed = demand.amount(least);
			long free = account.free(reservation.at()) - demand.kept();
			if (needed <= free || needed == 0) {
				cap = demand.enforced() ? Math.min(cap, range.within(demand, least, free)) : cap;
			}
			else if (demand.enforced()) {
				worst = worse(worst, refused(account, demand, needed, reservation.at()));
			}
			else {
				watched = new ArrayList<>(watched);
				watched.add(account.account());
			}
		}
		if (worst != null) {
			return worst;
		}
		hold(reservation, involved, cap);
		return new Admission.Admitted(cap, watched);
	}

	private static Admission.Refused worse(Admission.@Nullable Refused one, Admission.Refused other) {
		return (one == null || other.refusal().compareTo(one.refusal()) > 0) ? other : one;
	}

	private static Admission.Refused refused(MemoryAccount account, Demand demand, long needed, Instant now) {
		BudgetRefusal why = BudgetRefusal.HOLDS;
		Instant room = null;
		long most = account.limit() - demand.kept();
		if (needed > most) {
			why = BudgetRefusal.NEVER_FITS;
		}
		else if (needed > most - account.spent(now)) {
			why = BudgetRefusal.SPENT;
			room = account.room(needed + demand.kept());
		}
		return new Admission.Refused(account.account(), why, needed, account.state(now), room);
	}

	private void hold(Reservation reservation, List<MemoryAccount> involved, int cap) {
		List<HeldPart> parts = new ArrayList<>(involved.size());
		for (int i = 0; i < involved.size(); i++) {
			Demand demand = reservation.demands().get(i);
			MemoryAccount account = involved.get(i);
			long amount = demand.amount(cap);
			account.hold(amount);
			long onExpiry = (demand.onExpiry() == Demand.WHOLE) ? amount : demand.onExpiry();
			parts.add(new HeldPart(account, account.span(), amount, onExpiry));
		}
		this.holds.put(reservation.id(), new MemoryHold(reservation.at(), reservation.expires(), cap, parts));
	}

	@Override
	public List<Settled> settle(String id, Instant at, List<Spend> spends) {
		MemoryHold live = this.holds.get(id);
		MemoryHold hold = (live != null) ? live : this.expired.get(id);
		if (hold != null) {
			return settle(id, hold, spends);
		}
		if (this.booked.putIfAbsent(id, Boolean.TRUE) != null) {
			return List.of();
		}
		return within(new Wanted<>(spends, Spend::account, Spend::span, at), (involved) -> book(involved, at, spends));
	}

	private static List<Settled> book(List<MemoryAccount> involved, Instant at, List<Spend> spends) {
		List<Settled> settled = new ArrayList<>(spends.size());
		for (int i = 0; i < spends.size(); i++) {
			Spend spend = spends.get(i);
			MemoryAccount account = involved.get(i);
			account.roll(spend.span(), spend.limit(), 0);
			account.book(spend.span(), at, spend.amount());
			settled.add(new Settled(account.state(at), 0, spend.amount()));
		}
		return settled;
	}

	private List<Settled> settle(String id, MemoryHold hold, List<Spend> spends) {
		return locked(hold.parts().stream().map(HeldPart::account).toList(), () -> {
			if (!hold.end()) {
				return List.of();
			}
			List<Settled> settled = new ArrayList<>(hold.parts().size());
			for (HeldPart part : hold.parts()) {
				settled.add(settle(hold, part, spent(part.account(), spends)));
			}
			this.holds.remove(id);
			this.expired.remove(id);
			this.booked.put(id, Boolean.TRUE);
			return settled;
		});
	}

	private static Settled settle(MemoryHold hold, HeldPart part, long spent) {
		MemoryAccount account = part.account();
		long booked = hold.isExpired() ? part.onExpiry() : 0;
		if (!hold.isExpired()) {
			account.free(part.amount());
		}
		if (spent != booked) {
			account.book(part.span(), hold.at(), spent - booked);
		}
		return new Settled(account.state(hold.at()), part.amount(), spent);
	}

	private static long spent(MemoryAccount account, List<Spend> spends) {
		for (Spend spend : spends) {
			if (spend.account().equals(account.account())) {
				return spend.amount();
			}
		}
		return 0;
	}

	@Override
	public void release(String id) {
		settle(id, Instant.EPOCH, List.of());
	}

	@Override
	public void extend(Collection<String> ids, Instant until) {
		for (String id : ids) {
			MemoryHold hold = this.holds.get(id);
			if (hold != null) {
				hold.extend(until);
			}
		}
	}

	@Override
	public List<String> expire(Instant now) {
		List<String> ended = new ArrayList<>();
		this.holds.forEach((id, hold) -> {
			if (hold.isDue(now) && expire(id, hold, now)) {
				ended.add(id);
			}
		});
		return ended;
	}

	private boolean expire(String id, MemoryHold hold, Instant now) {
		return locked(hold.parts().stream().map(HeldPart::account).toList(), () -> {
			if (!this.holds.containsKey(id) || !hold.isDue(now)) {
				return false;
			}
			hold.expire();
			for (HeldPart part : hold.parts()) {
				part.account().free(part.amount());
				if (part.onExpiry() != 0) {
					part.account().book(part.span(), hold.at(), part.onExpiry());
				}
			}
			this.expired.put(id, hold);
			this.holds.remove(id);
			return true;
		});
	}

	@Override
	public BudgetState adjust(BudgetAccount account, BudgetSpan span, Instant now, long limit, long spent) {
		return within(new Wanted<>(List.of(account), Function.identity(), (any) -> span, now), (involved) -> {
			MemoryAccount known = involved.get(0);
			known.adjust(span, now, limit, spent);
			return known.state(now);
		});
	}

	@Override
	public List<BudgetState> states(String budget, Instant now, int most) {
		List<BudgetState> states = new ArrayList<>();
		for (MemoryAccount account : this.accounts.values()) {
			if (account.account().budget().equals(budget)) {
				states.add(locked(List.of(account), () -> account.state(now)));
			}
		}
		states.sort(Comparator.comparingInt(BudgetState::percent)
			.reversed()
			.thenComparing((state) -> state.account().owner()));
		return List.copyOf(states.subList(0, Math.min(most, states.size())));
	}

	@Override
	public @Nullable BudgetState state(BudgetAccount account, BudgetSpan span, Instant now) {
		MemoryAccount known = this.accounts.get(account);
		if (known == null) {
			return null;
		}
		BudgetState state = locked(List.of(known), () -> known.state(now));
		return state.span().from().isBefore(span.from()) ? null : state;
	}

	/** Does something under the locks of accounts that are there. */
	private <T, R> R within(Wanted<T> wanted, Function<List<MemoryAccount>, R> work) {
		while (true) {
			List<MemoryAccount> involved = wanted.all().stream().map((one) -> account(wanted, one)).toList();
			R done = locked(involved,
					() -> involved.stream().anyMatch(MemoryAccount::isRemoved) ? null : work.apply(involved));
			if (done != null) {
				return done;
			}
		}
	}

	private <T> MemoryAccount account(Wanted<T> wanted, T one) {
		BudgetAccount account = wanted.name().apply(one);
		MemoryAccount known = this.accounts.get(account);
		return (known != null) ? known : create(account, wanted.span().apply(one), wanted.now());
	}

	private MemoryAccount create(BudgetAccount account, BudgetSpan span, Instant now) {
		if (this.accounts.size() >= this.mostAccounts && this.accounts.size() != this.swept) {
			sweep(now);
			this.swept = this.accounts.size();
		}
		return this.accounts.computeIfAbsent(account,
				(key) -> new MemoryAccount(key, this.numbers.incrementAndGet(), span));
	}

	private void sweep(Instant now) {
		for (MemoryAccount account : this.accounts.values()) {
			if (locked(List.of(account), () -> account.remove(now))) {
				this.accounts.remove(account.account(), account);
			}
		}
	}

	/** Accounts are locked in one order, whoever asks for them in which. */
	private static <T extends @Nullable Object> T locked(List<MemoryAccount> involved, Supplier<T> work) {
		if (involved.size() == 1) {
			return locked(involved.get(0), work);
		}
		MemoryAccount[] ordered = involved.toArray(MemoryAccount[]::new);
		Arrays.sort(ordered, ORDER);
		int locked = 0;
		try {
			for (; locked < ordered.length; locked++) {
				ordered[locked].lock().lock();
			}
			return work.get();
		}
		finally {
			while (locked > 0) {
				ordered[--locked].lock().unlock();
			}
		}
	}

	private static <T extends @Nullable Object> T locked(MemoryAccount account, Supplier<T> work) {
		account.lock().lock();
		try {
			return work.get();
		}
		finally {
			account.lock().unlock();
		}
	}

	private record Wanted<T>(List<T> all, Function<T, BudgetAccount> name, Function<T, BudgetSpan> span, Instant now) {

	}

}

package io.github.costwise.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.CostBudgets;
import io.github.costwise.background.Worker;
import io.github.costwise.model.CallRecord;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.budget.BudgetChanges.RecordedChange;
import io.github.costwise.budget.BudgetControls.Control;
import io.github.costwise.budget.BudgetOrder.BudgetVerb;
import io.github.costwise.budget.memory.MemoryBudgetStore;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.BudgetRefusal;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.model.BudgetUnit;
import io.github.costwise.model.CostEvent;
import io.github.costwise.spi.BudgetStore;
import io.github.costwise.spi.BudgetStore.Admission;
import io.github.costwise.spi.BudgetStore.Demand;
import io.github.costwise.spi.BudgetStore.Reservation;
import io.github.costwise.spi.BudgetStore.Settled;
import io.github.costwise.spi.BudgetStore.Spend;
import io.github.costwise.time.Time;

/**
 * Admits calls to their budgets, and books what they used. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Budgets {

	private final List<Budget> budgets;

	private final BudgetOverflows overflows;

	private final BudgetStore store;

	private final BudgetControls controls;

	private final BudgetAlerts alerts;

	private final LiveHolds live;

	private final Faults faults;

	private final Time time;

	private final HoldSettings settings;

	private final BudgetCounts counts;

	/**
	 * Creates an instance.
	 * @param budgets the budgets, in the order in which they are named
	 * @param store keeps what is spent and held
	 * @param settings how holds end
	 * @param events receives alerts and overruns
	 * @param faults counts what the store throws
	 * @param time tells the time
	 */
	public Budgets(List<Budget> budgets, BudgetStore store, HoldSettings settings, Consumer<CostEvent> events,
			Faults faults, Time time) {
		this.budgets = List.copyOf(budgets);
		this.overflows = new BudgetOverflows(this.budgets);
		this.store = store;
		this.settings = settings;
		this.controls = new BudgetControls();
		this.counts = new BudgetCounts();
		this.alerts = new BudgetAlerts(this.counts.counting(events));
		this.live = new LiveHolds(store, settings.expiry(), time);
		this.faults = faults;
		this.time = time;
	}

	/**
	 * Returns an instance without budgets.
	 * @param faults counts nothing
	 * @param time tells the time
	 * @return the instance
	 */
	public static Budgets none(Faults faults, Time time) {
		return new Budgets(List.of(), new MemoryBudgetStore(), HoldSettings.DEFAULT, (event) -> {
		}, faults, time);
	}

	/**
	 * Returns the budgets.
	 * @return the budgets, as configured
	 */
	public List<Budget> all() {
		return this.budgets;
	}

	/**
	 * Returns what is decided at run time.
	 * @return the controls
	 */
	public BudgetControls controls() {
		return this.controls;
	}

	/**
	 * Returns how often calls were refused.
	 * @return the counts
	 */
	public BudgetCounts counts() {
		return this.counts;
	}

	/**
	 * Returns what keeps the spend.
	 * @return the store
	 */
	public BudgetStore store() {
		return this.store;
	}

	/**
	 * Returns what an application asks about its budgets.
	 * @return a view of these budgets
	 */
	public CostBudgets asked() {
		return new ApplicationBudgets(this);
	}

	/**
	 * Keeps the holds of calls in flight from expiring, and ends those of instances that
	 * are gone, until the worker is closed.
	 * @param worker does it
	 */
	public void keepHolds(Worker worker) {
		worker.runEvery(this.live::tick, this.live.pause(), this.live.pause());
	}

	/**
	 * Admits a call to all of its budgets, or to none.
	 * @param id id of the call
	 * @param subject what it belongs to
	 * @param bound the most that it can use
	 * @param counting the budgets that count it
	 * @return what it holds, or {@code null} where no budget counts it
	 * @throws BudgetExceededException if one of them has no room
	 */
	public @Nullable BudgetTicket admit(String id, BudgetSubject subject, CallBound bound, List<Budget> counting) {
		return counting.isEmpty() ? null : admit(id, subject, bound, counting, this.settings.expiry());
	}

	/**
	 * Holds money for work that lasts longer than a call; one that nobody ends expires.
	 */
	@Nullable BudgetTicket hold(String id, BudgetSubject subject, CallBound bound, Duration longest) {
		List<Budget> counting = counting(subject).stream().filter((budget) -> budget.unit() == BudgetUnit.USD).toList();
		return counting.isEmpty() ? null : admit(id, subject, bound, counting, longest);
	}

	/**
	 * Returns the budgets that count a call.
	 * @param subject what it belongs to
	 * @return the budgets, in their order, without those that only take what others have
	 * no room for
	 */
	public List<Budget> counting(BudgetSubject subject) {
		if (this.budgets.isEmpty()) {
			return List.of();
		}
		List<Budget> counting = new ArrayList<>(this.budgets.size());
		for (Budget budget : this.budgets) {
			if (!this.overflows.takesOnly(budget) && budget.concerns(subject)
					&& this.controls.of(budget.id()) != Control.SUSPENDED) {
				counting.add(budget);
			}
		}
		return counting;
	}

	private BudgetTicket admit(String id, BudgetSubject subject, CallBound bound, List<Budget> counting,
			Duration expiry) {
		Instant now = this.time.now();
		List<Budget> asked = new ArrayList<>(counting);
		while (true) {
			requireOpen(asked, subject, now);
			Admission admission = reserve(
					new Reservation(id, now, now.plus(expiry), bound.output(), demands(asked, subject, bound, now)));
			if (admission instanceof Admission.Admitted admitted) {
				admitted.watched().forEach((account) -> this.counts.watched(account.budget()));
				this.live.add(id, expiry.equals(this.settings.expiry()));
				return new BudgetTicket(this, id, now, subject, bound, asked, admitted.outputCap());
			}
			Admission.Denied refused = (Admission.Denied) admission;
			if (!overflows(asked, refused.account(), subject)) {
				throw refused(budget(refused.account().budget()), refused, now);
			}
		}
	}

	/** Puts the overflow budget in the place of the one that has no room. */
	private boolean overflows(List<Budget> asked, BudgetAccount full, BudgetSubject subject) {
		Budget budget = budget(full.budget());
		Budget other = this.overflows.after(budget);
		if (other == null || !other.concerns(subject) || this.controls.of(other.id()) != Control.AS_CONFIGURED) {
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
			if (this.controls.of(budget.id()) == Control.BLOCKED) {
				BudgetAccount account = budget.account(subject);
				BudgetSpan span = budget.span(now);
				BudgetState state = new BudgetState(account, span, budget.limit(account), 0, 0, 0);
				throw refused(budget, new Admission.Denied(account, BudgetRefusal.BLOCKED, 0, state, null), now);
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

	private Admission reserve(Reservation reservation) {
		try {
			return this.store.reserve(reservation);
		}
		catch (RuntimeException ex) {
			this.faults.report(Faults.Kind.BUDGET, ex);
			Demand first = reservation.demands().get(0);
			return new Admission.Denied(first.account(), BudgetRefusal.UNAVAILABLE, 0,
					new BudgetState(first.account(), first.span(), first.limit(), 0, 0, 0), null);
		}
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
		long kept = subject.own() ? limit - share(limit, budget.rules().ownShare()) : 0;
		return new Demand(account, budget.span(now), limit, budget.rules().carry(), kept, fixed, perToken,
				this.settings.onExpiry(budget.unit(), fixed), budget.rules().enforced());
	}

	private static long share(long limit, int percent) {
		return limit / 100 * percent + limit % 100 * percent / 100;
	}

	private BudgetExceededException refused(Budget budget, Admission.Denied refused, Instant now) {
		this.counts.refused(budget.id(), refused.refusal());
		Duration wait = this.live.retryAfter(refused, now);
		return BudgetRefusals.exception(budget, refused, wait);
	}

	private Budget budget(String id) {
		for (Budget budget : this.budgets) {
			if (budget.id().equals(id)) {
				return budget;
			}
		}
		throw new IllegalArgumentException("no budget is called " + id);
	}

	/** Books what a call used that it held. */
	void settle(BudgetTicket ticket, UsedUp used) {
		this.live.remove(ticket.id());
		this.faults.guard(Faults.Kind.BUDGET, () -> {
			List<Spend> spends = spends(ticket.counted(), ticket.subject(), used, ticket.bound().firstOfTurn(),
					ticket.at());
			List<Settled> settled = this.store.settle(ticket.id(), ticket.at(), spends);
			ticket.settled(settled);
			tell(ticket.id(), settled);
		});
	}

	void release(BudgetTicket ticket) {
		this.live.remove(ticket.id());
		this.faults.guard(Faults.Kind.BUDGET, () -> this.store.release(ticket.id()));
	}

	/**
	 * Books a call that was not admitted, since nobody could stop it.
	 * @param id id of the call
	 * @param at when it began
	 * @param subject what it belongs to
	 * @param used what it used
	 */
	public void book(String id, Instant at, BudgetSubject subject, UsedUp used) {
		List<Budget> counting = counting(subject);
		if (!counting.isEmpty()) {
			this.faults.guard(Faults.Kind.BUDGET,
					() -> tell(id, this.store.settle(id, at, spends(counting, subject, used, false, at))));
		}
	}

	private static List<Spend> spends(List<Budget> counted, BudgetSubject subject, UsedUp used, boolean firstOfTurn,
			Instant at) {
		List<Spend> spends = new ArrayList<>(counted.size());
		for (Budget budget : counted) {
			BudgetAccount account = budget.account(subject);
			spends.add(new Spend(account, budget.span(at), budget.limit(account),
					budget.of(used, !subject.own(), firstOfTurn)));
		}
		return spends;
	}

	private void tell(String id, List<Settled> settled) {
		for (Settled one : settled) {
			this.alerts.settled(budget(one.state().account().budget()), id, one);
		}
	}

	/**
	 * Books what a ledger knows into a store that begins empty.
	 * @param ledger the ledger; what it throws is counted, and the budgets begin at zero
	 * @param subjects finds what a call belonged to
	 */
	public void restore(UsageLedger ledger, Function<CallRecord, BudgetSubject> subjects) {
		BudgetRebuild rebuild = new BudgetRebuild(this.budgets, ledger, subjects);
		Instant now = this.time.now();
		this.faults.guard(Faults.Kind.BUDGET, () -> rebuild.spent(now).forEach(this::restore));
	}

	private void restore(BudgetRebuild.Booked booked) {
		BudgetAccount account = booked.account();
		Spend spend = new Spend(account, booked.span(), budget(account.budget()).limit(account), booked.amount());
		this.store.settle("restored " + account + " until " + booked.at(), booked.at(), List.of(spend));
	}

	/**
	 * Does again what was done at run time before a restart, as far as it concerns the
	 * present windows. What concerns no budget any more is passed by, and no spend that a
	 * ledger has forgotten is taken off again.
	 * @param changes what was done, oldest first
	 */
	public void restore(List<RecordedChange> changes) {
		Instant now = this.time.now();
		for (RecordedChange change : changes) {
			this.budgets.stream()
				.filter((budget) -> budget.id().equals(change.budget()))
				.findFirst()
				.ifPresent((budget) -> this.faults.guard(Faults.Kind.BUDGET, () -> restore(budget, change, now)));
		}
	}

	private void restore(Budget budget, RecordedChange change, Instant now) {
		if (!change.verb().isOfAccount()) {
			this.controls.set(budget.id(), Control.by(change.verb()));
			return;
		}
		if (change.unit() != null && !change.unit().equals(budget.unit().label())) {
			return;
		}
		BudgetSpan span = budget.span(now);
		Instant since = (span.rolling() != null) ? now.minus(span.rolling()) : span.from();
		if (change.at().isBefore(since)) {
			return;
		}
		BudgetAccount account = new BudgetAccount(budget.id(), (change.owner() != null) ? change.owner() : "");
		if (change.verb() == BudgetVerb.RAISE) {
			adjust(account, span, now, change.amount(), 0);
			return;
		}
		BudgetState known = this.store.state(account, span, now);
		long spent = (known != null) ? known.spent() : 0;
		adjust(account, span, now, 0, Math.max(change.amount(), -spent));
	}

	/** How long the oldest call in flight has held something. */
	Duration oldestHold() {
		return this.live.oldest();
	}

	/** Changes an account; one of which no call was seen learns its limit first. */
	BudgetState adjust(BudgetAccount account, BudgetSpan span, Instant now, long limit, long spent) {
		Budget budget = budget(account.budget());
		if (this.store.state(account, span, now) == null) {
			this.store.settle("begun " + UUID.randomUUID(), now,
					List.of(new Spend(account, span, budget.limit(account), 0)));
		}
		BudgetState state = this.store.adjust(account, span, now, limit, spent);
		this.alerts.adjusted(budget, state);
		return state;
	}

	/**
	 * Returns an account as it is.
	 * @param budget the budget
	 * @param subject a call that it counts
	 * @return the account; one of which nothing is known is new
	 */
	public BudgetState state(Budget budget, BudgetSubject subject) {
		BudgetAccount account = budget.account(subject);
		Instant now = this.time.now();
		BudgetSpan span = budget.span(now);
		BudgetState known = this.store.state(account, span, now);
		return (known != null) ? known : new BudgetState(account, span, budget.limit(account), 0, 0, 0);
	}

	/**
	 * Returns whether anything is left of the budgets of money and tokens that would
	 * count a call, whatever its model.
	 * @param subject what it belongs to
	 * @return whether none of them is used up, as far as such a call may use it
	 */
	public boolean hasRoom(BudgetSubject subject) {
		for (Budget budget : counting(subject)) {
			boolean paid = budget.unit() == BudgetUnit.USD || budget.unit() == BudgetUnit.TOKENS
					|| budget.unit() == BudgetUnit.INPUT_TOKENS;
			if (this.controls.of(budget.id()) == Control.BLOCKED
					|| (paid && budget.rules().enforced() && free(budget, subject) <= 0)) {
				return false;
			}
		}
		return true;
	}

	private long free(Budget budget, BudgetSubject subject) {
		BudgetState state = state(budget, subject);
		return state.free() - (subject.own() ? state.limit() - share(state.limit(), budget.rules().ownShare()) : 0);
	}

	/**
	 * Returns whether a call should go to a cheaper target, since one of its budgets is
	 * nearly used up.
	 * @param subject what it belongs to
	 * @return whether it should
	 */
	public boolean degrades(BudgetSubject subject) {
		for (Budget budget : counting(subject)) {
			Integer from = budget.rules().degradeAt();
			if (from != null && budget.rules().enforced() && state(budget, subject).percent() >= from) {
				return true;
			}
		}
		return false;
	}

}

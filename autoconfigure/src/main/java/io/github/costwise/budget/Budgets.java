package io.github.costwise.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.CostBudgets;
import io.github.costwise.background.Worker;
import io.github.costwise.budget.BudgetAdmission.FoundRoom;
import io.github.costwise.budget.BudgetAdmission.HoldTerms;
import io.github.costwise.budget.BudgetChanges.RecordedChange;
import io.github.costwise.budget.memory.MemoryBudgetStore;
import io.github.costwise.budget.queue.BudgetQueue;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.BudgetState;
import io.github.costwise.model.BudgetUnit;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CostEvent;
import io.github.costwise.spi.BudgetStore;
import io.github.costwise.spi.BudgetStore.Spend;
import io.github.costwise.spi.SharedBudgetStore;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.time.Time;

/**
 * Admits calls to their budgets, and books what they used. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Budgets {

	private static final Duration POLL = Duration.ofSeconds(1);

	private final BudgetParts parts;

	private final BudgetAdmission admission;

	private final BudgetAlerts alerts;

	private final BudgetWaits waits;

	private final BudgetOutages outages;

	private final SharedBudgets shared;

	private final BudgetBooks books;

	private final LatestStates latest;

	private final boolean degrading;

	/**
	 * Creates an instance in which 1,000 calls may wait.
	 * @param budgets the budgets, in the order in which they are named
	 * @param store keeps what is spent and held
	 * @param settings how holds end
	 * @param events receives alerts and overruns
	 * @param faults counts what the store throws
	 * @param time tells the time
	 */
	public Budgets(List<Budget> budgets, BudgetStore store, HoldSettings settings, Consumer<CostEvent> events,
			Faults faults, Time time) {
		this(budgets, store, settings, new BudgetQueue(1_000, Duration.ofSeconds(10), time), events, faults, time);
	}

	/**
	 * Creates an instance.
	 * @param budgets the budgets, in the order in which they are named
	 * @param store keeps what is spent and held
	 * @param settings how holds end
	 * @param queue the calls that wait for room
	 * @param events receives alerts and overruns
	 * @param faults counts what the store throws
	 * @param time tells the time
	 */
	public Budgets(List<Budget> budgets, BudgetStore store, HoldSettings settings, BudgetQueue queue,
			Consumer<CostEvent> events, Faults faults, Time time) {
		List<Budget> all = List.copyOf(budgets);
		BudgetCounts counts = new BudgetCounts();
		this.parts = new BudgetParts(all, new BudgetOverflows(all), store, settings, new BudgetControls(), counts,
				new LiveHolds(store, settings.expiry(), time), new SpendPaces(), faults, time);
		this.outages = new BudgetOutages(faults);
		this.shared = new SharedBudgets(this.parts);
		this.admission = new BudgetAdmission(this.parts, this.outages);
		this.waits = new BudgetWaits(this.parts, this.admission, queue);
		this.alerts = new BudgetAlerts(counts.counting(events), this.parts.paces(), this.shared::isFirst, time);
		this.latest = new LatestStates(this.parts);
		this.books = new BudgetBooks(this.parts, this.alerts, this.waits, this.outages, this.latest);
		this.degrading = all.stream().anyMatch((budget) -> !budget.rules().degradeAt().isEmpty());
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
		return this.parts.budgets();
	}

	/**
	 * Returns what is decided at run time.
	 * @return the controls
	 */
	public BudgetControls controls() {
		return this.parts.controls();
	}

	/**
	 * Returns how often calls were refused.
	 * @return the counts
	 */
	public BudgetCounts counts() {
		return this.parts.counts();
	}

	/**
	 * Returns what keeps the spend.
	 * @return the store
	 */
	public BudgetStore store() {
		return this.parts.store();
	}

	/**
	 * Returns what lets calls wait.
	 * @return the waiting calls
	 */
	public BudgetWaits waits() {
		return this.waits;
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
		worker.runEvery(() -> {
			if (this.parts.live().tick() > 0) {
				this.waits.changed();
			}
		}, this.parts.live().pause(), this.parts.live().pause());
	}

	/**
	 * Admits a call to all of its budgets, or to none.
	 * @param id id of the call
	 * @param subject what it belongs to
	 * @param bound the most that it can use
	 * @param counting the budgets that count it
	 * @param within id of money that its application holds for it, or {@code null}
	 * @return what it holds, or {@code null} where no budget counts it
	 * @throws BudgetExceededException if one of them has no room
	 */
	public @Nullable BudgetTicket admit(String id, BudgetSubject subject, CallBound bound, List<Budget> counting,
			@Nullable String within) {
		return ticket(id, subject, bound, counting, new HoldTerms(this.parts.settings().expiry(), within));
	}

	/**
	 * Holds money for work that lasts longer than a call; one that nobody ends expires.
	 */
	@Nullable BudgetTicket hold(String id, BudgetSubject subject, CallBound bound, HoldTerms terms) {
		return ticket(id, subject, bound,
				counting(subject).stream().filter((budget) -> budget.unit() == BudgetUnit.USD).toList(), terms);
	}

	private @Nullable BudgetTicket ticket(String id, BudgetSubject subject, CallBound bound, List<Budget> counting,
			HoldTerms terms) {
		if (counting.isEmpty()) {
			return null;
		}
		FoundRoom room = this.admission.admit(id, subject, bound, counting, terms);
		return new BudgetTicket(this, id, subject, bound, room);
	}

	/**
	 * Returns the budgets that count a call.
	 * @param subject what it belongs to
	 * @return the budgets, in their order, without those that only take what others have
	 * no room for
	 */
	public List<Budget> counting(BudgetSubject subject) {
		return this.admission.counting(subject);
	}

	/** Books what a call used that it held. */
	void settle(BudgetTicket ticket, UsedUp used) {
		this.books.settle(ticket, used);
	}

	void release(BudgetTicket ticket) {
		this.books.release(ticket);
	}

	/**
	 * Books a call that was not admitted, since nobody could stop it.
	 * @param id id of the call
	 * @param at when it began
	 * @param subject what it belongs to
	 * @param used what it used
	 */
	public void book(String id, Instant at, BudgetSubject subject, UsedUp used) {
		this.books.book(id, at, subject, counting(subject), used);
	}

	/**
	 * Returns whether the store may keep a thread waiting.
	 * @return whether no thread of an event loop should ask it
	 */
	public boolean isSlow() {
		return this.outages.isSlow();
	}

	/**
	 * Begins to work with other instances that share the store: restores what it has
	 * lost, books what it did not take, and takes over what is decided elsewhere.
	 * @param worker does it
	 * @param restore restores what the store has lost
	 * @param onEventLoop whether this thread must not wait for the store
	 */
	public void share(Worker worker, Runnable restore, BooleanSupplier onEventLoop) {
		this.outages.watch(worker, restore, onEventLoop);
		this.parts.faults().guard(Faults.Kind.BUDGET, restore);
		this.parts.faults().guard(Faults.Kind.BUDGET, this.shared::announce);
		worker.runEvery(this.shared::poll, POLL, POLL);
		if (store() instanceof SharedBudgetStore room) {
			this.parts.faults().guard(Faults.Kind.BUDGET, () -> room.onRoom(this.waits::changed));
		}
	}

	/** Lets all instances know what was decided here. */
	void decided(RecordedChange change) {
		this.parts.faults().guard(Faults.Kind.BUDGET, () -> this.shared.decided(change));
	}

	/**
	 * Books what a ledger knows into a store that begins empty.
	 * @param ledger the ledger; what it throws is counted, and the budgets begin at zero
	 * @param subjects finds what a call belonged to
	 */
	public void restore(UsageLedger ledger, Function<CallRecord, BudgetSubject> subjects) {
		BudgetRestorer restorer = new BudgetRestorer(this, this.parts);
		if (store() instanceof SharedBudgetStore other) {
			restorer.restoreShared(ledger, subjects, other);
		}
		else {
			restorer.restore(ledger, subjects);
		}
	}

	/**
	 * Does again what was done at run time before a restart, as far as it concerns the
	 * present windows. What concerns no budget any more is passed by, and no spend that a
	 * ledger has forgotten is taken off again.
	 * @param changes what was done, oldest first
	 */
	public void restore(List<RecordedChange> changes) {
		new BudgetRestorer(this, this.parts).restore(changes);
	}

	/** What an account will have spent at the end of its window. */
	@Nullable BudgetForecast forecast(BudgetState state) {
		return BudgetForecast.of(state, this.parts.paces().of(state), this.parts.time().now());
	}

	/** How long the oldest call in flight has held something. */
	Duration oldestHold() {
		return this.parts.live().oldest();
	}

	/** Changes an account; one of which no call was seen learns its limit first. */
	BudgetState adjust(BudgetAccount account, BudgetSpan span, Instant now, long limit, long spent) {
		Budget budget = this.parts.budget(account.budget());
		if (this.parts.store().state(account, span, now) == null) {
			this.parts.store()
				.settle("begun " + UUID.randomUUID(), now, List.of(new Spend(account, span, budget.limit(account), 0)));
		}
		BudgetState state = this.parts.store().adjust(account, span, now, limit, spent);
		this.alerts.adjusted(budget, state);
		this.waits.changed();
		return state;
	}

	/**
	 * Returns an account as it is.
	 * @param budget the budget
	 * @param subject a call that it counts
	 * @return the account; one of which nothing is known is new
	 */
	public BudgetState state(Budget budget, BudgetSubject subject) {
		return this.parts.state(budget, subject);
	}

	/**
	 * Returns whether so much is free of all budgets that would count a call, or of those
	 * that they overflow into. Nothing is held.
	 * @param subject what the call belongs to
	 * @param needed what is needed of a unit; budgets of which nothing is needed only
	 * must not be blocked
	 * @return whether there is room at the moment
	 */
	public boolean hasRoom(BudgetSubject subject, ToLongFunction<BudgetUnit> needed) {
		return this.admission.hasRoom(subject, needed);
	}

	/**
	 * Returns how many steps down a call should go, since one of its budgets is nearly
	 * used up.
	 * @param subject what it belongs to
	 * @return the steps; zero for none
	 */
	public int stepsDown(BudgetSubject subject) {
		int steps = 0;
		for (Budget budget : this.degrading ? counting(subject) : List.<Budget>of()) {
			if (!budget.rules().degradeAt().isEmpty() && budget.rules().enforced()) {
				steps = Math.max(steps, budget.rules().steps(this.latest.percent(budget, subject)));
			}
		}
		return steps;
	}

}

package io.github.costwise.budget;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.github.costwise.budget.BudgetAdmission.FoundRoom;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetState;
import io.github.costwise.model.BudgetUnit;
import io.github.costwise.spi.BudgetStore.Settled;

/**
 * What one call holds of its budgets. It ends once: settled, or released where the call
 * was not sent. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BudgetTicket {

	private final Budgets budgets;

	private final String id;

	private final Instant at;

	private final BudgetSubject subject;

	private final CallBound bound;

	private final List<Budget> counted;

	private final int outputCap;

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile @Nullable BudgetState tightest;

	BudgetTicket(Budgets budgets, String id, BudgetSubject subject, CallBound bound, FoundRoom room) {
		this.budgets = budgets;
		this.id = id;
		this.at = room.at();
		this.subject = subject;
		this.bound = bound;
		this.counted = List.copyOf(room.counted());
		this.outputCap = room.outputCap();
	}

	/**
	 * Returns how many output tokens are held.
	 * @return tokens, at least 1
	 */
	public int outputCap() {
		return this.outputCap;
	}

	/**
	 * Books what the call used; only the first end counts.
	 * @param used what it used
	 */
	public void settle(UsedUp used) {
		if (this.ended.compareAndSet(false, true)) {
			this.budgets.settle(this, used);
		}
	}

	/** Books all that is held, since nobody knows what the call used. */
	public void lost() {
		settle(this.bound.whole(this.outputCap));
	}

	/** Gives back what is held, since the call was not sent. */
	public void release() {
		if (this.ended.compareAndSet(false, true)) {
			this.budgets.release(this);
		}
	}

	void settled(List<Settled> states) {
		BudgetState least = null;
		for (Settled one : states) {
			boolean tighter = least == null || one.state().percent() > least.percent();
			least = tighter ? one.state() : least;
		}
		this.tightest = least;
	}

	/**
	 * Returns the account of which the largest share is spent, as it was when the call
	 * was booked.
	 * @return the account, or {@code null} before
	 */
	public @Nullable BudgetState tightest() {
		return this.tightest;
	}

	/**
	 * Returns what a budget counts.
	 * @param account an account of the call
	 * @return the unit
	 */
	public BudgetUnit unit(BudgetAccount account) {
		return this.counted.stream()
			.filter((budget) -> budget.id().equals(account.budget()))
			.findFirst()
			.orElseThrow()
			.unit();
	}

	/** The budgets that count the call. */
	List<Budget> counted() {
		return this.counted;
	}

	String id() {
		return this.id;
	}

	Instant at() {
		return this.at;
	}

	BudgetSubject subject() {
		return this.subject;
	}

	CallBound bound() {
		return this.bound;
	}

}

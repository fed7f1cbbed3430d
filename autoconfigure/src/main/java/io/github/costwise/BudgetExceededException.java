package io.github.costwise;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetRefusal;
import io.github.costwise.model.BudgetUnit;

/**
 * A budget has no room for a call, which was not sent. Trying again at once is of no use;
 * {@link #retryAfter()} tells when it may be.
 *
 * @since 0.1.0
 */
public class BudgetExceededException extends CostLimitExceededException {

	private final BudgetAccount account;

	private final BudgetUnit unit;

	private final BudgetRefusal refusal;

	private final @Nullable Instant reset;

	private final @Nullable Duration retryAfter;

	private final boolean ofTarget;

	/**
	 * Creates an exception.
	 * @param message which budget has no room, and why
	 * @param account its account
	 * @param unit what it counts
	 * @param refusal why it has no room
	 * @param reset when its window ends, or {@code null} for never
	 * @param retryAfter how long to wait, or {@code null} when waiting is of no use
	 * @param ofTarget whether another target may be counted elsewhere
	 */
	public BudgetExceededException(String message, BudgetAccount account, BudgetUnit unit, BudgetRefusal refusal,
			@Nullable Instant reset, @Nullable Duration retryAfter, boolean ofTarget) {
		super(message);
		this.account = account;
		this.unit = unit;
		this.refusal = refusal;
		this.reset = reset;
		this.retryAfter = retryAfter;
		this.ofTarget = ofTarget;
	}

	/**
	 * Returns the account that has no room.
	 * @return the budget and the owner
	 */
	public BudgetAccount account() {
		return this.account;
	}

	/**
	 * Returns what the budget counts.
	 * @return the unit
	 */
	public BudgetUnit unit() {
		return this.unit;
	}

	/**
	 * Returns why there is no room.
	 * @return the reason
	 */
	public BudgetRefusal refusal() {
		return this.refusal;
	}

	/**
	 * Returns when the window of the budget ends.
	 * @return the first moment of the next one, or {@code null} where there is none
	 */
	public @Nullable Instant reset() {
		return this.reset;
	}

	/**
	 * Returns how long to wait before asking again: until calls in flight are expected to
	 * end, or until the window ends.
	 * @return whole seconds, at least one, or {@code null} when waiting is of no use
	 */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

	/**
	 * Returns whether the budget is one of a target, model or provider, so that another
	 * target may be asked.
	 * @return whether it is
	 */
	public boolean isOfTarget() {
		return this.ofTarget;
	}

}

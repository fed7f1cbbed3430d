package io.github.costwise;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A budget has no room for a call, which was not sent. Trying again at once is of no use;
 * {@link #retryAfter()} tells when it may be.
 *
 * @since 0.1.0
 */
public class BudgetExceededException extends CostLimitExceededException {

	private static final long serialVersionUID = 1L;

	private final String budget;

	private final String owner;

	private final BudgetRefusal refusal;

	private final boolean ofTarget;

	private final @Nullable Instant reset;

	private final @Nullable Duration retryAfter;

	/**
	 * Creates an exception.
	 * @param message which budget has no room, and why
	 * @param budget its id
	 * @param owner whose account it is, empty for a budget of all
	 * @param refusal why it has no room
	 * @param ofTarget whether another target may be counted elsewhere
	 * @param reset when its window ends, or {@code null} for never
	 * @param retryAfter how long to wait, or {@code null} when waiting is of no use
	 */
	public BudgetExceededException(String message, String budget, String owner, BudgetRefusal refusal, boolean ofTarget,
			@Nullable Instant reset, @Nullable Duration retryAfter) {
		super(message);
		this.budget = budget;
		this.owner = owner;
		this.refusal = refusal;
		this.ofTarget = ofTarget;
		this.reset = reset;
		this.retryAfter = retryAfter;
	}

	/**
	 * Returns the budget that has no room.
	 * @return its id
	 */
	public String budget() {
		return this.budget;
	}

	/**
	 * Returns whose account of the budget it is.
	 * @return the values of its key, empty for a budget of all
	 */
	public String owner() {
		return this.owner;
	}

	/**
	 * Returns why there is no room.
	 * @return the reason
	 */
	public BudgetRefusal refusal() {
		return this.refusal;
	}

	/**
	 * Returns whether the budget is one of a target, model or provider, so that another
	 * target may be asked.
	 * @return whether it is
	 */
	public boolean isOfTarget() {
		return this.ofTarget;
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

}

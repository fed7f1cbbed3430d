package io.github.costwise.pipeline;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;
import io.github.costwise.model.Savings;
import io.github.costwise.model.TurnRecord.CacheOutcome;

/**
 * What the pillars tell of a turn that is being closed. Used on one thread.
 *
 * @since 0.1.0
 */
public final class TurnSummary {

	private CacheOutcome cache = CacheOutcome.NOT_USED;

	private @Nullable Money instead;

	private String cause;

	TurnSummary(String cause) {
		this.cause = cause;
	}

	/**
	 * Tells what the response cache did.
	 * @param outcome what it did
	 * @param saved what the answer that it gave had cost, or {@code null} when it gave
	 * none
	 */
	public void cached(CacheOutcome outcome, @Nullable Money saved) {
		this.cache = outcome;
		this.instead = saved;
	}

	/**
	 * Tells why the model answered that did.
	 * @param why the cause
	 */
	public void because(String why) {
		this.cause = why;
	}

	CacheOutcome cache() {
		return this.cache;
	}

	String cause() {
		return this.cause;
	}

	Savings savings(TurnTotals totals) {
		Money own = totals.own();
		Money others = totals.cost().minus(own);
		return (this.instead != null) ? new Savings(this.instead.minus(others), Money.ZERO, own)
				: new Savings(Money.ZERO, totals.baseline().minus(others), own);
	}

}

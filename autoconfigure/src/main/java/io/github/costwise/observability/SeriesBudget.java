package io.github.costwise.observability;

import java.util.concurrent.atomic.AtomicInteger;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * How many more series the meters of Costwise may have, all of them together. A series is
 * what a monitoring system stores of a meter: one of a counter or gauge, three of a
 * timer. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SeriesBudget {

	private static final Log logger = LogFactory.getLog(SeriesBudget.class);

	private final int most;

	private final AtomicInteger left;

	/**
	 * Creates a budget.
	 * @param most how many series there may be, from 1
	 */
	public SeriesBudget(int most) {
		this.most = most;
		this.left = new AtomicInteger(most);
	}

	/**
	 * Takes series for a meter that is about to be registered.
	 * @param series how many it has
	 * @return whether there were as many; if not, none is taken
	 */
	boolean take(int series) {
		boolean taken = this.left.getAndUpdate((now) -> (now >= series) ? now - series : Math.min(now, 0)) >= series;
		if (!taken && this.left.getAndSet(-1) >= 0) {
			logger.warn("Costwise: all " + this.most + " series of its meters are in use. What further tags would need"
					+ " series of their own is counted as 'other' or not shown. The limit is"
					+ " costwise.metrics.max-series");
		}
		return taken;
	}

	/** Whether nothing is left. */
	boolean isSpent() {
		return this.left.get() <= 0;
	}

}

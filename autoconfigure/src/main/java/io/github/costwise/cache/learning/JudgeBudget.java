package io.github.costwise.cache.learning;

import io.github.costwise.CostwiseConfigurationException;

/**
 * How often an {@link io.github.costwise.spi.AnswerJudge} is asked. What a judge costs is
 * in the ledger, as its calls are calls like others; here their number is bounded.
 *
 * @param perHour most questions in any hour, 0 for none
 * @param perDay most questions in any 24 hours, 0 for none
 * @param queue how many judgements may wait, from 1; more are dropped and counted
 * @since 0.1.0
 */
public record JudgeBudget(int perHour, int perDay, int queue) {

	private static final int MOST = 1_000_000;

	/**
	 * Checks the values.
	 * @throws CostwiseConfigurationException if a value is out of its range
	 */
	public JudgeBudget {
		require("per-hour", perHour, 0);
		require("per-day", perDay, 0);
		require("queue", queue, 1);
	}

	/**
	 * Returns the defaults: 60 questions an hour, 500 a day, and 256 waiting.
	 * @return the budget
	 */
	public static JudgeBudget defaults() {
		return new JudgeBudget(60, 500, 256);
	}

	private static void require(String name, int value, int least) {
		if (value < least || value > MOST) {
			String property = "costwise.cache.judge." + name;
			throw new CostwiseConfigurationException(property + " is " + value + ".",
					"Set " + property + " to a number from " + least + " to " + MOST + ".");
		}
	}

}

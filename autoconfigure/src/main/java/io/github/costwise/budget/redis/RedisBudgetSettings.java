package io.github.costwise.budget.redis;

import java.time.Duration;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.text.TextPattern;

/**
 * How a Redis store of budgets names its keys and how long it waits.
 *
 * @param name first part of the names of keys: letters, digits, hyphens, points and
 * colons; applications with the same name share budgets
 * @param timeout how long each command is waited for, whatever the client of the
 * application waits, 1 ms to 1 min
 * @since 0.1.0
 */
public record RedisBudgetSettings(String name, Duration timeout) {

	private static final TextPattern NAME = TextPattern.of("[A-Za-z0-9.:-]+");

	private static final Duration LEAST = Duration.ofMillis(1);

	private static final Duration MOST = Duration.ofMinutes(1);

	/** The name {@code costwise:budgets}, and 500 ms. */
	static final RedisBudgetSettings DEFAULT = new RedisBudgetSettings("costwise:budgets", Duration.ofMillis(500));

	/**
	 * Checks the values.
	 * @throws CostwiseConfigurationException if a value is out of its range
	 */
	public RedisBudgetSettings {
		require(NAME.matches(name), "name", name, "letters, digits, hyphens, points and colons");
		require(timeout.compareTo(LEAST) >= 0 && timeout.compareTo(MOST) <= 0, "timeout", timeout,
				"a time from 1ms to 1m");
	}

	private static void require(boolean right, String name, Object value, String wanted) {
		if (!right) {
			String property = "costwise.budgets.redis." + name;
			throw new CostwiseConfigurationException(property + " is " + value + ".",
					"Set " + property + " to " + wanted + ".");
		}
	}

}

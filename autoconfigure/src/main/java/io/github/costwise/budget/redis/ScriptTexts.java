package io.github.costwise.budget.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;

/**
 * How scripts write what they are about. Times are microseconds, which Redis counts
 * exactly; what is finer is cut off.
 */
final class ScriptTexts {

	private static final String TOTAL = "t";

	private static final String ROLLING = "r";

	private static final long MILLION = 1_000_000;

	private ScriptTexts() {
	}

	/** A budget without what ends it in an account. */
	static String of(String budget) {
		return (budget.indexOf('/') < 0 && budget.indexOf('%') < 0) ? budget
				: budget.replace("%", "%25").replace("/", "%2F");
	}

	static String of(BudgetAccount account) {
		return of(account.budget()) + "/" + account.owner();
	}

	static BudgetAccount account(String text) {
		int slash = text.indexOf('/');
		return new BudgetAccount(text.substring(0, slash).replace("%2F", "/").replace("%25", "%"),
				text.substring(slash + 1));
	}

	static String of(BudgetSpan span) {
		Duration rolling = span.rolling();
		if (rolling != null) {
			return ROLLING + micros(rolling);
		}
		return span.until().equals(Instant.MAX) ? TOTAL
				: Math.max(0, micros(span.from())) + "-" + Math.max(1, micros(span.until()));
	}

	static BudgetSpan span(String text) {
		if (text.equals(TOTAL)) {
			return BudgetSpan.TOTAL;
		}
		if (text.startsWith(ROLLING)) {
			return BudgetSpan.rolling(Duration.of(Long.parseLong(text.substring(1)), ChronoUnit.MICROS));
		}
		int dash = text.indexOf('-');
		return new BudgetSpan(instant(text.substring(0, dash)), instant(text.substring(dash + 1)), null);
	}

	static String of(Instant time) {
		return Long.toString(micros(time));
	}

	static Instant instant(String micros) {
		return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
	}

	static String of(Duration duration) {
		return Long.toString(micros(duration));
	}

	private static long micros(Instant time) {
		Instant near = time.isAfter(Instant.EPOCH) ? time : Instant.EPOCH;
		return near.getEpochSecond() * MILLION + near.getNano() / 1_000;
	}

	private static long micros(Duration duration) {
		return duration.getSeconds() * MILLION + duration.getNano() / 1_000;
	}

}

package io.github.costwise.testsupport;

import java.time.Duration;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/**
 * Waits for what another thread is about to do, without keeping a processor busy.
 */
public final class Eventually {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private static final Duration POLL = Duration.ofMillis(2);

	private Eventually() {
	}

	/**
	 * Waits until a condition holds.
	 * @param condition the condition, asked on the thread of the caller
	 * @throws org.awaitility.core.ConditionTimeoutException if it does not within a
	 * minute
	 */
	public static void holds(Callable<Boolean> condition) {
		Awaitility.await()
			.pollInSameThread()
			.pollDelay(Duration.ZERO)
			.pollInterval(POLL)
			.atMost(LIMIT)
			.until(condition);
	}

	/**
	 * Waits until an assertion passes.
	 * @param assertion the assertion, made on the thread of the caller
	 * @throws org.awaitility.core.ConditionTimeoutException if it does not within a
	 * minute, with what it said last
	 */
	public static void passes(ThrowingRunnable assertion) {
		Awaitility.await()
			.pollInSameThread()
			.pollDelay(Duration.ZERO)
			.pollInterval(POLL)
			.atMost(LIMIT)
			.untilAsserted(assertion);
	}

}

package io.github.costwise.testsupport;

import java.util.ArrayDeque;
import java.util.Deque;

/** Ends what was started, last first, when the JVM ends. */
final class Shutdown {

	private static final Deque<Runnable> ACTIONS = new ArrayDeque<>();

	static {
		Runtime.getRuntime().addShutdownHook(new Thread(Shutdown::run, "real-parts-shutdown"));
	}

	private Shutdown() {
	}

	static void add(Runnable action) {
		synchronized (ACTIONS) {
			ACTIONS.push(action);
		}
	}

	private static void run() {
		synchronized (ACTIONS) {
			while (!ACTIONS.isEmpty()) {
				runQuietly(ACTIONS.pop());
			}
		}
	}

	private static void runQuietly(Runnable action) {
		try {
			action.run();
		}
		catch (RuntimeException ex) {
			System.err.println("Could not tidy up after the tests: " + ex);
		}
	}

}

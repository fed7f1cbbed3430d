package io.github.costwise.advisor;

import reactor.core.scheduler.Schedulers;

/** The threads that must not block. Thread-safe. */
final class EventLoops {

	private EventLoops() {
	}

	/** Whether this thread is one of them. */
	static boolean isOne() {
		return Schedulers.isInNonBlockingThread();
	}

	/** Does what may block: some clients do where they are subscribed to. */
	static void leave(Runnable task) {
		if (isOne()) {
			Schedulers.boundedElastic().schedule(task);
		}
		else {
			task.run();
		}
	}

}

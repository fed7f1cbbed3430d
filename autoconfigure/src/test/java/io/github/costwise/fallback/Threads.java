package io.github.costwise.fallback;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Runs something on several threads at once. */
final class Threads {

	private Threads() {
	}

	static void run(int count, Runnable action) throws InterruptedException {
		CountDownLatch start = new CountDownLatch(count);
		AtomicReference<Throwable> failure = new AtomicReference<>();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			Thread thread = new Thread(() -> {
				start.countDown();
				try {
					start.await();
					action.run();
				}
				catch (Throwable ex) {
					failure.set(ex);
				}
			});
			threads.add(thread);
			thread.start();
		}
		for (Thread thread : threads) {
			thread.join();
		}
		if (failure.get() != null) {
			throw new AssertionError(failure.get());
		}
	}

}

package io.github.costwise.background;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes daemons whose names begin alike. Thread-safe. */
final class Daemons implements ThreadFactory {

	private final AtomicInteger count = new AtomicInteger();

	private final String name;

	Daemons(String name) {
		this.name = name;
	}

	@Override
	public Thread newThread(Runnable task) {
		Thread thread = new Thread(task, this.name + "-" + this.count.incrementAndGet());
		thread.setDaemon(true);
		return thread;
	}

}

package io.github.costwise.accounting.jdbc;

import java.time.Duration;

/**
 * Lets threads wait for the next whole round of the writer. Thread-safe.
 */
final class FlushRequests {

	private long requested;

	private long done;

	synchronized long request() {
		return ++this.requested;
	}

	synchronized long requested() {
		return this.requested;
	}

	synchronized boolean isOpen() {
		return this.requested > this.done;
	}

	synchronized void done(long request) {
		this.done = request;
		notifyAll();
	}

	/**
	 * Waits for a request to be done.
	 * @param request the request
	 * @param timeout how long to wait at the most
	 * @return whether it was done in time
	 */
	synchronized boolean await(long request, Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		try {
			while (this.done < request) {
				long left = (deadline - System.nanoTime()) / 1_000_000;
				if (left <= 0) {
					return false;
				}
				wait(left);
			}
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}

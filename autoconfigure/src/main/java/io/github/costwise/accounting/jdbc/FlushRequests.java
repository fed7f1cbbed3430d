package io.github.costwise.accounting.jdbc;

import java.time.Duration;

import io.github.costwise.time.Alarm;
import io.github.costwise.time.Time;

/**
 * Lets threads wait for the next whole round of the writer. Thread-safe.
 */
final class FlushRequests {

	private final Time time;

	private long requested;

	private long done;

	FlushRequests(Time time) {
		this.time = time;
	}

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
		long deadline = this.time.nanos() + timeout.toNanos();
		Alarm alarm = this.time.timers().schedule(this::look, timeout);
		try {
			while (this.done < request) {
				if (deadline - this.time.nanos() <= 0) {
					return false;
				}
				wait();
			}
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			alarm.cancel();
		}
	}

	private synchronized void look() {
		notifyAll();
	}

}

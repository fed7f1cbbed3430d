package io.github.costwise.budget.redis;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps threads from piling up before a Redis that does not answer: no more than 512 wait
 * at a time, and after one waited in vain, admissions are tried one at a time until there
 * is an answer. Thread-safe.
 */
final class RedisGate {

	private static final int MOST = 512;

	private final Semaphore free = new Semaphore(MOST);

	private final AtomicBoolean trying = new AtomicBoolean();

	private volatile boolean silent;

	/**
	 * Lets one in, who leaves by {@link #leave}.
	 * @param patient whether it may wait in vain like others
	 * @return whether it may pass
	 */
	Pass enter(boolean patient) {
		boolean tries = this.silent && !patient;
		if (tries && !this.trying.compareAndSet(false, true)) {
			return Pass.SILENT;
		}
		if (!this.free.tryAcquire()) {
			if (tries) {
				this.trying.set(false);
			}
			return Pass.FULL;
		}
		return tries ? Pass.TRY : Pass.FREE;
	}

	/** There was an answer. */
	void answered() {
		if (this.silent) {
			this.silent = false;
		}
	}

	/** There was none. */
	void waitedInVain() {
		this.silent = true;
	}

	void leave(Pass pass) {
		this.free.release();
		if (pass == Pass.TRY) {
			this.trying.set(false);
		}
	}

	/** Whether one may pass. */
	enum Pass {

		/** Like all. */
		FREE(""),

		/** As the one who tries. */
		TRY(""),

		/** Not now, since another one tries. */
		SILENT("it did not answer a moment ago, and another call is trying it"),

		/** Not now, since too many wait. */
		FULL(MOST + " commands wait for it");

		private final String reason;

		Pass(String reason) {
			this.reason = reason;
		}

		boolean isClosed() {
			return this == SILENT || this == FULL;
		}

		String reason() {
			return this.reason;
		}

	}

}

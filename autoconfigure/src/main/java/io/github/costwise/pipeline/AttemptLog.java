package io.github.costwise.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.costwise.model.CallRecord.HttpAttempt;

/**
 * The HTTP attempts of a call that were seen, and whether they would be. Thread-safe.
 *
 * @since 0.1.0
 */
public final class AttemptLog {

	private final List<HttpAttempt> attempts = new ArrayList<>(1);

	private volatile boolean shown;

	private volatile boolean begun;

	AttemptLog() {
	}

	/**
	 * Records that attempts are seen before they are made, so that a call without any was
	 * not sent.
	 */
	public void areSeen() {
		this.shown = true;
	}

	/** Records that an attempt is about to be made. */
	public void begins() {
		this.begun = true;
	}

	/**
	 * Returns whether an attempt was seen.
	 * @return whether one was made
	 */
	public boolean hasBegun() {
		return this.begun || !all().isEmpty();
	}

	/** Whether none was made, as far as that would have been seen. */
	boolean isUnsent() {
		return this.shown && !hasBegun();
	}

	/**
	 * Adds an attempt.
	 * @param status the HTTP status, or 0 when no response came
	 * @param latency how long it took
	 * @param outcome {@code ok}, {@code http_NNN} or the kind of failure
	 */
	public void add(int status, Duration latency, String outcome) {
		synchronized (this.attempts) {
			this.attempts.add(new HttpAttempt(this.attempts.size() + 1, status, latency, outcome));
		}
	}

	/** Whether one of them was answered. */
	boolean wasAccepted() {
		return all().stream().anyMatch((attempt) -> attempt.status() >= 200 && attempt.status() < 300);
	}

	List<HttpAttempt> all() {
		synchronized (this.attempts) {
			return this.attempts.isEmpty() ? List.of() : List.copyOf(this.attempts);
		}
	}

}

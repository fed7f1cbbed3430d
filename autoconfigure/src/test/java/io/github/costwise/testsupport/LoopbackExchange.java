package io.github.costwise.testsupport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A request with what became of it. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LoopbackExchange {

	private final LoopbackRequest request;

	private final Answer answer;

	private final CompletableFuture<End> end = new CompletableFuture<>();

	private final AtomicInteger chunksSent = new AtomicInteger();

	private volatile long endedAtNanos;

	LoopbackExchange(LoopbackRequest request, Answer answer) {
		this.request = request;
		this.answer = answer;
	}

	/**
	 * Returns what was asked.
	 * @return the request
	 */
	public LoopbackRequest request() {
		return this.request;
	}

	/**
	 * Returns what the script said to answer.
	 * @return the answer
	 */
	public Answer answer() {
		return this.answer;
	}

	/**
	 * Returns how many chunks of a stream were sent so far; the events that open and
	 * close a stream count too.
	 * @return the count; 0 or 1 for a body sent in one piece
	 */
	public int chunksSent() {
		return this.chunksSent.get();
	}

	/**
	 * Waits for the end of the exchange.
	 * @param limit how long to wait at the most
	 * @return how it ended
	 * @throws IllegalStateException if it has not ended by then
	 */
	public End awaitEnd(Duration limit) {
		try {
			return this.end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException("Exchange " + this.request.number() + " has not ended", ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns how the exchange ended.
	 * @return the end, or {@link End#OPEN}
	 */
	public End end() {
		return this.end.getNow(End.OPEN);
	}

	/**
	 * Returns when the exchange ended, such as when the client closed the connection.
	 * @return a value of {@link System#nanoTime()}, or 0 before the end
	 */
	public long endedAtNanos() {
		return this.endedAtNanos;
	}

	void sent() {
		this.chunksSent.incrementAndGet();
	}

	void endAs(End how) {
		if (!this.end.isDone()) {
			this.endedAtNanos = System.nanoTime();
			this.end.complete(how);
		}
	}

	/** How an exchange ends. */
	public enum End {

		/** It has not ended. */
		OPEN,

		/** The whole answer was sent. */
		COMPLETED,

		/** The client closed the connection first. */
		CLOSED_BY_CLIENT,

		/** The server broke the connection, as the script said. */
		BROKEN_BY_SERVER

	}

}

package io.github.costwise.cache.flight;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.CacheEntry;

/**
 * One turn that asks the model for a key, and the others that wait for it. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Flight {

	private final String leader;

	private final CompletableFuture<Landing> landing = new CompletableFuture<>();

	Flight(String leader) {
		this.leader = leader;
	}

	/**
	 * Returns the id of the turn that asks.
	 * @return the id
	 */
	public String leader() {
		return this.leader;
	}

	/**
	 * Returns when and how it ends, never exceptionally. Whoever completes the returned
	 * stage does not complete the flight.
	 * @return the end
	 */
	public CompletableFuture<Landing> landing() {
		return this.landing.copy();
	}

	/**
	 * Returns how it ended.
	 * @return the end, or {@code null} while it goes on
	 */
	public @Nullable Landing landed() {
		return this.landing.getNow(null);
	}

	boolean land(Landing how) {
		return this.landing.complete(how);
	}

	/** How a flight ends. */
	public sealed interface Landing {

		/**
		 * With an answer that may be shared.
		 *
		 * @param entry the answer
		 */
		record Answer(CacheEntry entry) implements Landing {

		}

		/** With an answer that may not be shared: everybody asks. */
		record Private() implements Landing {

		}

		/** Without an answer: one of those who waited asks next. */
		record Nothing() implements Landing {

		}

	}

}

package io.github.costwise.cache.flight;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.CacheEntry;

/**
 * One turn that asks the model for a key, and the others that wait for it. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Flight {

	private final String leader;

	private final int failures;

	private final long era;

	private final CompletableFuture<Landing> landing = new CompletableFuture<>();

	private @Nullable Flight further;

	/**
	 * Begins a flight.
	 * @param leader id of the turn that asks
	 * @param failures how many failed for the same callers before this one
	 * @param era how often answers had been removed when it began, or before that
	 */
	Flight(String leader, int failures, long era) {
		this.leader = leader;
		this.failures = failures;
		this.era = era;
	}

	/** How many failed for the same callers before this one. */
	int failures() {
		return this.failures;
	}

	/**
	 * The flight after this one has failed: one for all who waited for this one, unless
	 * answers have been removed since it began.
	 */
	synchronized Flight further(long era, Supplier<Flight> begin) {
		Flight next = this.further;
		if (next == null || next.era < era) {
			next = begin.get();
			this.further = next;
		}
		return next;
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
		record SharedAnswer(CacheEntry entry) implements Landing {

		}

		/** With an answer that may not be shared: everybody asks. */
		record Private() implements Landing {

		}

		/**
		 * With a failure: one of those who waited asks once more, if nobody has.
		 *
		 * @param error why the call failed
		 * @param failures how many have failed one after another, from 1
		 */
		record Failed(Throwable error, int failures) implements Landing {

		}

		/** Without an answer: one of those who waited asks next. */
		record Nothing() implements Landing {

		}

	}

}

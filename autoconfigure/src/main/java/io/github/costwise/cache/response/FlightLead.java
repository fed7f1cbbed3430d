package io.github.costwise.cache.response;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.flight.Flight;
import io.github.costwise.cache.flight.SingleFlight;
import io.github.costwise.model.CacheEntry;

/**
 * What a turn holds while it is the one that asks the model for a key: a flight in this
 * instance, and the lock among all. Taken by one thread, released by any, as often as
 * there are reasons to.
 */
final class FlightLead {

	private final ExactTier exact;

	private final String id;

	private final String turn;

	private volatile @Nullable Flight flight;

	private volatile boolean locked;

	FlightLead(ExactTier exact, String id, String turn) {
		this.exact = exact;
		this.id = id;
		this.turn = turn;
	}

	boolean isHeld() {
		return this.flight != null;
	}

	/** Takes the lead, or returns the flight of the turn that has it. */
	@Nullable Flight take() {
		return take(null);
	}

	/**
	 * Takes the lead, or returns the flight of the turn that has it.
	 * @param failed the flight that this turn has waited for, if it failed
	 */
	@Nullable Flight take(@Nullable Flight failed) {
		SingleFlight flights = this.exact.flights();
		Flight joined = (failed != null) ? flights.joinAfter(this.id, failed, this.turn)
				: flights.join(this.id, this.turn);
		if (!joined.leader().equals(this.turn)) {
			return joined;
		}
		this.flight = joined;
		return null;
	}

	/** Whether this turn may ask as far as other instances are concerned. */
	boolean lock() {
		this.locked = this.exact.lock(this.id, this.turn);
		return this.locked;
	}

	/** Completes when it is worth to try again. */
	CompletableFuture<Void> unlocked() {
		return this.exact.unlocked(this.id);
	}

	/** Gives the answer to those who wait; those who come find it until it is stored. */
	void answer(CacheEntry entry) {
		Flight own = this.flight;
		if (own != null) {
			this.exact.flights().answer(own, entry);
		}
	}

	/** Ends what is held when the answer is in the store, or cannot be. */
	void stored() {
		Flight own = this.flight;
		if (own != null) {
			this.exact.flights().remove(this.id, own);
			unlock();
		}
	}

	/**
	 * Lets those who wait go on.
	 * @param answered whether there is an answer, which may not be shared
	 */
	void release(boolean answered) {
		Flight own = this.flight;
		if (own != null) {
			this.exact.flights().end(this.id, own, answered);
			unlock();
		}
	}

	/** Tells those who wait that the call failed. */
	void fail(Throwable error) {
		Flight own = this.flight;
		if (own != null) {
			this.exact.flights().fail(this.id, own, error);
			unlock();
		}
	}

	private void unlock() {
		if (this.locked) {
			this.locked = false;
			this.exact.unlock(this.id, this.turn);
		}
	}

}

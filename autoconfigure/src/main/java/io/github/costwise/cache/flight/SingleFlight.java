package io.github.costwise.cache.flight;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.flight.Flight.Landing;
import io.github.costwise.model.CacheEntry;

/**
 * The flights of this instance. Nobody blocks in here: who waits decides how.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class SingleFlight {

	private final Map<String, Flight> flights = new ConcurrentHashMap<>();

	/** Counts how often answers were removed. */
	private final AtomicLong era = new AtomicLong();

	/**
	 * Begins to ask for a key, unless somebody does.
	 * @param id id of the entry
	 * @param turn id of the turn that would ask
	 * @return the flight: the turn's own if it is the leader
	 */
	public Flight join(String id, String turn) {
		return join(id, turn, 0);
	}

	private Flight join(String id, String turn, int failures) {
		Flight present = this.flights.get(id);
		if (present != null) {
			return present;
		}
		long now = this.era.get();
		return this.flights.computeIfAbsent(id, (key) -> new Flight(turn, failures, now));
	}

	/**
	 * Begins to ask once more after a flight has failed, unless another one of those who
	 * waited for it does, or has since the latest removal of answers.
	 * @param id id of the entry
	 * @param failed the flight that failed
	 * @param turn id of the turn that would ask
	 * @return the flight, the same for all who waited; it may have ended
	 */
	public Flight joinAfter(String id, Flight failed, String turn) {
		return failed.further(this.era.get(), () -> join(id, turn, failed.failures() + 1));
	}

	/**
	 * Returns the flight of a key.
	 * @param id id of the entry
	 * @return the flight, or {@code null} when nobody asks
	 */
	public @Nullable Flight find(String id) {
		return this.flights.get(id);
	}

	/**
	 * Gives the answer to everybody who waits. The flight stays until it is removed, for
	 * those who come before the answer is stored.
	 * @param flight the flight
	 * @param entry the answer
	 */
	public void answer(Flight flight, CacheEntry entry) {
		flight.land(new Landing.SharedAnswer(entry));
	}

	/**
	 * Ends a flight without an answer to share.
	 * @param id id of the entry
	 * @param flight the flight
	 * @param answered whether there is one that may not be shared, so that everybody has
	 * to ask, rather than one after another
	 */
	public void end(String id, Flight flight, boolean answered) {
		remove(id, flight);
		flight.land(answered ? new Landing.Private() : new Landing.Nothing());
	}

	/**
	 * Ends a flight whose call has failed.
	 * @param id id of the entry
	 * @param flight the flight
	 * @param error why it failed
	 */
	public void fail(String id, Flight flight, Throwable error) {
		remove(id, flight);
		flight.land(new Landing.Failed(error, flight.failures() + 1));
	}

	/**
	 * Removes a flight whose answer is in the store, or cannot be.
	 * @param id id of the entry
	 * @param flight the flight
	 */
	public void remove(String id, Flight flight) {
		this.flights.remove(id, flight);
	}

	/**
	 * Lets those who come from now on ask again, where an answer that is in flight has
	 * been removed. Whoever has joined before may be given that answer.
	 * @param ids chooses the keys
	 */
	public void forget(Predicate<String> ids) {
		this.era.incrementAndGet();
		for (Iterator<String> keys = this.flights.keySet().iterator(); keys.hasNext();) {
			if (ids.test(keys.next())) {
				keys.remove();
			}
		}
	}

	/**
	 * Returns how many keys are asked for.
	 * @return the number now
	 */
	public int size() {
		return this.flights.size();
	}

}

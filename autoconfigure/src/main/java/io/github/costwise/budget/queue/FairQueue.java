package io.github.costwise.budget.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An order in which calls are served that wait for the same room. Within a priority the
 * tenants take turns by deficit round robin (Shreedhar and Varghese, 1995): each visit
 * adds a quantum, the mean of what their next calls need, and a tenant is served while
 * its deficit covers its next call. One that has no call left keeps the rest for one
 * round, so that who sends one call after another has its share too. A priority rises by
 * one step for each ageing time that its longest waiting call has waited. Who is next
 * stays so until served or gone, so that a large call is not passed by small ones for
 * ever. Not thread-safe.
 */
final class FairQueue {

	private final Map<QueuePriority, Rounds> rounds = new EnumMap<>(QueuePriority.class);

	private final long ageingNanos;

	private @Nullable Waiter next;

	private int size;

	FairQueue(Duration ageing) {
		this.ageingNanos = ageing.toNanos();
	}

	void add(Waiter waiter) {
		this.rounds.computeIfAbsent(waiter.terms().priority(), (priority) -> new Rounds()).add(waiter);
		this.size++;
	}

	int size() {
		return this.size;
	}

	/** Who is to be served next, or {@code null} when nobody waits. */
	@Nullable Waiter next(long now) {
		if (this.next == null && this.size > 0) {
			Rounds chosen = null;
			long best = 0;
			for (Map.Entry<QueuePriority, Rounds> one : this.rounds.entrySet()) {
				Waiter oldest = one.getValue().oldest();
				if (oldest == null) {
					continue;
				}
				long rank = one.getKey().ordinal() * this.ageingNanos - (now - oldest.since());
				if (chosen == null || rank < best) {
					chosen = one.getValue();
					best = rank;
				}
			}
			this.next = (chosen != null) ? chosen.next() : null;
		}
		return this.next;
	}

	/** Takes out a call that was served, which uses up what its tenant may have. */
	void served(Waiter waiter) {
		Rounds of = this.rounds.get(waiter.terms().priority());
		if (of != null && of.remove(waiter, waiter.terms().needed())) {
			gone(waiter);
		}
	}

	/** Takes out a call that waits no more. */
	void left(Waiter waiter) {
		Rounds of = this.rounds.get(waiter.terms().priority());
		if (of != null && of.remove(waiter, 0)) {
			gone(waiter);
		}
	}

	private void gone(Waiter waiter) {
		this.size--;
		if (this.next == waiter) {
			this.next = null;
		}
	}

	/** The tenants of one priority. */
	private static final class Rounds {

		private final Map<String, Lane> lanes = new LinkedHashMap<>();

		private void add(Waiter waiter) {
			this.lanes.computeIfAbsent(waiter.terms().tenant(), (tenant) -> new Lane()).calls.add(waiter);
		}

		private @Nullable Waiter oldest() {
			Waiter oldest = null;
			for (Lane lane : this.lanes.values()) {
				Waiter first = lane.calls.peek();
				if (first != null && (oldest == null || first.since() - oldest.since() < 0)) {
					oldest = first;
				}
			}
			return oldest;
		}

		private @Nullable Waiter next() {
			long quantum = quantum();
			while (!this.lanes.isEmpty()) {
				Map.Entry<String, Lane> front = this.lanes.entrySet().iterator().next();
				Lane lane = front.getValue();
				Waiter first = lane.calls.peek();
				if (first != null && lane.covers(first.terms().needed(), quantum)) {
					return first;
				}
				this.lanes.remove(front.getKey());
				if (first != null) {
					lane.visited = false;
					this.lanes.put(front.getKey(), lane);
				}
			}
			return null;
		}

		/**
		 * The mean of what the next calls need, rounded up; the sum might be too large.
		 */
		private long quantum() {
			List<Long> needs = this.lanes.values()
				.stream()
				.filter((lane) -> !lane.calls.isEmpty())
				.map((lane) -> lane.calls.element().terms().needed())
				.toList();
			long heads = Math.max(1, needs.size());
			long whole = needs.stream().mapToLong((need) -> need / heads).sum();
			long rest = needs.stream().mapToLong((need) -> need % heads).sum();
			return Math.max(1, whole + (rest + heads - 1) / heads);
		}

		private boolean remove(Waiter waiter, long used) {
			Lane lane = this.lanes.get(waiter.terms().tenant());
			if (lane == null || !lane.remove(waiter)) {
				return false;
			}
			lane.deficit -= used;
			if (lane.calls.isEmpty()) {
				lane.visited = false;
				this.lanes.remove(waiter.terms().tenant());
				if (used > 0) {
					this.lanes.put(waiter.terms().tenant(), lane);
				}
			}
			return true;
		}

	}

	/** The calls of one tenant, in the order in which they came. */
	private static final class Lane {

		private final ArrayDeque<Waiter> calls = new ArrayDeque<>();

		private long deficit;

		private boolean visited;

		/** Whether its deficit is enough, once it has what each visit adds. */
		private boolean covers(long needed, long quantum) {
			if (!this.visited) {
				this.visited = true;
				this.deficit = Math.min(this.deficit, Long.MAX_VALUE / 2) + quantum;
			}
			return needed <= this.deficit;
		}

		private boolean remove(Waiter waiter) {
			for (Iterator<Waiter> each = this.calls.iterator(); each.hasNext();) {
				if (each.next() == waiter) {
					each.remove();
					return true;
				}
			}
			return false;
		}

	}

}

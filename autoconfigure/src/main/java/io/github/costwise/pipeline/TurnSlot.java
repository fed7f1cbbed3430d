package io.github.costwise.pipeline;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A place in each turn where a pillar keeps what it knows of it. Made once, as a
 * constant. Thread-safe.
 *
 * @param <T> what is kept
 * @since 0.1.0
 */
public final class TurnSlot<T> {

	private static final int MOST = 8;

	private static final AtomicInteger count = new AtomicInteger();

	private final int index = count.getAndIncrement();

	/**
	 * Makes a slot.
	 * @throws IllegalStateException if there are eight already
	 */
	public TurnSlot() {
		if (this.index >= MOST) {
			throw new IllegalStateException("There are " + MOST + " slots already");
		}
	}

	/**
	 * Returns what a turn keeps here.
	 * @param turn the turn
	 * @return what is kept, or {@code null} for nothing yet
	 */
	@SuppressWarnings("unchecked")
	public @Nullable T of(CostTurn turn) {
		return (T) turn.slots().get(this.index);
	}

	/**
	 * Returns what a turn keeps here, and lets it keep something if that is nothing yet.
	 * @param turn the turn
	 * @param first makes what is kept
	 * @return what is kept
	 */
	public T of(CostTurn turn, Supplier<T> first) {
		T kept = of(turn);
		if (kept != null) {
			return kept;
		}
		T made = first.get();
		Object before = turn.slots().compareAndExchange(this.index, null, made);
		@SuppressWarnings("unchecked")
		T now = (before != null) ? (T) before : made;
		return now;
	}

	/**
	 * Lets a turn keep something.
	 * @param turn the turn
	 * @param value what it keeps, or {@code null} for nothing
	 */
	public void set(CostTurn turn, @Nullable T value) {
		turn.slots().set(this.index, value);
	}

	static AtomicReferenceArray<@Nullable Object> empty() {
		return new AtomicReferenceArray<>(MOST);
	}

}

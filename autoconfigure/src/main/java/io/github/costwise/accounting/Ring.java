package io.github.costwise.accounting;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the last elements that were put into it. Thread-safe without locks; a snapshot
 * holds every element whose put ended before, unless others pushed it out.
 */
final class Ring<E> {

	private final AtomicReferenceArray<E> slots;

	private final AtomicLong next = new AtomicLong();

	Ring(int capacity) {
		this.slots = new AtomicReferenceArray<>(capacity);
	}

	/** Puts an element; returns the one that it pushed out, or {@code null}. */
	@Nullable E put(E element) {
		long position = this.next.getAndIncrement();
		return this.slots.getAndSet((int) (position % this.slots.length()), element);
	}

	List<E> snapshot() {
		List<E> elements = new ArrayList<>();
		for (int i = 0; i < this.slots.length(); i++) {
			E element = this.slots.getAcquire(i);
			if (element != null) {
				elements.add(element);
			}
		}
		return elements;
	}

}

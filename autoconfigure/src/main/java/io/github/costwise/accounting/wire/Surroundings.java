package io.github.costwise.accounting.wire;

import io.github.costwise.accounting.wire.Skimmed.UsagePlace;

/** The objects and lists around what is read, as far as a usage may stand in them. */
final class Surroundings {

	private static final int DEEPEST = 8;

	private final UsagePlace[] places = new UsagePlace[DEEPEST];

	private final boolean[] lists = new boolean[DEEPEST];

	private int size;

	/** Goes a level deeper; levels that are too deep are not entered. */
	void push(UsagePlace place, boolean list) {
		if (this.size < DEEPEST) {
			this.places[this.size] = place;
			this.lists[this.size] = list;
			this.size++;
		}
	}

	void pop() {
		this.size = Math.max(0, this.size - 1);
	}

	void clear() {
		this.size = 0;
	}

	int size() {
		return this.size;
	}

	boolean isObject() {
		return this.size > 0 && !this.lists[this.size - 1];
	}

	UsagePlace place() {
		return (this.size > 0) ? this.places[this.size - 1] : UsagePlace.ANSWER;
	}

}

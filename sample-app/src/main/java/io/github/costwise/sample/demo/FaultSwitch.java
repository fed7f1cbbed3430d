package io.github.costwise.sample.demo;

/** Holds the faults that were asked for. Thread-safe. */
final class FaultSwitch {

	private Fault fault = Fault.NONE;

	private int remaining;

	/** Lets the next requests fail, in place of what was asked for before. */
	synchronized void arm(Fault fault, int times) {
		this.fault = fault;
		this.remaining = times;
	}

	/** Returns the fault of the current request, and counts it. */
	synchronized Fault take() {
		if (this.remaining == 0) {
			return Fault.NONE;
		}
		this.remaining--;
		return this.fault;
	}

}

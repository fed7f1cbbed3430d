package io.github.costwise.pipeline;

import io.github.costwise.model.CallRecord.Outcome;

/**
 * How far a call came that did not end well, as far as that is known.
 *
 * @param accepted whether the provider is known to have accepted the request
 * @param received whether a part of the answer arrived
 * @param unsent whether the request is known not to have been sent
 * @param interrupted whether whoever waited for the answer was interrupted
 */
record CallReach(boolean accepted, boolean received, boolean unsent, boolean interrupted) {

	/**
	 * Whether the provider bills what was sent, though it reported no usage: it has, or
	 * must be taken to have, a request that nobody waited for to the end.
	 */
	boolean isBilled(Outcome outcome) {
		if (this.accepted || this.received) {
			return true;
		}
		return !this.unsent && (outcome == Outcome.CANCELLED || this.interrupted);
	}

}

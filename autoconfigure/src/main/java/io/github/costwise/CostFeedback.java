package io.github.costwise;

/**
 * What an application may say of the answers of routed turns. Ratings count for the
 * routing configuration that chose the model, beside those that Costwise makes itself: a
 * turn that failed or had to be repeated is bad. A candidate whose answers are worse than
 * its bound allows goes back by itself. Remembers the last 10,000 turns. Thread-safe.
 *
 * @since 0.1.0
 */
public interface CostFeedback {

	/**
	 * Rates the answer of a turn, once.
	 * @param turnId id of the turn: {@code costwise.turn.id} in the metadata of a routed
	 * response
	 * @param good whether the answer was good enough
	 * @return whether the turn was known; not so when its model was not chosen by
	 * routing, it is too long ago, another instance answered it, or it was rated before
	 */
	boolean rate(String turnId, boolean good);

}

package io.github.costwise.spi;

import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CostEvent;
import io.github.costwise.model.TurnRecord;

/**
 * Receives every call and turn once it is in the ledger, and what else happens to cost.
 * Called on the thread that closed the call, so it must be quick; what it throws is
 * logged once and counted, and never reaches the caller.
 *
 * @since 0.1.0
 */
public interface CostListener {

	/**
	 * Called when something happened.
	 * @param event a call, a turn, or another event
	 */
	default void on(CostEvent event) {
		if (event instanceof CallRecord call) {
			onCall(call);
		}
		else if (event instanceof TurnRecord turn) {
			onTurn(turn);
		}
	}

	/**
	 * Called when a call was accounted.
	 * @param call the call
	 */
	default void onCall(CallRecord call) {
	}

	/**
	 * Called when a turn was closed.
	 * @param turn the turn
	 */
	default void onTurn(TurnRecord turn) {
	}

}

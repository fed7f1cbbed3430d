package io.github.costwise.pipeline;

import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;

import io.github.costwise.answer.Recording;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.TurnRecord.TurnOutcome;

/**
 * A part of Costwise that takes part in turns. What it knows of a turn it keeps in a
 * {@link TurnSlot}. Must be thread-safe. What it throws before the model is asked fails
 * the turn; what it throws later is counted as a fault, and harms nobody.
 *
 * @since 0.1.0
 */
public interface TurnPillar extends Ordered {

	/** The order of what admits a turn before anything is paid. */
	int ADMISSION = 0;

	/** The order of what may have an answer already. */
	int ANSWERS = 1000;

	/** The order of what decides who is asked. */
	int ROUTING = 2000;

	/**
	 * Returns when its steps are taken.
	 * @return the order; lower is earlier
	 */
	@Override
	int getOrder();

	/**
	 * Returns what its faults count as.
	 * @return the kind of its faults
	 */
	Faults.Kind faultKind();

	/**
	 * Returns whether there is something to do before the model is asked.
	 * @param turn the turn
	 * @return whether {@link #before} is asked for a step; does not block
	 */
	default boolean concerns(CostTurn turn) {
		return false;
	}

	/**
	 * Takes a step before the model is asked; may block. After a wait it is asked again.
	 * @param turn the turn
	 * @param ask what the turn asks
	 * @return what is to be done, or {@code null} when the turn goes on
	 */
	default @Nullable TurnStep before(CostTurn turn, TurnAsk ask) {
		return null;
	}

	/**
	 * Records that the turn can wait for nobody any more.
	 * @param turn the turn
	 */
	default void stopWaiting(CostTurn turn) {
	}

	/**
	 * Begins a turn that refreshes a stale answer.
	 * @param turn the turn
	 * @param stale the turn that was given that answer
	 * @return whether it may ask
	 */
	default boolean refreshes(CostTurn turn, CostTurn stale) {
		return true;
	}

	/**
	 * Returns whether the answer of the turn is to be recorded.
	 * @param turn the turn
	 * @return whether {@link #answered} looks at it
	 */
	default boolean records(CostTurn turn) {
		return false;
	}

	/**
	 * Takes the answer of the model.
	 * @param turn the turn
	 * @param given the answer, as far as it was recorded
	 */
	default void answered(CostTurn turn, Recording given) {
	}

	/**
	 * Records that the answer was found to be invalid.
	 * @param turn the turn
	 */
	default void invalid(CostTurn turn) {
	}

	/**
	 * Records that the turn has failed. It is closed thereafter.
	 * @param turn the turn
	 * @param error why it failed
	 */
	default void failed(CostTurn turn, Throwable error) {
	}

	/**
	 * Closes the turn, and says what its record tells of this pillar.
	 * @param turn the turn
	 * @param outcome how it ended
	 * @param summary what the record will tell
	 */
	default void closing(CostTurn turn, TurnOutcome outcome, TurnSummary summary) {
	}

}

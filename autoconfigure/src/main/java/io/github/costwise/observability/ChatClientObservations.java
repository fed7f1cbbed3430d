package io.github.costwise.observability;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.RunningTurn;

/**
 * Knows the observations of ChatClient and its advisors, whose types this package does
 * not see. Implementations are thread-safe.
 *
 * @since 0.1.0
 */
public interface ChatClientObservations {

	/**
	 * Returns what an observation covers.
	 * @param context the context of the observation
	 * @return its extent, or {@code null} when it is neither of a client nor an advisor
	 */
	@Nullable Extent extent(Observation.ContextView context);

	/**
	 * Returns the turn that the request of an observation carries.
	 * @param context the context of the observation
	 * @return the turn, or {@code null} when it carries none
	 */
	@Nullable RunningTurn turn(Observation.ContextView context);

	/** What an observation covers. */
	enum Extent {

		/** A whole turn: the client's own observation. */
		TURN,

		/** One call: the observation of the advisor that accounts for it. */
		CALL,

		/** Another advisor, which may cover anything in between. */
		BETWEEN

	}

}

package io.github.costwise.model;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;
import io.github.costwise.Money;
import io.github.costwise.Tier;
import io.github.costwise.text.ShortText;

/**
 * One ChatClient request as the user sees it: the row of the ledger that says what was
 * decided and saved, as groups of values that belong together. What it cost is in its
 * call records. Names and tags are bounded as in {@link CallRecord}. Immutable.
 *
 * @param identity which turn it is
 * @param timing when it began and how long it took
 * @param attribution what the cost is attributed to
 * @param versions what was in force
 * @param route what routing chose
 * @param outcome how it ended
 * @param cacheOutcome what the response cache did
 * @param cost what it cost and saved
 * @since 0.1.0
 */
public record TurnRecord(TurnIdentity identity, TurnTiming timing, Attribution attribution, Versions versions,
		RouteChoice route, TurnOutcome outcome, CacheOutcome cacheOutcome, TurnCost cost) implements CostEvent {

	public TurnRecord {
		attribution = Bounds.of(attribution);
	}

	/**
	 * Returns the unique id of the turn.
	 * @return that of its identity
	 */
	public String id() {
		return this.identity.id();
	}

	/**
	 * Which turn it is.
	 *
	 * @param id unique id of the turn
	 * @param parentTurnId id of the turn whose tool made this one, or {@code null}
	 */
	public record TurnIdentity(String id, @Nullable String parentTurnId) {

		public TurnIdentity {
			id = ShortText.ofName(id);
			parentTurnId = ShortText.ofNullable(parentTurnId);
		}

	}

	/**
	 * When a turn began and how long it took.
	 *
	 * @param startedAt when it began
	 * @param latency from its begin to its end
	 */
	public record TurnTiming(Instant startedAt, Duration latency) {

	}

	/**
	 * What routing chose.
	 *
	 * @param tier the tier asked for
	 * @param cause why the model that answered was chosen
	 */
	public record RouteChoice(Tier tier, String cause) {

		public RouteChoice {
			cause = ShortText.ofName(cause);
		}

	}

	/**
	 * What a turn cost and saved.
	 *
	 * @param calls how many calls it made
	 * @param amount sum of its calls
	 * @param saved what it would have cost more without Costwise
	 */
	public record TurnCost(int calls, Money amount, Savings saved) {

	}

	/** How a turn ended. */
	public enum TurnOutcome {

		/** With an answer. */
		ANSWERED,

		/** With an exception. */
		FAILED,

		/** The caller went away before the end. */
		CANCELLED,

		/**
		 * Costwise refused it, or a further call of it: a limit was reached, or a model
		 * has no price.
		 */
		REFUSED,

		/** What a newer release has stored and this one does not know. */
		OTHER

	}

	/** What the response cache did for a turn. */
	public enum CacheOutcome {

		/** It was not asked. */
		NOT_USED,

		/** It answered. */
		HIT,

		/** It had no answer. */
		MISS,

		/** It was bypassed, for a reason that is counted. */
		BYPASSED,

		/** What a newer release has stored and this one does not know. */
		OTHER

	}

}

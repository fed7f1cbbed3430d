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
 * decided and saved. What it cost is in its call records. Names and tags are bounded as
 * in {@link CallRecord}. Immutable.
 *
 * @param id unique id of the turn
 * @param parentTurnId id of the turn whose tool made this one, or {@code null}
 * @param startedAt when it began
 * @param latency from its begin to its end
 * @param attribution what the cost is attributed to
 * @param policy name of the policy that applied
 * @param tier the tier asked for
 * @param tierCause why the model that answered was chosen
 * @param promptVersion version of the prompt, or {@code null}
 * @param routingVersion version of the routing configuration, or {@code null}
 * @param outcome how it ended
 * @param cacheOutcome what the response cache did
 * @param calls how many calls it made
 * @param cost sum of its calls
 * @param saved what it would have cost more without Costwise
 * @since 0.1.0
 */
public record TurnRecord(String id, @Nullable String parentTurnId, Instant startedAt, Duration latency,
		Attribution attribution, String policy, Tier tier, String tierCause, @Nullable String promptVersion,
		@Nullable String routingVersion, TurnOutcome outcome, CacheOutcome cacheOutcome, int calls, Money cost,
		Savings saved) implements CostEvent {

	public TurnRecord {
		id = ShortText.ofName(id);
		parentTurnId = ShortText.ofNullable(parentTurnId);
		attribution = Bounds.of(attribution);
		policy = ShortText.ofName(policy);
		tierCause = ShortText.ofName(tierCause);
		promptVersion = ShortText.ofNullable(promptVersion);
		routingVersion = ShortText.ofNullable(routingVersion);
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

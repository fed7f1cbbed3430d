package io.github.costwise.pipeline;

import java.time.Clock;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.Tier;
import io.github.costwise.accounting.TurnRecord;
import io.github.costwise.accounting.TurnRecord.CacheOutcome;
import io.github.costwise.accounting.TurnRecord.Outcome;
import io.github.costwise.pricing.Money;

/**
 * What happens once a turn: it is opened with its policy, and closed with totals from its
 * own calls. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TurnPipeline {

	private final Ids ids = new Ids();

	private final CostPolicies policies;

	private final CostAccountant accountant;

	private final Clock clock;

	/**
	 * Creates the pipeline.
	 * @param policies the configured policies
	 * @param accountant receives closed turns
	 * @param clock tells the time
	 */
	public TurnPipeline(CostPolicies policies, CostAccountant accountant, Clock clock) {
		this.policies = policies;
		this.accountant = accountant;
		this.clock = clock;
	}

	/**
	 * Opens a turn.
	 * @param scope the scope it runs in, or {@code null} for none
	 * @return the open turn
	 * @throws io.github.costwise.CostwiseConfigurationException if the scope names a
	 * policy that does not exist
	 */
	public CostTurn open(@Nullable CostScope scope) {
		CostPolicy policy = this.policies.get((scope != null) ? scope.policy() : null);
		return new CostTurn(this.ids.next(), scope, policy, this.clock.instant());
	}

	/**
	 * Closes a turn; closing it again does nothing.
	 * @param turn the turn
	 * @param outcome how it ended
	 */
	public void close(CostTurn turn, Outcome outcome) {
		if (!turn.close()) {
			return;
		}
		this.accountant
			.append(new TurnRecord(turn.id(), turn.parentId(), turn.startedAt(), Duration.ofNanos(turn.elapsedNanos()),
					turn.attribution(), turn.policy().name(), turn.tier(), tierCause(turn.tier()), turn.promptVersion(),
					null, outcome, CacheOutcome.NOT_USED, turn.calls(), turn.cost(), Money.ZERO));
	}

	private static String tierCause(Tier tier) {
		return (tier == Tier.AUTO) ? "client-model" : "client-model: no tiers configured";
	}

}

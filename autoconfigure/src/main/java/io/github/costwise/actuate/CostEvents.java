package io.github.costwise.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;
import io.github.costwise.Money;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.CallEnding;
import io.github.costwise.model.CallRecord.CallTarget;
import io.github.costwise.model.CallRecord.CallTiming;
import io.github.costwise.model.CallRecord.SourcedUsage;
import io.github.costwise.model.Price;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.Savings;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.model.TurnRecord.TurnTiming;
import io.github.costwise.model.Versions;
import io.github.costwise.spi.UsageLedger.LedgerEvent;

/**
 * What {@code costevents} answers: recent turns with their calls, newest first. Holds no
 * text of prompts or answers. Immutable.
 *
 * @param currency always {@code USD}
 * @param events the turns
 * @since 0.1.0
 */
record CostEvents(String currency, List<Event> events) {

	/**
	 * A turn with its calls.
	 *
	 * @param turn the turn, or {@code null} for a call that no turn made
	 * @param calls its calls, in order
	 */
	public record Event(@Nullable TurnEntry turn, List<Call> calls) {

		static Event of(LedgerEvent event) {
			TurnRecord turn = event.turn();
			return new Event((turn != null) ? TurnEntry.of(turn) : null, event.calls().stream().map(Call::of).toList());
		}

	}

	/**
	 * A turn: the values of {@link TurnRecord}, ungrouped.
	 *
	 * @param id unique id
	 * @param parentTurnId the turn whose tool made this one, or {@code null}
	 * @param startedAt when it began, ISO in UTC
	 * @param latencyMillis from its begin to its end
	 * @param attribution what it is attributed to
	 * @param policy name of the policy
	 * @param tier the tier asked for
	 * @param tierCause why the model was chosen
	 * @param promptVersion version of the prompt, or {@code null}
	 * @param routingVersion version of the routing configuration, or {@code null}
	 * @param outcome how it ended
	 * @param cacheOutcome what the response cache did
	 * @param callCount how many calls it made
	 * @param costNanoUsd what they cost
	 * @param costUsd the same in dollars
	 * @param savedNanoUsd what was saved; may be negative
	 * @param savedUsd the same in dollars
	 * @param savedBy what it is made of
	 */
	public record TurnEntry(String id, @Nullable String parentTurnId, String startedAt, long latencyMillis,
			EventAttribution attribution, String policy, String tier, String tierCause, @Nullable String promptVersion,
			@Nullable String routingVersion, String outcome, String cacheOutcome, int callCount, long costNanoUsd,
			String costUsd, long savedNanoUsd, String savedUsd, SavedBy savedBy) {

		static TurnEntry of(TurnRecord turn) {
			TurnTiming timing = turn.timing();
			Versions versions = turn.versions();
			Money amount = turn.cost().amount();
			Savings saved = turn.cost().saved();
			return new TurnEntry(turn.id(), turn.identity().parentTurnId(), timing.startedAt().toString(),
					timing.latency().toMillis(), EventAttribution.of(turn.attribution()), versions.policy(),
					turn.route().tier().name(), turn.route().cause(), versions.prompt(), versions.routing(),
					turn.outcome().name(), turn.cacheOutcome().name(), turn.cost().calls(), amount.nanos(),
					CostReport.usd(amount), saved.total().nanos(), CostReport.usd(saved.total()), SavedBy.of(saved));
		}

	}

	/**
	 * A call: the values of {@link CallRecord}, ungrouped.
	 *
	 * @param id unique id
	 * @param turnId the turn that made it
	 * @param round position within the turn, from 1
	 * @param startedAt when it was sent, ISO in UTC
	 * @param latencyMillis from sending to the end of the answer
	 * @param timeToFirstTokenMillis to the first content of a stream, or {@code null}
	 * @param operation what kind of model was asked
	 * @param purpose why the call was made
	 * @param provider billing provider
	 * @param requestedModel the model asked for
	 * @param answeredModel the model that answered
	 * @param serviceTier the processing class that was billed
	 * @param streamed whether the answer was streamed
	 * @param outcome how it ended
	 * @param errorType kind of failure, or {@code null}
	 * @param coverage how the call came to be known
	 * @param attribution what it is attributed to
	 * @param policy name of the policy
	 * @param promptVersion version of the prompt, or {@code null}
	 * @param routingVersion version of the routing configuration, or {@code null}
	 * @param deployment id of prompt version, answered model and routing version together
	 * @param usage what was used
	 * @param price what it cost
	 * @param attempts every HTTP try seen, in order
	 */
	public record Call(String id, String turnId, int round, String startedAt, long latencyMillis,
			@Nullable Long timeToFirstTokenMillis, String operation, String purpose, String provider,
			String requestedModel, String answeredModel, String serviceTier, boolean streamed, String outcome,
			@Nullable String errorType, String coverage, EventAttribution attribution, String policy,
			@Nullable String promptVersion, @Nullable String routingVersion, String deployment, Used usage,
			Priced price, List<Try> attempts) {

		static Call of(CallRecord call) {
			CallTiming timing = call.timing();
			CallTarget target = call.target();
			CallEnding ending = call.ending();
			Versions versions = call.versions();
			Duration first = timing.timeToFirstToken();
			return new Call(call.id(), call.turnId(), call.identity().round(), timing.startedAt().toString(),
					timing.latency().toMillis(), (first != null) ? first.toMillis() : null, target.operation().name(),
					call.purpose().name(), target.provider(), target.requestedModel(), target.answeredModel(),
					target.serviceTier().name(), timing.streamed(), ending.outcome().name(), ending.errorType(),
					ending.coverage().name(), EventAttribution.of(call.attribution()), versions.policy(),
					versions.prompt(), versions.routing(), call.deployment(), Used.of(call.usage()),
					Priced.of(call.price()), ending.attempts().stream().map(Try::of).toList());
		}

	}

	/**
	 * What a cost is attributed to.
	 *
	 * @param feature the feature, or {@code null}
	 * @param tenant the tenant, or {@code null}
	 * @param user the user, or {@code null}
	 * @param tags further labels, in the order of their names
	 */
	public record EventAttribution(@Nullable String feature, @Nullable String tenant, @Nullable String user,
			Map<String, String> tags) {

		static EventAttribution of(Attribution attribution) {
			return new EventAttribution(attribution.feature(), attribution.tenant(), attribution.user(),
					new TreeMap<>(attribution.tags()));
		}

	}

	/**
	 * What a call used. Input, cache read, cache write and output are disjoint.
	 *
	 * @param source where the counts are from
	 * @param inputTokens prompt tokens at the full rate
	 * @param cacheReadTokens prompt tokens read from the provider's cache
	 * @param cacheWriteTokens prompt tokens written to it
	 * @param outputTokens generated tokens, reasoning included
	 * @param reasoningTokens the part that is reasoning
	 * @param units the same in the provider's billed units, only those above zero
	 */
	public record Used(String source, long inputTokens, long cacheReadTokens, long cacheWriteTokens, long outputTokens,
			long reasoningTokens, Map<String, Long> units) {

		static Used of(SourcedUsage sourced) {
			TokenUsage usage = sourced.tokens();
			long cached = usage.cacheReadTokens() + usage.cacheWriteTokens();
			Map<String, Long> units = new TreeMap<>();
			for (BilledUnit unit : BilledUnit.values()) {
				if (usage.get(unit) > 0) {
					units.put(unit.name(), usage.get(unit));
				}
			}
			return new Used(sourced.source().name(), usage.promptTokens() - cached, usage.cacheReadTokens(),
					usage.cacheWriteTokens(), usage.outputTokens(), usage.get(BilledUnit.OUTPUT_REASONING), units);
		}

	}

	/**
	 * What a call cost. The four parts add up.
	 *
	 * @param state how far the amount can be trusted
	 * @param costNanoUsd the amount
	 * @param costUsd the same in dollars
	 * @param inputNanoUsd the part of prompt tokens at the full rate
	 * @param cachedNanoUsd the part of provider caches
	 * @param outputNanoUsd the part of generated tokens
	 * @param otherNanoUsd the part of units that are not tokens
	 * @param listNanoUsd the amount at list rates, before a negotiated discount
	 * @param reasons why the amount is not exact, empty for an exact one
	 * @param catalogVersion version of the catalogue
	 * @param priceTier the price tier that applied
	 */
	public record Priced(String state, long costNanoUsd, String costUsd, long inputNanoUsd, long cachedNanoUsd,
			long outputNanoUsd, long otherNanoUsd, long listNanoUsd, List<String> reasons, String catalogVersion,
			String priceTier) {

		static Priced of(Price price) {
			return new Priced(price.state().name(), price.amount().nanos(), CostReport.usd(price.amount()),
					price.input().nanos(), price.cached().nanos(), price.output().nanos(), price.other().nanos(),
					price.list().nanos(), price.reasons().stream().sorted().map(PriceReason::id).toList(),
					price.catalogVersion(), price.priceTier());
		}

	}

	/**
	 * One HTTP try.
	 *
	 * @param number position within the call, from 1
	 * @param status the HTTP status, or 0 when no response came
	 * @param latencyMillis how long it took
	 * @param outcome {@code ok}, {@code http_NNN}, or the kind of failure
	 */
	public record Try(int number, int status, long latencyMillis, String outcome) {

		static Try of(CallRecord.HttpAttempt attempt) {
			return new Try(attempt.number(), attempt.status(), attempt.latency().toMillis(), attempt.outcome());
		}

	}

}

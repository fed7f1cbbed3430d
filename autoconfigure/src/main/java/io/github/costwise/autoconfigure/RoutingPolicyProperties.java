package io.github.costwise.autoconfigure;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.costwise.Money;
import io.github.costwise.fallback.FallbackPolicy;
import io.github.costwise.model.FailureKind;
import io.github.costwise.model.Reaction;
import io.github.costwise.quality.GateRules;
import io.github.costwise.routing.RoutingPolicy;
import io.github.costwise.routing.RoutingRule;
import io.github.costwise.routing.RoutingSettings;

/**
 * What a policy says of routing, under {@code costwise.policies.<name>.routing}.
 *
 * @param mode how much the router may do: 'off', 'observe' reports what it would choose,
 * 'enforce' chooses the model
 * @param targetQuality how likely a tier must be to answer as well as the most capable
 * one
 * @param quietTurns after how many turns in a row that a lower tier would have been
 * enough for a conversation moves down
 * @param contextMargin share of a context window that is kept free
 * @param rules what goes where, whatever its score; the first that fits wins
 * @param regions where requests may be answered; empty for anywhere
 * @param maxCallCostUsd most that a call may cost, in US dollars
 * @param overrideModel whether a model that the options of a request name is replaced too
 * @since 0.1.0
 */
public record RoutingPolicyProperties(@DefaultValue("observe") RoutingPolicy.RoutingMode mode,
		@DefaultValue("0.78") double targetQuality, @DefaultValue("2") int quietTurns,
		@DefaultValue("0.05") double contextMargin, @DefaultValue List<Rule> rules, @DefaultValue Set<String> regions,
		@Nullable BigDecimal maxCallCostUsd, @DefaultValue("false") boolean overrideModel) {

	RoutingPolicy toPolicy() {
		Money most = (this.maxCallCostUsd != null) ? Money.ofUsd(this.maxCallCostUsd) : null;
		return new RoutingPolicy(this.mode,
				new RoutingSettings(this.targetQuality, this.quietTurns, this.contextMargin),
				this.rules.stream().map(Rule::toRule).toList(), new RoutingPolicy.TargetBounds(this.regions, most),
				this.overrideModel);
	}

	/**
	 * A rule.
	 *
	 * @param name what decisions call it
	 * @param when attributes and their values that a request must have: 'feature',
	 * 'tenant', 'user', 'policy', 'prompt-version' or a tag
	 * @param words words of which the last message of the user must contain one
	 * @param to name of a tier or target
	 */
	public record Rule(String name, @DefaultValue Map<String, String> when, @DefaultValue Set<String> words,
			String to) {

		@SuppressWarnings("ConstantValue")
		RoutingRule toRule() {
			if (this.name == null || this.to == null) {
				throw new IllegalArgumentException("a rule needs a 'name' and a 'to'");
			}
			return new RoutingRule(this.name, (this.when != null) ? this.when : Map.of(), this.words, this.to);
		}

	}

	/**
	 * What a policy says of fallback, under {@code costwise.policies.<name>.fallback}.
	 *
	 * @param enabled whether another target takes over from one that fails
	 * @param maxAttempts most attempts of a call, the first one included
	 * @param deadline how long a turn may take; without it, as long as its clients wait
	 * @param attemptTimeout how long one attempt may take; of a stream, until its content
	 * begins
	 * @param maxCostUsd what a turn may have spent for another attempt to be made, in US
	 * dollars
	 * @param downwards whether a less capable tier may take over
	 * @param longestWait longest wait for the same target that is waited out
	 * @param reactions what is done after failures of a kind, where it is not the default
	 * @param afterThoughts whether another target may take over a stream of which only
	 * thoughts were passed on
	 */
	public record Fallback(@DefaultValue("true") boolean enabled, @DefaultValue("3") int maxAttempts,
			@Nullable Duration deadline, @Nullable Duration attemptTimeout, @Nullable BigDecimal maxCostUsd,
			@DefaultValue("false") boolean downwards, @DefaultValue("2s") Duration longestWait,
			@Nullable Map<FailureKind, Reaction> reactions, @DefaultValue("false") boolean afterThoughts) {

		FallbackPolicy toPolicy() {
			Money most = (this.maxCostUsd != null) ? Money.ofUsd(this.maxCostUsd) : null;
			return new FallbackPolicy(this.enabled, this.maxAttempts, this.deadline, this.attemptTimeout, most,
					this.downwards, this.longestWait, (this.reactions != null) ? this.reactions : Map.of(),
					this.afterThoughts);
		}

	}

	/**
	 * What a policy says of the quality gate, under
	 * {@code costwise.policies.<name>.gate}.
	 *
	 * @param mode how much the gate may do: 'off', 'observe' counts the answers that are
	 * not valid, 'enforce' replaces answers that are not good enough
	 * @param plainAbove how likely a cheap answer must be good for no second opinion to
	 * be asked
	 * @param second name of the target that gives the second opinion; without it, answers
	 * are judged by their validity only
	 * @param bufferStreams whether streams are held back until they are judged
	 */
	public record Gate(@DefaultValue("off") GateRules.GateMode mode, @DefaultValue("0.95") double plainAbove,
			@Nullable String second, @DefaultValue("false") boolean bufferStreams) {

		GateRules toRules() {
			return new GateRules(this.mode, this.plainAbove, this.second, this.bufferStreams);
		}

	}

}

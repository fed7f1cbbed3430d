package io.github.costwise.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;
import io.github.costwise.fallback.FallbackPolicy;
import io.github.costwise.pipeline.CostPolicy;
import io.github.costwise.pipeline.Fallbacks;
import io.github.costwise.pipeline.TurnRouter;
import io.github.costwise.routing.RoutingPolicy;
import io.github.costwise.routing.RoutingRule;

/**
 * What a policy says of routing and fallback. Immutable.
 *
 * @param mode {@code off}, {@code observe} or {@code enforce}
 * @param targetQuality how likely a tier must be good enough, 0 to 1
 * @param quietTurns turns in a row after which a conversation moves down
 * @param contextMargin share of a context window that is kept free
 * @param rules what goes where, whatever its score
 * @param regions where requests may be answered; empty for anywhere
 * @param maxCallCostUsd most that a call may cost, in dollars, or {@code null}
 * @param overridesModel whether a model that a request names is replaced too
 * @param fallback what it says of fallback
 * @since 0.1.0
 */
record RoutePolicyReport(String mode, double targetQuality, int quietTurns, double contextMargin,
		List<RuleReport> rules, List<String> regions, @Nullable String maxCallCostUsd, boolean overridesModel,
		FallbackRules fallback) {

	static RoutePolicyReport of(CostPolicy policy) {
		RoutingPolicy routing = TurnRouter.POLICY.of(policy);
		return new RoutePolicyReport(CostCacheReports.lower(routing.mode()), routing.settings().target(),
				routing.settings().quietTurns(), routing.settings().contextMargin(),
				routing.rules().stream().map(RuleReport::of).toList(),
				routing.bounds().regions().stream().sorted().toList(), usd(routing.bounds().maxCallCost()),
				routing.overridesModel(), FallbackRules.of(Fallbacks.POLICY.of(policy)));
	}

	private static @Nullable String usd(@Nullable Money amount) {
		return (amount != null) ? CostReport.usd(amount) : null;
	}

	/**
	 * A rule.
	 *
	 * @param name its name
	 * @param when attributes that a request must have
	 * @param words words of which a request must contain one; empty for any
	 * @param to name of a tier or target
	 */
	public record RuleReport(String name, Map<String, String> when, List<String> words, String to) {

		static RuleReport of(RoutingRule rule) {
			return new RuleReport(rule.name(), new TreeMap<>(rule.attributes()),
					rule.words().stream().sorted().toList(), rule.destination());
		}

	}

	/**
	 * What a policy says of fallback.
	 *
	 * @param enabled whether another target takes over from one that fails
	 * @param maxAttempts most attempts of a call
	 * @param deadlineMillis how long a turn may take, or {@code null}
	 * @param attemptTimeoutMillis how long an attempt may take, or {@code null}
	 * @param maxCostUsd what a turn may have spent for another attempt to be made, in
	 * dollars, or {@code null}
	 * @param downwards whether a less capable tier may take over
	 * @param longestWaitMillis longest wait for the same target that is waited out
	 * @param reactions what is done after failures, where it is not the default
	 */
	public record FallbackRules(boolean enabled, int maxAttempts, @Nullable Long deadlineMillis,
			@Nullable Long attemptTimeoutMillis, @Nullable String maxCostUsd, boolean downwards, long longestWaitMillis,
			Map<String, String> reactions) {

		static FallbackRules of(FallbackPolicy policy) {
			Map<String, String> reactions = new TreeMap<>();
			policy.reactions()
				.forEach((kind, reaction) -> reactions.put(CostCacheReports.lower(kind),
						CostCacheReports.lower(reaction)));
			return new FallbackRules(policy.enabled(), policy.maxAttempts(), millis(policy.deadline()),
					millis(policy.attemptTimeout()), usd(policy.maxCost()), policy.downwards(),
					policy.longestWait().toMillis(), reactions);
		}

		private static @Nullable Long millis(@Nullable Duration duration) {
			return (duration != null) ? duration.toMillis() : null;
		}

	}

}

package io.github.costwise.actuate;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Rejection;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.RoutingDecision;
import io.github.costwise.model.RoutingScore;
import io.github.costwise.pipeline.RouteLog;

/**
 * A decision of the router, explained. Holds no text of the request. Immutable.
 *
 * @param turnId id of the turn
 * @param policy name of its policy
 * @param version version of the configuration that decided
 * @param acting whether the decision was followed, not only observed
 * @param tier name of the chosen tier
 * @param target name of the chosen target
 * @param model the chosen model
 * @param cause why, such as {@code score}
 * @param wantedTier name of the tier that the cause asked for; the chosen one stands
 * higher when nothing of it was able to answer
 * @param rule name of the rule, or {@code null}
 * @param score what the routing model said, or {@code null} when it was not asked
 * @param quietTurns how many turns in a row a lower tier would have been enough for this
 * conversation
 * @param alternatives names of targets that could have answered too, in the order of a
 * fallback
 * @param rejections what spoke against the others
 * @since 0.1.0
 */
record RouteDecisionReport(String turnId, String policy, String version, boolean acting, String tier, String target,
		String model, String cause, String wantedTier, @Nullable String rule, @Nullable Score score, int quietTurns,
		List<String> alternatives, List<Rejected> rejections) {

	static RouteDecisionReport of(RouteLog.LoggedDecision entry) {
		RoutingDecision decision = entry.decision();
		RoutingDecision.RoutingReason reason = decision.reason();
		RoutingScore score = reason.score();
		return new RouteDecisionReport(entry.turn(), entry.policy(), entry.version(), entry.acting(), decision.tier(),
				decision.target().name(), decision.target().model(), CostCacheReports.lower(reason.cause()),
				reason.wanted(), reason.rule(), (score != null) ? Score.of(score) : null,
				reason.conversation().quietTurns(), decision.alternatives().stream().map(RouteTarget::name).toList(),
				decision.rejections().stream().map(Rejected::of).toList());
	}

	/**
	 * What the routing model said.
	 *
	 * @param difficulty how much a more capable model would gain; comparable within one
	 * routing model
	 * @param lightProbability how likely a light model is good enough, 0 to 1
	 * @param standardProbability how likely a standard model is good enough, 0 to 1
	 * @param encoded whether the vector of the request took part
	 */
	public record Score(double difficulty, double lightProbability, double standardProbability, boolean encoded) {

		static Score of(RoutingScore score) {
			return new Score(score.difficulty(), score.probabilities().light(), score.probabilities().standard(),
					score.encoded());
		}

	}

	/**
	 * What spoke against a target.
	 *
	 * @param target its name
	 * @param reason what kind of reason, such as {@code context-window}
	 * @param detail what exactly, in words
	 */
	public record Rejected(String target, String reason, String detail) {

		static Rejected of(Rejection rejection) {
			return new Rejected(rejection.target(), CostCacheReports.lower(rejection.reason()), rejection.detail());
		}

	}

}

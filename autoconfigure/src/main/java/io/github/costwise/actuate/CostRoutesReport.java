package io.github.costwise.actuate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.Deployments;
import io.github.costwise.pipeline.Gates;
import io.github.costwise.pipeline.QualitySignal;
import io.github.costwise.pipeline.RouteLog;
import io.github.costwise.quality.GateCounters;

/**
 * What {@code costroutes} answers: what requests are routed over, what was decided since
 * start, and why of late. Names no text of a request. Immutable.
 *
 * @param version version of the configuration of most turns
 * @param routingModel version of the weights that score requests
 * @param tiers what requests are routed over, from the cheapest to the most capable
 * @param policies what each policy says, by name
 * @param choices how often each choice was made, the most frequent first
 * @param takeovers how often one target took over from another, the most frequent first
 * @param refusals turns that no target was able to answer, by reason
 * @param fallback how many turns fell back of late
 * @param gate how answers of lower tiers were judged
 * @param rollout how good answers are, and the configuration on trial
 * @param deployments the deployments that were called last, the latest first
 * @param decisions the last decisions, the latest first
 * @since 0.1.0
 */
record CostRoutesReport(String version, String routingModel, List<RouteTierReport> tiers,
		Map<String, RoutePolicyReport> policies, List<ChoiceCount> choices, List<TakeoverCount> takeovers,
		Map<String, Long> refusals, FallbackReport fallback, GateReport gate, RolloutReport rollout,
		List<DeploymentRow> deployments, List<RouteDecisionReport> decisions) {

	/**
	 * How answers of lower tiers were judged.
	 *
	 * @param rejections answers that were rejected, by rule
	 * @param secondOpinions what second opinions cost and saved, by policy
	 */
	public record GateReport(Map<String, Long> rejections, Map<String, SecondOpinions> secondOpinions) {

		static GateReport of(Gates gates) {
			Map<String, SecondOpinions> opinions = new TreeMap<>();
			gates.states().forEach((policy, state) -> opinions.put(policy, SecondOpinions.of(state)));
			return new GateReport(gates.rejections(), opinions);
		}

	}

	/**
	 * What second opinions cost and saved.
	 *
	 * @param asked requests that were asked twice
	 * @param escalated those whose answer was replaced
	 * @param skipped requests that were not asked twice since it did not pay
	 * @param costRatio what they cost, as a share of the more capable target alone
	 * @param paying whether they pay
	 */
	public record SecondOpinions(long asked, long escalated, long skipped, double costRatio, boolean paying) {

		static SecondOpinions of(GateCounters.GateState state) {
			return new SecondOpinions(state.gated(), state.escalated(), state.skipped(), state.costRatio(),
					state.paying());
		}

	}

	/**
	 * A kind of choice.
	 *
	 * @param policy name of the policy
	 * @param tier name of the tier
	 * @param target name of the target
	 * @param cause why
	 * @param acting whether it was followed, not only observed
	 * @param turns how many turns
	 */
	public record ChoiceCount(String policy, String tier, String target, String cause, boolean acting, long turns) {

		static ChoiceCount of(RouteLog.Choice choice, long turns) {
			return new ChoiceCount(choice.policy(), choice.tier(), choice.target(),
					CostCacheReports.lower(choice.cause()), choice.acting(), turns);
		}

	}

	/**
	 * One target taking over from another.
	 *
	 * @param from name of the target that failed
	 * @param to name of the target that took over
	 * @param kind what went wrong, such as {@code rate-limited}; {@code unavailable} when
	 * the circuit of the first one was open
	 * @param count how often
	 */
	public record TakeoverCount(String from, String to, String kind, long count) {

	}

	/**
	 * How many turns fell back of late.
	 *
	 * @param share share of the turns in the window, 0 to 1
	 * @param turns turns in the window
	 * @param turnsByTarget how many of them fell back, by the target that failed first
	 */
	public record FallbackReport(double share, long turns, Map<String, Long> turnsByTarget) {

	}

	/**
	 * How good answers are, and the configuration on trial.
	 *
	 * @param stable how good the answers of most turns are
	 * @param candidate the configuration on trial, or {@code null}
	 * @param shadow what a candidate in shadow would have changed since start
	 */
	public record RolloutReport(QualityReport stable, @Nullable CandidateReport candidate, RoutingShadow shadow) {

	}

	/**
	 * How good the answers of a configuration are.
	 *
	 * @param ratings how many ratings there were
	 * @param shareOfGood share of good ones, old ones counting less and less, or
	 * {@code null} before the first
	 */
	public record QualityReport(long ratings, @Nullable Double shareOfGood) {

		static QualityReport of(QualitySignal signal) {
			return new QualityReport(signal.seen(), (signal.seen() > 0) ? signal.share() : null);
		}

	}

	/**
	 * A configuration on trial.
	 *
	 * @param version its version
	 * @param routingModel version of its weights
	 * @param share share of users that it applies to, 0 to 1
	 * @param shadow whether it only says what it would do
	 * @param leastQuality share of good answers below which it goes back
	 * @param mostDrop how much smaller than the stable share of good answers its own may
	 * be
	 * @param leastTurns ratings before it may be judged
	 * @param quality how good its answers are
	 * @param tiers its tiers, or {@code null} when they are those of the stable one
	 */
	public record CandidateReport(String version, String routingModel, double share, boolean shadow,
			double leastQuality, double mostDrop, int leastTurns, QualityReport quality,
			@Nullable List<RouteTierReport> tiers) {

	}

	/**
	 * What a candidate in shadow would have changed.
	 *
	 * @param decisions how many decisions it was asked for
	 * @param differing how many of them would have gone to another target
	 */
	public record RoutingShadow(long decisions, long differing) {

	}

	/**
	 * The chat calls of a deployment since start.
	 *
	 * @param id its id, as in {@code costevents} and {@code costexport}
	 * @param promptVersion version of the prompt, or {@code null}
	 * @param provider billing provider
	 * @param model the model that answered
	 * @param routingVersion version of the routing configuration, or {@code null}
	 * @param calls how many calls
	 * @param failures how many of them failed or timed out
	 * @param costNanoUsd what they cost
	 * @param costUsd the same in dollars
	 * @param meanLatencyMillis mean time from sending to the end of the answer
	 */
	public record DeploymentRow(String id, @Nullable String promptVersion, String provider, String model,
			@Nullable String routingVersion, long calls, long failures, long costNanoUsd, String costUsd,
			long meanLatencyMillis) {

		static DeploymentRow of(Deployments.DeploymentSums entry) {
			return new DeploymentRow(entry.deployment().id(), entry.deployment().promptVersion(),
					entry.deployment().provider(), entry.deployment().model(), entry.deployment().routingVersion(),
					entry.calls(), entry.failures(), entry.cost().nanos(), CostReport.usd(entry.cost()),
					entry.meanLatency().toMillis());
		}

	}

}

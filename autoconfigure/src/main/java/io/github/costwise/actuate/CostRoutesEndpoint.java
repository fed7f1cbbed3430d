package io.github.costwise.actuate;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import io.github.costwise.CostFeedback;
import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.accounting.Deployments;
import io.github.costwise.fallback.FallbackRate;
import io.github.costwise.fallback.TargetHealth;
import io.github.costwise.model.RoutingRollback;
import io.github.costwise.pipeline.Calibrator;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.pipeline.Gates;
import io.github.costwise.pipeline.Rollout;
import io.github.costwise.pipeline.TurnRouter;
import io.github.costwise.routing.calibration.CalibrationResult;

/**
 * What requests are routed over, what was decided and why; goes back to an earlier
 * configuration, promotes the one on trial, and records how good an answer was.
 * Thread-safe.
 *
 * @since 0.1.0
 */
@Endpoint(id = "costroutes")
public class CostRoutesEndpoint {

	private final CostRoutesReports reports;

	private final Rollout rollout;

	private final CostFeedback feedback;

	private final @Nullable Calibrator calibrator;

	/**
	 * Creates an endpoint.
	 * @param router chooses the models
	 * @param health how the targets are doing
	 * @param rate how many turns fell back of late
	 * @param policies the configured policies
	 * @param deployments sums of each deployment
	 * @param gates how answers are judged
	 * @param calibrator calibrates the routing model, or {@code null} without labels
	 */
	public CostRoutesEndpoint(TurnRouter router, TargetHealth health, FallbackRate rate, CostPolicies policies,
			Deployments deployments, Gates gates, @Nullable Calibrator calibrator) {
		this.calibrator = calibrator;
		this.reports = new CostRoutesReports(router, health, rate, policies, deployments, gates);
		this.rollout = router.rollout();
		this.feedback = router.feedback();
	}

	/**
	 * Returns what requests are routed over and what was decided.
	 * @return the report
	 */
	@ReadOperation
	public CostRoutesReport report() {
		return this.reports.report();
	}

	/**
	 * Returns a decision that is among the last 100.
	 * @param turnId id of the turn
	 * @return the decision, or {@code null} when it is not among them
	 */
	@ReadOperation
	public @Nullable RouteDecisionReport decision(@Selector String turnId) {
		return this.reports.decision(turnId);
	}

	/**
	 * Goes back, promotes the candidate, records how good an answer was, or calibrates
	 * the routing model on the labels that were collected, which takes seconds to
	 * minutes.
	 * @param action {@code rollback}, {@code promote}, {@code rate} or {@code calibrate}
	 * @param turn for {@code rate}, id of the turn
	 * @param good for {@code rate}, {@code true} or {@code false}
	 * @return what was done
	 */
	@WriteOperation
	public CostRoutesAction act(@Nullable String action, @Nullable String turn, @Nullable String good) {
		return switch ((action != null) ? action.trim().toLowerCase(Locale.ROOT) : "") {
			case "rollback" -> rollBack();
			case "promote" -> promote();
			case "rate" -> rate(turn, good);
			case "calibrate" -> calibrate();
			default -> throw Period.invalid("'action' must be 'rollback', 'promote', 'rate' or 'calibrate'"
					+ ((action != null) ? ", but is '" + action + "'" : ""));
		};
	}

	private CostRoutesAction rollBack() {
		RoutingRollback rollback = this.rollout.rollBack("Asked for through Actuator");
		if (rollback == null) {
			throw Period.invalid("There is nothing to go back to: no candidate is on trial, and the configuration "
					+ version() + " is the one that the application started with");
		}
		return CostRoutesAction.rolledBack(rollback);
	}

	private CostRoutesAction promote() {
		String before = version();
		if (!this.rollout.promote()) {
			throw Period.invalid("There is no candidate to promote; " + before + " applies to all turns");
		}
		return CostRoutesAction.promoted(before, version());
	}

	private CostRoutesAction rate(@Nullable String turn, @Nullable String good) {
		if (turn == null || good == null || !("true".equals(good) || "false".equals(good))) {
			throw Period.invalid("'rate' needs 'turn', the id of a turn, and 'good', which is true or false");
		}
		if (!this.feedback.rate(turn, Boolean.parseBoolean(good))) {
			throw Period.invalid("The turn '" + turn + "' was not routed lately, or was rated before");
		}
		return CostRoutesAction.rated(turn, Boolean.parseBoolean(good), version());
	}

	private CostRoutesAction calibrate() {
		if (this.calibrator == null) {
			throw Period.invalid("There are no labels; set 'costwise.routing.labels.file'");
		}
		String before = version();
		try {
			CalibrationResult result = this.calibrator.calibrate();
			return CostRoutesAction.calibrated(result, before, version());
		}
		catch (CostwiseConfigurationException ex) {
			throw Period.invalid(ex.problem() + " " + ex.action());
		}
	}

	private String version() {
		return this.rollout.now().stable().version();
	}

}

package io.github.costwise.benchmarks.eval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.costwise.benchmarks.eval.routing.GateCalibration;
import io.github.costwise.benchmarks.eval.routing.GateCosts;
import io.github.costwise.quality.GateLabel;
import io.github.costwise.quality.GateModel;
import io.github.costwise.benchmarks.eval.routing.GatePolicy;
import io.github.costwise.routing.EncodedScore;
import io.github.costwise.routing.LinearScore.Link;
import io.github.costwise.routing.RoutingModel;

/**
 * A quality gate that was fitted beside a routing model.
 *
 * @param model what an application loads
 * @param report what to set beside it, and what to expect
 */
record GateFit(GateModel model, Map<String, Object> report) {

	/** The target of a policy is never quite 0 or 1. */
	private static final double EDGE = 1e-6;

	/**
	 * Fits a gate.
	 * @param routing the routing model that will score requests
	 * @param labels the labels, in an order that has no meaning
	 * @param costs what calls cost
	 * @param keep the part of the quality gap to keep
	 * @return the gate
	 * @throws IllegalArgumentException if the labels show no gap between the models
	 */
	static GateFit of(RoutingModel routing, List<GateLabel> labels, GateCosts costs, double keep) {
		GateCalibration calibration = new GateCalibration(labels, costs);
		GatePolicy policy = calibration.choose(keep);
		GateCalibration.Expectation expected = calibration.expected(policy);
		Link link = link(routing);
		double target = link.probabilities(policy.gatedUpTo()).light();
		Map<String, Object> report = new LinkedHashMap<>();
		report.put("plainAbove", link.probabilities(policy.plainUpTo()).light());
		report.put("targetQuality", Math.max(EDGE, Math.min(1 - EDGE, target)));
		report.put("escalateAbove", policy.escalateAbove());
		report.put("expectedCost", expected.cost());
		report.put("expectedGap", expected.kept());
		return new GateFit(new GateModel(calibration.estimate(), policy.escalateAbove(), routing.version()), report);
	}

	private static Link link(RoutingModel routing) {
		EncodedScore encoded = routing.encoded();
		return (encoded != null && encoded.learnt() != null) ? encoded.learnt().link() : routing.plain().link();
	}

}

package io.github.costwise.actuate;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.RoutingRollback;
import io.github.costwise.routing.calibration.CalibrationResult;

/**
 * What a write to {@code costroutes} did. Immutable.
 *
 * @param action what was asked for
 * @param done what was done, as a sentence
 * @param from version that applied before, to all turns or to a share of them, or
 * {@code null} when none changed
 * @param to version that applies to most turns now
 * @since 0.1.0
 */
record CostRoutesAction(String action, String done, @Nullable String from, String to) {

	static CostRoutesAction rolledBack(RoutingRollback rollback) {
		return new CostRoutesAction("rollback",
				"Went back from " + rollback.from() + " to " + rollback.to() + " for all turns.", rollback.from(),
				rollback.to());
	}

	static CostRoutesAction promoted(String from, String to) {
		return new CostRoutesAction("promote",
				"The candidate " + to + " now applies to all turns, instead of " + from + "; 'rollback' undoes that.",
				from, to);
	}

	static CostRoutesAction calibrated(CalibrationResult result, String from, String to) {
		CalibrationResult.Quality quality = result.quality();
		String measured = String.format(Locale.ROOT,
				"%d labels, APGR %.3f (95 %% interval %.3f to %.3f; random gives .5)", quality.labels(), quality.apgr(),
				quality.interval().low(), quality.interval().high());
		String done = (result.reason() != null) ? "Nothing changed. " + result.reason() + " Measured: " + measured + "."
				: "The calibrated configuration " + to + " now applies instead of " + from
						+ "; 'rollback' undoes that. Measured: " + measured + ".";
		return new CostRoutesAction("calibrate", done, (result.reason() != null) ? null : from, to);
	}

	static CostRoutesAction rated(String turnId, boolean good, String version) {
		return new CostRoutesAction("rate", "The answer of turn " + turnId + " counts as " + (good ? "good." : "bad."),
				null, version);
	}

}

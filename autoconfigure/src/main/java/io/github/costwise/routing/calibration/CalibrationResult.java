package io.github.costwise.routing.calibration;

import org.jspecify.annotations.Nullable;

import io.github.costwise.routing.RoutingModel;

/**
 * What came of a calibration.
 *
 * @param model the calibrated model, or {@code null} when it must not go live
 * @param quality how good it is on labels that it was not fitted on
 * @param reason why it must not go live, or {@code null}
 * @since 0.1.0
 */
public record CalibrationResult(@Nullable RoutingModel model, Quality quality, @Nullable String reason) {

	/**
	 * How good a calibrated model is, by cross-validation.
	 *
	 * @param labels how many labels there were
	 * @param apgr average share of the quality gap recovered; random gives .5
	 * @param interval 95 % interval of it
	 * @param cpt50 percent of requests to send to the capable model for half the gap
	 * @param cpt80 the same for four fifths
	 */
	public record Quality(int labels, double apgr, RoutingCurve.Interval interval, double cpt50, double cpt80) {

		static final Quality NONE = new Quality(0, .5, new RoutingCurve.Interval(0, 1), 50, 80);

		static Quality of(double[] scores, double[] gains, long seed) {
			RoutingCurve curve = RoutingCurve.of(scores, gains);
			return new Quality(gains.length, curve.apgr(),
					RoutingCurve.interval(scores, gains, Calibration.DRAWS, seed), curve.cpt(.5), curve.cpt(.8));
		}

	}

}

package io.github.costwise.routing.calibration;

import java.util.Arrays;

import io.github.costwise.fit.Gaussian;
import io.github.costwise.fit.LogisticRegression;
import io.github.costwise.routing.LinearScore.Link;

/**
 * Turns scores into probabilities: a logistic curve through what was seen (Platt 1999).
 */
final class Links {

	/**
	 * So that few labels cannot make a step of the curve; for scores of deviation one.
	 */
	private static final Gaussian PRIOR = new Gaussian(new double[] { 1 }, new double[][] { { 1 } });

	private static final double LEAST_SLOPE = 1e-3;

	private static final double LEAST_DEVIATION = 1e-6;

	private Links() {
	}

	/**
	 * Fits a link.
	 * @param scores held-out scores
	 * @param enough how well the light tier did against the most capable one, 0 to 1
	 * @param distance from the threshold of the light tier to that of the standard one
	 * @return the link
	 */
	static Link fit(double[] scores, double[] enough, double distance) {
		double unit = 1 / Math.max(LEAST_DEVIATION, deviation(scores));
		double[][] rows = new double[scores.length][];
		for (int i = 0; i < rows.length; i++) {
			rows[i] = new double[] { -unit * scores[i], 1 };
		}
		double[] fitted = LogisticRegression.fit(PRIOR.withBias(), rows, enough);
		return new Link(Math.max(LEAST_SLOPE, unit * fitted[0]), fitted[1], fitted[1] + distance);
	}

	private static double deviation(double[] values) {
		double mean = Arrays.stream(values).average().orElse(0);
		return Math.sqrt(Arrays.stream(values).map((value) -> (value - mean) * (value - mean)).average().orElse(0));
	}

}

package io.github.costwise.routing.calibration;

import java.util.Arrays;
import java.util.List;

import io.github.costwise.fit.Gaussian;
import io.github.costwise.fit.LogisticRegression;
import io.github.costwise.fit.SymmetricMatrix;
import io.github.costwise.routing.LinearScore;
import io.github.costwise.routing.LinearScore.Link;
import io.github.costwise.routing.RequestFeatures;
import io.github.costwise.routing.RoutingModel;

/**
 * Fits the score of texts without a vector to labels: a logistic regression of half the
 * gain on the features, so that requests that both models miss stay with the cheap one.
 * Used once.
 */
final class PlainFit {

	/** Log-odds of a unit of difficulty of the model to start from. */
	private static final double PRIOR_SCALE = .2;

	private static final double PRECISION = 12;

	private final RoutingModel prior;

	private final List<LabelledRequest> labels;

	PlainFit(RoutingModel prior, List<LabelledRequest> labels) {
		this.prior = prior;
		this.labels = labels;
	}

	/**
	 * Fits.
	 * @return a score with a link that means nothing yet
	 */
	LinearScore fit() {
		double[] mean = Arrays.stream(this.prior.plain().weights()).map((weight) -> PRIOR_SCALE * weight).toArray();
		Gaussian belief = new Gaussian(mean, SymmetricMatrix.diagonal(mean.length, PRECISION)).withBias();
		double[][] rows = this.labels.stream().map(this::row).toArray(double[][]::new);
		double[] targets = this.labels.stream().mapToDouble((label) -> (1 + label.gain()) / 2).toArray();
		double[] fitted = LogisticRegression.fit(belief, rows, targets);
		return new LinearScore(Arrays.copyOf(fitted, mean.length), fitted[mean.length], new Link(1, 0, 0));
	}

	/** The last column is the bias. */
	private double[] row(LabelledRequest label) {
		double[] standardised = this.prior.scale().standardise(RequestFeatures.of(label.text()));
		double[] row = Arrays.copyOf(standardised, standardised.length + 1);
		row[standardised.length] = 1;
		return row;
	}

	/**
	 * Scores a request by what was fitted.
	 * @param score the score
	 * @param label the request
	 * @return its difficulty
	 */
	double score(LinearScore score, LabelledRequest label) {
		double sum = score.bias();
		double[] row = row(label);
		for (int i = 0; i < row.length - 1; i++) {
			sum += row[i] * score.weights()[i];
		}
		return sum;
	}

}

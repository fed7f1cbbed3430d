package io.github.costwise.cache.verify;

import io.github.costwise.fit.Gaussian;
import io.github.costwise.fit.LogisticRegression;
import io.github.costwise.fit.SymmetricMatrix;

/**
 * Weights and how sure they are. Immutable.
 * <p>
 * The probability is the one of Bayesian logistic regression, moderated by the variance
 * of the log-odds (D. MacKay, "The evidence framework applied to classification
 * networks", 1992), lowered by a fifth of a standard deviation.
 *
 * @param weights the weights
 * @param covariance their covariance
 */
record HitModel(double[] weights, double[][] covariance) {

	private static final double CAUTION = .2;

	private static final double ENOUGH = 1e-4;

	static HitModel of(Gaussian belief) {
		return new HitModel(belief.mean(), SymmetricMatrix.inverse(belief.precision()));
	}

	double probability(double[] features) {
		double variance = SymmetricMatrix.quadratic(this.covariance, features);
		double logit = SymmetricMatrix.dot(this.weights, features) - CAUTION * Math.sqrt(variance);
		return LogisticRegression.sigmoid(logit / Math.sqrt(1 + Math.PI * variance / 8));
	}

	double plainProbability(double[] features) {
		return LogisticRegression.probability(features, this.weights);
	}

	/**
	 * Fits to labels, from these weights on.
	 * @param labels the labels, and what was believed before them
	 * @return the fitted model
	 */
	HitModel fit(LogisticRegression labels) {
		double[] fitted = labels.fit(this.weights, ENOUGH);
		return new HitModel(fitted, SymmetricMatrix.inverse(labels.curvature(fitted)));
	}

}

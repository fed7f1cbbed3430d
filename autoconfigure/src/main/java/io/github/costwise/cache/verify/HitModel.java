package io.github.costwise.cache.verify;

import java.util.Arrays;

/**
 * Weights and how sure they are. Immutable.
 * <p>
 * The probability is the one of Bayesian logistic regression, moderated by the variance
 * of the log-odds (D. MacKay, "The evidence framework applied to classification
 * networks", 1992), lowered by a fifth of a standard deviation.
 *
 * @param weights the weights
 * @param covariance their covariance, by rows
 */
record HitModel(double[] weights, double[] covariance) {

	private static final double CAUTION = .2;

	private static final int MAX_STEPS = 25;

	private static final double SMALLEST_STEP = 1e-4;

	private static final double ENOUGH = 1e-4;

	static HitModel of(Gaussian belief) {
		return new HitModel(belief.mean().clone(), SymmetricMatrix.inverse(belief.precision(), belief.size()));
	}

	double probability(double[] features) {
		double variance = SymmetricMatrix.quadratic(this.covariance, features);
		double logit = SymmetricMatrix.dot(this.weights, features) - CAUTION * Math.sqrt(variance);
		return sigmoid(logit / Math.sqrt(1 + Math.PI * variance / 8));
	}

	double plainProbability(double[] features) {
		return sigmoid(SymmetricMatrix.dot(this.weights, features));
	}

	static double sigmoid(double logit) {
		return 1 / (1 + Math.exp(-Math.max(-30, Math.min(30, logit))));
	}

	/**
	 * Fits to labels, from these weights on.
	 * @param belief what was believed before the labels
	 * @param labels the labels
	 * @return the fitted model
	 */
	HitModel fit(Gaussian belief, TrainingSet labels) {
		double[] now = this.weights;
		double loss = loss(belief, labels, now);
		double gain = Double.POSITIVE_INFINITY;
		for (int i = 0; i < MAX_STEPS && gain >= ENOUGH; i++) {
			now = improved(belief, labels, now);
			double next = loss(belief, labels, now);
			gain = loss - next;
			loss = next;
		}
		return new HitModel(now, SymmetricMatrix.inverse(hessian(belief, labels, now), now.length));
	}

	/** Takes a Newton step, halved until it helps. */
	private static double[] improved(Gaussian belief, TrainingSet labels, double[] weights) {
		double loss = loss(belief, labels, weights);
		double[] step = step(belief, labels, weights);
		for (double size = 1; size > SMALLEST_STEP; size /= 2) {
			double[] next = moved(weights, step, size);
			if (loss(belief, labels, next) <= loss) {
				return next;
			}
		}
		return weights;
	}

	/**
	 * Turns a belief and labels into one belief, as a parabola at these weights.
	 * @param belief the belief
	 * @param labels the labels
	 * @param memory by what the sureness is multiplied, up to 1
	 * @return the belief that stands for both
	 */
	Gaussian approximate(Gaussian belief, TrainingSet labels, double memory) {
		double[] mean = moved(this.weights, step(belief, labels, this.weights), 1);
		double[] precision = hessian(belief, labels, this.weights);
		for (int i = 0; i < precision.length; i++) {
			precision[i] *= memory;
		}
		return new Gaussian(mean, precision);
	}

	private static double[] moved(double[] from, double[] step, double size) {
		double[] to = from.clone();
		for (int i = 0; i < to.length; i++) {
			to[i] += size * step[i];
		}
		return to;
	}

	private static double[] step(Gaussian belief, TrainingSet labels, double[] weights) {
		double[] gradient = SymmetricMatrix.times(belief.precision(), difference(belief.mean(), weights));
		for (int i = 0; i < labels.size(); i++) {
			double[] row = labels.features(i);
			double scale = labels.weight(i) * (labels.target(i) - sigmoid(SymmetricMatrix.dot(weights, row)));
			for (int j = 0; j < gradient.length; j++) {
				gradient[j] += scale * row[j];
			}
		}
		int size = weights.length;
		return SymmetricMatrix.solve(SymmetricMatrix.decompose(hessian(belief, labels, weights), size), gradient);
	}

	static double[] hessian(Gaussian belief, TrainingSet labels, double[] weights) {
		double[] hessian = Arrays.copyOf(belief.precision(), belief.precision().length);
		for (int i = 0; i < labels.size(); i++) {
			double[] row = labels.features(i);
			double p = sigmoid(SymmetricMatrix.dot(weights, row));
			SymmetricMatrix.addOuter(hessian, row, labels.weight(i) * p * (1 - p));
		}
		SymmetricMatrix.mirror(hessian, weights.length);
		return hessian;
	}

	private static double loss(Gaussian belief, TrainingSet labels, double[] weights) {
		double loss = .5 * SymmetricMatrix.quadratic(belief.precision(), difference(weights, belief.mean()));
		for (int i = 0; i < labels.size(); i++) {
			double logit = Math.max(-30, Math.min(30, SymmetricMatrix.dot(weights, labels.features(i))));
			loss += labels.weight(i) * (Math.log1p(Math.exp(logit)) - labels.target(i) * logit);
		}
		return loss;
	}

	private static double[] difference(double[] one, double[] other) {
		double[] difference = one.clone();
		for (int i = 0; i < difference.length; i++) {
			difference[i] -= other[i];
		}
		return difference;
	}

}

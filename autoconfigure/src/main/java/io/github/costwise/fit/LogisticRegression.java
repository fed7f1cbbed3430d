package io.github.costwise.fit;

import java.util.Arrays;

/**
 * Logistic regression on labels from 0 to 1 with a Gaussian prior over the weights,
 * fitted with Newton's method, whose steps are halved while they make the fit worse: on
 * lopsided labels it would run away. Thread-safe; nobody changes the arrays meanwhile.
 *
 * @since 0.1.0
 */
public final class LogisticRegression {

	private static final int ITERATIONS = 25;

	/** Steps below this change nothing that could be seen. */
	private static final double ENOUGH = 1e-5;

	/** Relative to what is rounded. */
	private static final double ROUNDING = 1e-9;

	private static final double LARGEST = 30;

	private final Gaussian prior;

	private final double[][] rows;

	private final double[] labels;

	private final double[] counts;

	/**
	 * Creates a regression.
	 * @param prior what is believed of the weights without the labels
	 * @param rows one row a label, as long as there are weights
	 * @param labels the labels
	 * @param counts for how many labels each of them counts
	 */
	public LogisticRegression(Gaussian prior, double[][] rows, double[] labels, double[] counts) {
		this.prior = prior;
		this.rows = rows;
		this.labels = labels;
		this.counts = counts;
	}

	/**
	 * Fits weights from what is believed, every label counting once.
	 * @param prior what is believed of the weights without the labels
	 * @param rows one row a label, as long as there are weights
	 * @param labels the labels
	 * @return the weights
	 * @throws IllegalArgumentException if something is no number
	 */
	public static double[] fit(Gaussian prior, double[][] rows, double[] labels) {
		double[] counts = new double[labels.length];
		Arrays.fill(counts, 1);
		LogisticRegression regression = new LogisticRegression(prior, rows, labels, counts);
		if (Double.isNaN(regression.loss(prior.mean()))) {
			throw new IllegalArgumentException("What is fitted to must be numbers");
		}
		return regression.fit(prior.mean(), Double.NEGATIVE_INFINITY);
	}

	/**
	 * Fits weights.
	 * @param start the weights to start from
	 * @param least the gain of a step in log-likelihood below which none follows
	 * @return the weights
	 */
	public double[] fit(double[] start, double least) {
		double[] weights = start;
		double loss = loss(weights);
		double gain = Double.POSITIVE_INFINITY;
		double largest = Double.POSITIVE_INFINITY;
		for (int i = 0; i < ITERATIONS && gain >= least && largest > ENOUGH; i++) {
			double[] step = step(weights);
			double most = loss + ROUNDING * Math.abs(loss);
			double after = loss(sum(weights, step));
			largest = largest(step);
			while (!(after <= most) && largest > ENOUGH) {
				Arrays.setAll(step, (j) -> step[j] / 2);
				largest /= 2;
				after = loss(sum(weights, step));
			}
			if (!(after <= most)) {
				return weights;
			}
			weights = sum(weights, step);
			gain = loss - after;
			loss = after;
		}
		return weights;
	}

	/**
	 * Returns what prior and labels make believe together, as a parabola at some weights.
	 * @param weights the weights
	 * @return the belief
	 */
	public Gaussian around(double[] weights) {
		return new Gaussian(sum(weights, step(weights)), curvature(weights));
	}

	/**
	 * Returns how sure some weights are.
	 * @param weights the weights
	 * @return the inverse of their covariance
	 */
	public double[][] curvature(double[] weights) {
		double[][] curvature = SymmetricMatrix.copy(this.prior.precision());
		for (int i = 0; i < this.rows.length; i++) {
			double probability = probability(this.rows[i], weights);
			SymmetricMatrix.addOuter(curvature, this.rows[i], this.counts[i] * probability * (1 - probability));
		}
		return curvature;
	}

	private double[] step(double[] weights) {
		double[] slope = SymmetricMatrix.times(this.prior.precision(), difference(this.prior.mean(), weights));
		for (int i = 0; i < this.rows.length; i++) {
			double[] row = this.rows[i];
			double scale = this.counts[i] * (this.labels[i] - probability(row, weights));
			for (int j = 0; j < slope.length; j++) {
				slope[j] += scale * row[j];
			}
		}
		SymmetricMatrix.solve(curvature(weights), slope);
		return slope;
	}

	/** Less the logarithm of likelihood and prior. */
	private double loss(double[] weights) {
		double loss = SymmetricMatrix.quadratic(this.prior.precision(), difference(weights, this.prior.mean())) / 2;
		for (int i = 0; i < this.rows.length; i++) {
			double value = logit(this.rows[i], weights);
			loss += this.counts[i]
					* (Math.max(0, value) + Math.log1p(Math.exp(-Math.abs(value))) - this.labels[i] * value);
		}
		return loss;
	}

	private static double[] sum(double[] one, double[] other) {
		double[] sum = new double[one.length];
		Arrays.setAll(sum, (i) -> one[i] + other[i]);
		return sum;
	}

	private static double[] difference(double[] one, double[] other) {
		double[] difference = new double[one.length];
		Arrays.setAll(difference, (i) -> one[i] - other[i]);
		return difference;
	}

	private static double largest(double[] step) {
		return Arrays.stream(step).map(Math::abs).max().orElse(0);
	}

	/**
	 * Returns what weights say of a row.
	 * @param row the row
	 * @param weights the weights
	 * @return a probability
	 */
	public static double probability(double[] row, double[] weights) {
		return sigmoid(logit(row, weights));
	}

	/** The last product first, as the shipped models were fitted, with the bias last. */
	private static double logit(double[] row, double[] weights) {
		int last = row.length - 1;
		double sum = row[last] * weights[last];
		for (int i = 0; i < last; i++) {
			sum += row[i] * weights[i];
		}
		return sum;
	}

	/**
	 * Turns log-odds into a probability.
	 * @param logit the log-odds; beyond 30 they count as 30
	 * @return the probability, never 0 or 1
	 */
	public static double sigmoid(double logit) {
		return 1 / (1 + Math.exp(-Math.max(-LARGEST, Math.min(LARGEST, logit))));
	}

}

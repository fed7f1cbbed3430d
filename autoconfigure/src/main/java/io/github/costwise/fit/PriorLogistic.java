package io.github.costwise.fit;

import java.util.Arrays;

/**
 * Logistic regression on labels from 0 to 1 with a Gaussian prior over the weights,
 * fitted with Newton's method, whose steps are halved while they make the fit worse: on
 * lopsided labels it would run away. The last weight is the bias, which has hardly a
 * prior. Thread-safe.
 *
 * @since 0.1.0
 */
public final class PriorLogistic {

	private static final int ITERATIONS = 20;

	/** Steps below this change nothing that could be seen. */
	private static final double ENOUGH = 1e-5;

	/** Relative to what is rounded. */
	private static final double ROUNDING = 1e-9;

	private static final double BIAS_PRECISION = 1e-3;

	private static final double LARGEST = 30;

	private final double[] mean;

	private final double[][] precision;

	/**
	 * Creates a regression.
	 * @param mean the centre of the prior, without the bias
	 * @param precision the inverse of its covariance; only the lower half is read
	 */
	public PriorLogistic(double[] mean, double[][] precision) {
		this.mean = Arrays.copyOf(mean, mean.length + 1);
		this.precision = Arrays.copyOf(precision, mean.length + 1);
		this.precision[mean.length] = new double[mean.length + 1];
		this.precision[mean.length][mean.length] = BIAS_PRECISION;
	}

	/**
	 * Fits weights.
	 * @param rows one row a label, without the bias
	 * @param labels the labels
	 * @return one weight a column, then the bias
	 */
	public double[] fit(double[][] rows, double[] labels) {
		double[] weights = this.mean.clone();
		double fits = fits(rows, labels, weights);
		double largest = Double.POSITIVE_INFINITY;
		for (int i = 0; i < ITERATIONS && largest > ENOUGH; i++) {
			double[] step = step(rows, labels, weights);
			double[] next = sum(weights, step);
			double after = fits(rows, labels, next);
			largest = largest(step);
			while (!(after >= fits - ROUNDING * Math.abs(fits)) && largest > ENOUGH) {
				Arrays.setAll(step, (j) -> step[j] / 2);
				next = sum(weights, step);
				after = fits(rows, labels, next);
				largest = largest(step);
			}
			weights = next;
			fits = after;
		}
		return weights;
	}

	private static double[] sum(double[] a, double[] b) {
		double[] sum = new double[a.length];
		Arrays.setAll(sum, (i) -> a[i] + b[i]);
		return sum;
	}

	private static double largest(double[] step) {
		return Arrays.stream(step).map(Math::abs).max().orElse(0);
	}

	/** The logarithm of likelihood and prior. */
	private double fits(double[][] rows, double[] labels, double[] weights) {
		double fits = 0;
		for (int i = 0; i < weights.length; i++) {
			double off = weights[i] - this.mean[i];
			for (int j = 0; j < i; j++) {
				fits -= this.precision[i][j] * off * (weights[j] - this.mean[j]);
			}
			fits -= this.precision[i][i] * off * off / 2;
		}
		for (int i = 0; i < rows.length; i++) {
			double value = predict(rows[i], weights);
			fits += labels[i] * value - Math.max(0, value) - Math.log1p(Math.exp(-Math.abs(value)));
		}
		return fits;
	}

	private double[] step(double[][] rows, double[] labels, double[] weights) {
		int size = weights.length;
		double[][] curvature = new double[size][];
		double[] slope = new double[size];
		for (int i = 0; i < size; i++) {
			curvature[i] = Arrays.copyOf(this.precision[i], size);
			for (int j = 0; j < size; j++) {
				double precision = (j <= i) ? this.precision[i][j] : this.precision[j][i];
				slope[i] -= precision * (weights[j] - this.mean[j]);
			}
		}
		for (int i = 0; i < rows.length; i++) {
			double probability = probability(predict(rows[i], weights));
			add(curvature, rows[i], probability * (1 - probability));
			add(slope, rows[i], labels[i] - probability);
		}
		Cholesky.solve(curvature, slope);
		return slope;
	}

	private static void add(double[][] curvature, double[] row, double weight) {
		int last = row.length;
		for (int i = 0; i < last; i++) {
			double scaled = weight * row[i];
			double[] into = curvature[i];
			for (int j = 0; j <= i; j++) {
				into[j] += scaled * row[j];
			}
			curvature[last][i] += scaled;
		}
		curvature[last][last] += weight;
	}

	private static void add(double[] slope, double[] row, double weight) {
		for (int i = 0; i < row.length; i++) {
			slope[i] += weight * row[i];
		}
		slope[row.length] += weight;
	}

	static double predict(double[] row, double[] weights) {
		double sum = weights[row.length];
		for (int i = 0; i < row.length; i++) {
			sum += row[i] * weights[i];
		}
		return sum;
	}

	static double probability(double value) {
		return 1 / (1 + Math.exp(-Math.max(-LARGEST, Math.min(LARGEST, value))));
	}

}

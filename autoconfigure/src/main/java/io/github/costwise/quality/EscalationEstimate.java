package io.github.costwise.quality;

import java.util.Arrays;
import java.util.List;

import io.github.costwise.model.Candidate;

/**
 * Expects what the capable model would gain over a cheap answer, from the difficulty of
 * the request and what two cheap answers show: a logistic regression with a Gaussian
 * prior, on half the gain. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class EscalationEstimate {

	private static final double PRECISION = 3;

	private static final int ITERATIONS = 8;

	private static final double MOST = 3;

	private final double[] means;

	private final double[] deviations;

	private final double[] weights;

	EscalationEstimate(double[] means, double[] deviations, double[] weights) {
		this.means = means;
		this.deviations = deviations;
		this.weights = weights;
	}

	/**
	 * Fits an estimate.
	 * @param labels the labels
	 * @return the estimate
	 * @throws IllegalArgumentException if there are no labels
	 */
	public static EscalationEstimate fit(List<GateLabel> labels) {
		return fit(labels.stream().map((label) -> Evidence.of(label.difficulty(), label.candidate())).toList(),
				labels.stream().mapToDouble(GateLabel::gain).toArray());
	}

	static EscalationEstimate fit(List<double[]> evidence, double[] gains) {
		if (gains.length == 0) {
			throw new IllegalArgumentException("There must be labels");
		}
		double[] means = new double[Evidence.SIZE];
		double[] deviations = new double[Evidence.SIZE];
		for (int j = 0; j < means.length; j++) {
			int column = j;
			means[j] = evidence.stream().mapToDouble((row) -> row[column]).average().orElse(0);
			deviations[j] = Math.sqrt(evidence.stream()
				.mapToDouble((row) -> row[column] - means[column])
				.map((x) -> x * x)
				.average()
				.orElse(0)) + 1e-9;
		}
		EscalationEstimate empty = new EscalationEstimate(means, deviations, new double[Evidence.SIZE + 1]);
		double[][] rows = evidence.stream().map(empty::standardised).toArray(double[][]::new);
		return new EscalationEstimate(means, deviations, newton(rows, gains));
	}

	/**
	 * Returns what the capable model is expected to gain.
	 * @param difficulty the difficulty of the request
	 * @param candidate the cheap answer beside the second one
	 * @return -1 to 1
	 */
	public double of(double difficulty, Candidate candidate) {
		return of(Evidence.of(difficulty, candidate));
	}

	double of(double[] evidence) {
		return 2 * probability(standardised(evidence), this.weights) - 1;
	}

	/** One a piece of evidence. */
	double[] means() {
		return this.means;
	}

	/** One a piece of evidence, above 0. */
	double[] deviations() {
		return this.deviations;
	}

	/** One a piece of evidence, then the bias. */
	double[] weights() {
		return this.weights;
	}

	/** The last column is the bias. */
	private double[] standardised(double[] evidence) {
		double[] row = new double[evidence.length + 1];
		for (int j = 0; j < evidence.length; j++) {
			row[j] = Math.max(-MOST, Math.min(MOST, (evidence[j] - this.means[j]) / this.deviations[j]));
		}
		row[evidence.length] = 1;
		return row;
	}

	private static double[] newton(double[][] rows, double[] gains) {
		double[] weights = new double[Evidence.SIZE + 1];
		for (int i = 0; i < ITERATIONS; i++) {
			double[] step = step(rows, gains, weights);
			Arrays.setAll(weights, (j) -> weights[j] + step[j]);
		}
		return weights;
	}

	private static double[] step(double[][] rows, double[] gains, double[] weights) {
		int size = weights.length;
		double[][] matrix = new double[size][size + 1];
		for (int j = 0; j < size; j++) {
			matrix[j][j] = (j < Evidence.SIZE) ? PRECISION : 1e-3;
			matrix[j][size] = -matrix[j][j] * weights[j];
		}
		for (int i = 0; i < rows.length; i++) {
			double probability = probability(rows[i], weights);
			double rest = (1 + gains[i]) / 2 - probability;
			for (int j = 0; j < size; j++) {
				double scaled = probability * (1 - probability) * rows[i][j];
				for (int k = 0; k < size; k++) {
					matrix[j][k] += scaled * rows[i][k];
				}
				matrix[j][size] += rest * rows[i][j];
			}
		}
		return solve(matrix);
	}

	/** Elimination without pivots, which a positive definite matrix does not need. */
	private static double[] solve(double[][] matrix) {
		int size = matrix.length;
		for (int j = 0; j < size; j++) {
			for (int i = j + 1; i < size; i++) {
				double factor = matrix[i][j] / matrix[j][j];
				for (int k = j; k <= size; k++) {
					matrix[i][k] -= factor * matrix[j][k];
				}
			}
		}
		double[] solution = new double[size];
		for (int i = size - 1; i >= 0; i--) {
			double sum = matrix[i][size];
			for (int k = i + 1; k < size; k++) {
				sum -= matrix[i][k] * solution[k];
			}
			solution[i] = sum / matrix[i][i];
		}
		return solution;
	}

	private static double probability(double[] row, double[] weights) {
		double sum = 0;
		for (int j = 0; j < row.length; j++) {
			sum += row[j] * weights[j];
		}
		return 1 / (1 + Math.exp(-sum));
	}

}

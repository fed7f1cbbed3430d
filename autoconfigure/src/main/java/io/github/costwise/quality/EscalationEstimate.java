package io.github.costwise.quality;

import java.util.Arrays;
import java.util.List;

import io.github.costwise.fit.Gaussian;
import io.github.costwise.fit.LogisticRegression;
import io.github.costwise.fit.SymmetricMatrix;
import io.github.costwise.model.GatedAnswer;

/**
 * Expects what the capable model would gain over a cheap answer, from the difficulty of
 * the request and what two cheap answers show: a logistic regression with a Gaussian
 * prior, on half the gain. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class EscalationEstimate {

	private static final Gaussian PRIOR = new Gaussian(new double[Evidence.SIZE],
			SymmetricMatrix.diagonal(Evidence.SIZE, 3))
		.withBias();

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

	private static EscalationEstimate fit(List<double[]> evidence, double[] gains) {
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
		return new EscalationEstimate(means, deviations,
				LogisticRegression.fit(PRIOR, rows, Arrays.stream(gains).map((gain) -> (1 + gain) / 2).toArray()));
	}

	/**
	 * Returns what the capable model is expected to gain.
	 * @param difficulty the difficulty of the request
	 * @param candidate the cheap answer beside the second one
	 * @return -1 to 1
	 */
	public double of(double difficulty, GatedAnswer candidate) {
		double[] row = standardised(Evidence.of(difficulty, candidate));
		return 2 * LogisticRegression.probability(row, this.weights) - 1;
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

}

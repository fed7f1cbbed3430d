package io.github.costwise.benchmarks.eval.cache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.github.costwise.cache.verify.HitPrior;
import io.github.costwise.cache.verify.LabelRecord;
import io.github.costwise.fit.Gaussian;
import io.github.costwise.fit.LogisticRegression;
import io.github.costwise.fit.SymmetricMatrix;

/**
 * Fits a prior by Bayesian logistic regression, and weakens it. Every stream counts as
 * 300 labels, however many it has.
 *
 * @since 0.1.0
 */
public final class PriorFit {

	private static final double LABELS_OF_A_STREAM = 300;

	private static final double FADING = .03;

	private static final double VAGUE = .3;

	private static final double ENOUGH = 1e-4;

	private final List<double[]> rows = new ArrayList<>();

	private final List<Double> labels = new ArrayList<>();

	private final List<Double> counts = new ArrayList<>();

	private PriorFit() {
	}

	/**
	 * Fits a prior.
	 * @param streams the records of traffic that was only learnt from, stream by stream
	 * @return the prior
	 */
	public static HitPrior of(List<List<LabelRecord>> streams) {
		PriorFit fit = new PriorFit();
		streams.forEach(fit::add);
		return fit.prior();
	}

	private void add(List<LabelRecord> stream) {
		List<LabelRecord> labelled = stream.stream().filter((record) -> record.features().length > 0).toList();
		labelled.forEach((record) -> {
			float[] features = record.features();
			this.rows.add(IntStream.range(0, features.length).mapToDouble((i) -> features[i]).toArray());
			this.labels.add((record.equal() & 1) != 0 ? 1. : 0.);
			this.counts.add(LABELS_OF_A_STREAM / labelled.size());
		});
	}

	private HitPrior prior() {
		Gaussian vague = Gaussian.vague(this.rows.get(0).length);
		LogisticRegression regression = new LogisticRegression(vague, this.rows.toArray(double[][]::new),
				numbers(this.labels), numbers(this.counts));
		double[] weights = regression.fit(vague.mean(), ENOUGH);
		double[][] precision = SymmetricMatrix.inverse(SymmetricMatrix.inverse(regression.curvature(weights)));
		for (int i = 0; i < precision.length; i++) {
			double[] row = precision[i];
			Arrays.setAll(row, (j) -> FADING * row[j]);
			row[i] += VAGUE;
		}
		return new HitPrior(new Gaussian(weights, precision));
	}

	private static double[] numbers(List<Double> values) {
		return values.stream().mapToDouble(Double::doubleValue).toArray();
	}

}

package io.github.costwise.cache.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.costwise.fit.Gaussian;
import io.github.costwise.fit.LogisticRegression;

/**
 * The labels from which the model is fitted. Holds a bounded number; what the oldest
 * taught goes into the belief from which fitting starts, a little weakened. Not
 * thread-safe.
 * <p>
 * Judgements that err are seen through by expectation maximisation (A. Dempster et al.,
 * 1977), with what was right as the hidden variable.
 */
final class LabelBuffer {

	private static final int CAPACITY = 4096;

	private static final int FOLDED = 1024;

	private static final double MEMORY = .8;

	private static final int EM_ROUNDS = 3;

	private final List<Label> labels = new ArrayList<>();

	private Gaussian belief;

	LabelBuffer(Gaussian belief) {
		this.belief = belief;
	}

	void add(double[] features, boolean same, double weight) {
		this.labels.add(new Label(features, same, weight));
	}

	int size() {
		return this.labels.size();
	}

	/**
	 * Fits the model.
	 * @param model the model so far
	 * @param noise which share of equal answers is judged to differ
	 * @return the new model
	 */
	HitModel fit(HitModel model, double noise) {
		HitModel fitted = fit(model, this.labels, noise);
		if (this.labels.size() >= CAPACITY) {
			fold(fitted, noise);
		}
		return fitted;
	}

	private HitModel fit(HitModel model, List<Label> labels, double noise) {
		HitModel fitted = model;
		for (int i = 0; i < ((noise > 0) ? EM_ROUNDS : 1); i++) {
			fitted = fitted.fit(regression(fitted, labels, noise));
		}
		return fitted;
	}

	/**
	 * The log-posterior of belief and oldest labels, as a parabola at the fitted weights.
	 */
	private void fold(HitModel model, double noise) {
		List<Label> oldest = this.labels.subList(0, FOLDED);
		Gaussian both = regression(model, oldest, noise).around(model.weights());
		for (double[] row : both.precision()) {
			Arrays.setAll(row, (i) -> MEMORY * row[i]);
		}
		this.belief = both;
		oldest.clear();
	}

	private LogisticRegression regression(HitModel model, List<Label> labels, double noise) {
		return new LogisticRegression(this.belief, labels.stream().map(Label::features).toArray(double[][]::new),
				labels.stream().mapToDouble((label) -> target(model, label, noise)).toArray(),
				labels.stream().mapToDouble(Label::weight).toArray());
	}

	private static double target(HitModel model, Label label, double noise) {
		return label.same() ? 1 : JudgementNoise.rightThoughDifferent(model.plainProbability(label.features()), noise);
	}

	/**
	 * A label.
	 *
	 * @param features what the model judges by
	 * @param same whether the answers were judged to be the same
	 * @param weight for how many labels it counts
	 */
	private record Label(double[] features, boolean same, double weight) {

	}

}

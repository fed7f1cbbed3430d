package io.github.costwise.routing.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.routing.EncodedScore;
import io.github.costwise.routing.LinearScore;
import io.github.costwise.routing.LinearScore.Link;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.routing.calibration.CalibrationResult.Quality;

/**
 * Fits a routing model to the user's own labels: a logistic regression with a Gaussian
 * prior centred on the model that there was, so that few labels change little. With
 * vectors it also learns from how near a request is to labelled ones. The model goes live
 * only if, on labels held out of its fit, it is better than sending the same share of
 * requests to the capable model at random. Deterministic, immutable and thread-safe;
 * takes seconds to minutes with thousands of labels.
 *
 * @since 0.1.0
 */
public final class Calibration {

	static final int DRAWS = 1000;

	private static final int LEAST = 50;

	private static final int FOLDS = 5;

	private final RoutingModel prior;

	private final long seed;

	/**
	 * Creates a calibration.
	 * @param prior the model to start from
	 * @param seed decides which labels are held out together
	 */
	public Calibration(RoutingModel prior, long seed) {
		this.prior = prior;
		this.seed = seed;
	}

	/**
	 * Fits a model and decides whether it may go live.
	 * @param labels the labels; vectors take part when all have one
	 * @return the result
	 */
	public CalibrationResult calibrate(List<LabelledRequest> labels) {
		double[] gains = labels.stream().mapToDouble(LabelledRequest::gain).toArray();
		if (labels.size() < LEAST || !(Arrays.stream(gains).sum() > 0)) {
			return new CalibrationResult(null, Quality.NONE, "There must be at least " + LEAST
					+ " labels, and the capable model must be better than the cheap one over all of them.");
		}
		double[] held = heldOut(labels, encoded(labels));
		Quality quality = Quality.of(held, gains, this.seed);
		if (!(quality.interval().low() > .5)) {
			return new CalibrationResult(null, quality,
					"It cannot be told from random: the interval of its quality includes .5. More labels may help.");
		}
		return new CalibrationResult(fit(labels), quality, null);
	}

	/**
	 * Fits a model whatever its quality, such as for a comparison.
	 * @param labels the labels
	 * @return the model
	 */
	public RoutingModel fit(List<LabelledRequest> labels) {
		List<String> training = new ArrayList<>(this.prior.training());
		training.add(labels.size() + " labels of the user");
		return new RoutingModel(this.prior.version() + "+" + labels.size(), training, this.prior.scale(), plain(labels),
				encoded(labels) ? encodedScore(labels) : this.prior.encoded());
	}

	/**
	 * Scores labels by models that were not fitted on them.
	 * @param labels the labels
	 * @return one difficulty a label
	 */
	public double[] heldOut(List<LabelledRequest> labels) {
		return heldOut(labels, encoded(labels));
	}

	private boolean encoded(List<LabelledRequest> labels) {
		EncodedScore encoded = this.prior.encoded();
		return encoded != null && labels.stream().allMatch((label) -> fits(label.vector(), encoded));
	}

	private static boolean fits(float @Nullable [] vector, EncodedScore encoded) {
		return vector != null && vector.length == encoded.direction().length;
	}

	private LinearScore plain(List<LabelledRequest> labels) {
		double[] fitted = fit(new CalibrationDesign(this.prior, labels, false, this.seed), labels);
		LinearScore before = this.prior.plain();
		return new LinearScore(Arrays.copyOf(fitted, fitted.length - 1), fitted[fitted.length - 1],
				link(labels, false, before.link()));
	}

	private EncodedScore encodedScore(List<LabelledRequest> labels) {
		CalibrationDesign design = new CalibrationDesign(this.prior, labels, true, this.seed);
		double[] fitted = fit(design, labels);
		return design.score(fitted, (before) -> link(labels, true, before));
	}

	private Link link(List<LabelledRequest> labels, boolean encoded, Link before) {
		double[] enough = labels.stream().mapToDouble((label) -> 1 - Math.max(0, label.gain())).toArray();
		return Links.fit(heldOut(labels, encoded), enough, before.standard() - before.light());
	}

	private double[] heldOut(List<LabelledRequest> labels, boolean encoded) {
		double[] scores = new double[labels.size()];
		Folds folds = new Folds(scores.length, FOLDS, this.seed);
		for (int fold = 0; fold < FOLDS; fold++) {
			List<LabelledRequest> known = Arrays.stream(folds.outside(fold)).mapToObj(labels::get).toList();
			CalibrationDesign design = new CalibrationDesign(this.prior, known, encoded, this.seed);
			double[] fitted = fit(design, known);
			for (int i : folds.in(fold)) {
				scores[i] = PriorLogistic.predict(design.row(labels.get(i)), fitted);
			}
		}
		return scores;
	}

	/** Half the gain: labels that both models miss stay with the cheap one. */
	private static double[] fit(CalibrationDesign design, List<LabelledRequest> labels) {
		double[][] rows = labels.stream().map(design::row).toArray(double[][]::new);
		double[] targets = labels.stream().mapToDouble((label) -> (1 + label.gain()) / 2).toArray();
		return new PriorLogistic(design.mean(), design.precision()).fit(rows, targets);
	}

}

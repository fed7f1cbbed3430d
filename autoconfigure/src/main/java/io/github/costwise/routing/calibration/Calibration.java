package io.github.costwise.routing.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;

import io.github.costwise.routing.EncodedScore;
import io.github.costwise.routing.LearntScore;
import io.github.costwise.routing.LinearScore;
import io.github.costwise.routing.LinearScore.Link;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.routing.calibration.CalibrationResult.Quality;

/**
 * Fits a routing model to the user's own labels: logistic regressions with a Gaussian
 * prior centred on the model that there was, so that few labels change little. With
 * vectors it learns of either model how good it is expected to be, also from how near a
 * request is to labelled ones; an earlier calibration is then replaced, so give all
 * labels each time. The model goes live only if, on labels held out of its fit, it is
 * better than sending the same share of requests to the capable model at random.
 * Deterministic, immutable and thread-safe; takes seconds with thousands of labels.
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
		double[] held = heldOut(labels);
		Quality quality = Quality.of(held, gains, this.seed);
		if (!(quality.interval().low() > .5)) {
			return new CalibrationResult(null, quality,
					"It cannot be distinguished from random: the interval of its quality includes .5. More labels may help.");
		}
		return new CalibrationResult(fit(labels, held), quality, null);
	}

	/**
	 * Fits a model whatever its quality, such as for a comparison.
	 * @param labels the labels
	 * @return the model
	 */
	public RoutingModel fit(List<LabelledRequest> labels) {
		return fit(labels, heldOut(labels));
	}

	private RoutingModel fit(List<LabelledRequest> labels, double[] held) {
		List<String> training = new ArrayList<>(this.prior.training());
		training.add(labels.size() + " labels of the user");
		boolean encoded = encoded(labels);
		return new RoutingModel(version(labels, encoded), training, this.prior.scale(),
				plain(labels, encoded ? heldOut(labels, false) : held),
				encoded ? learnt(labels, held) : this.prior.encoded());
	}

	/** Tells other labels from these, however many they are. */
	private String version(List<LabelledRequest> labels, boolean encoded) {
		List<Object> parts = new ArrayList<>(List.of(this.seed, encoded));
		labels.forEach((label) -> parts.add(List.of(label.text(), label.weak(), label.strong())));
		return String.format(Locale.ROOT, "%s+%d.%08x", this.prior.version(), labels.size(), parts.hashCode());
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

	private LinearScore plain(List<LabelledRequest> labels, double[] held) {
		LinearScore fitted = new PlainFit(this.prior, labels).fit();
		return new LinearScore(fitted.weights(), fitted.bias(), link(labels, held, this.prior.plain().link()));
	}

	private EncodedScore learnt(List<LabelledRequest> labels, double[] held) {
		EncodedScore before = Objects.requireNonNull(this.prior.encoded());
		LearntScore fitted = new LearntFit(this.prior, labels, this.seed).fit();
		return new EncodedScore(before.encoder(), before.features(), before.direction(),
				fitted.with(link(labels, held, before.features().link())));
	}

	private static Link link(List<LabelledRequest> labels, double[] held, Link before) {
		double[] enough = labels.stream().mapToDouble((label) -> 1 - Math.max(0, label.gain())).toArray();
		return Links.fit(held, enough, before.standard() - before.light());
	}

	private double[] heldOut(List<LabelledRequest> labels, boolean encoded) {
		double[] scores = new double[labels.size()];
		Folds folds = new Folds(scores.length, FOLDS, this.seed);
		for (int fold = 0; fold < FOLDS; fold++) {
			List<LabelledRequest> known = Arrays.stream(folds.outside(fold)).mapToObj(labels::get).toList();
			ToDoubleFunction<LabelledRequest> scorer = scorer(known, encoded);
			for (int i : folds.in(fold)) {
				scores[i] = scorer.applyAsDouble(labels.get(i));
			}
		}
		return scores;
	}

	private ToDoubleFunction<LabelledRequest> scorer(List<LabelledRequest> known, boolean encoded) {
		if (encoded) {
			LearntFit fit = new LearntFit(this.prior, known, this.seed);
			LearntScore learnt = fit.fit();
			return (label) -> fit.score(learnt, label);
		}
		PlainFit fit = new PlainFit(this.prior, known);
		LinearScore plain = fit.fit();
		return (label) -> fit.score(plain, label);
	}

}

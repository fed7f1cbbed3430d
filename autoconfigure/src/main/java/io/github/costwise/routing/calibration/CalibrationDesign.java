package io.github.costwise.routing.calibration;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.costwise.routing.EncodedScore;
import io.github.costwise.routing.EncodedScore.Landmarks;
import io.github.costwise.routing.LinearScore;
import io.github.costwise.routing.LinearScore.Link;
import io.github.costwise.routing.RequestFeatures;
import io.github.costwise.routing.RoutingModel;

/**
 * The columns of a calibration and their prior: the features; with vectors also the
 * direction of the model to start from as one column, and the likeness to a sample of the
 * labelled texts. The prior over the weights of the latter is that of a Gaussian process
 * with the likeness as its kernel (Rasmussen and Williams 2006, section 8.3.1, subset of
 * regressors).
 */
final class CalibrationDesign {

	/** Log-odds of a unit of difficulty of the model to start from. */
	private static final double PRIOR_SCALE = .2;

	private static final double FEATURE_PRECISION = 12;

	private static final double DIRECTION_PRECISION = .5;

	private static final double LANDMARK_PRECISION = 1.5;

	private static final double JITTER = 1e-3;

	private static final double SHARPNESS = 4;

	private static final int LANDMARKS = 256;

	private final RoutingModel prior;

	private final @Nullable EncodedScore encoded;

	private final Landmarks landmarks;

	CalibrationDesign(RoutingModel prior, List<LabelledRequest> labels, boolean encoded, long seed) {
		this.prior = prior;
		this.encoded = encoded ? prior.encoded() : null;
		this.landmarks = landmarks(encoded ? labels : List.of(), seed);
	}

	/** Rounded as they will be written, so that a model reads back as it was fitted. */
	private static Landmarks landmarks(List<LabelledRequest> labels, long seed) {
		float[][] vectors = Arrays.stream(Folds.shuffled(labels.size(), seed))
			.limit(LANDMARKS)
			.mapToObj((i) -> Landmarks.rounded(Objects.requireNonNull(labels.get(i).vector())))
			.toArray(float[][]::new);
		return new Landmarks(SHARPNESS, vectors, new double[vectors.length]);
	}

	private int features() {
		return RequestFeatures.NAMES.size();
	}

	private int size() {
		return features() + ((this.encoded != null) ? 1 + this.landmarks.weights().length : 0);
	}

	double[] row(LabelledRequest label) {
		double[] row = Arrays.copyOf(this.prior.scale().standardise(RequestFeatures.of(label.text())), size());
		if (this.encoded != null) {
			float[] vector = Objects.requireNonNull(label.vector());
			row[features()] = PRIOR_SCALE * this.encoded.of(vector);
			for (int i = 0; i < this.landmarks.weights().length; i++) {
				row[features() + 1 + i] = this.landmarks.likeness(vector, i);
			}
		}
		return row;
	}

	double[] mean() {
		LinearScore score = (this.encoded != null) ? this.encoded.features() : this.prior.plain();
		double[] mean = Arrays.copyOf(Arrays.stream(score.weights()).map((weight) -> PRIOR_SCALE * weight).toArray(),
				size());
		if (this.encoded != null) {
			mean[features()] = 1;
		}
		return mean;
	}

	double[][] precision() {
		double[][] precision = new double[size()][size()];
		for (int i = 0; i < features(); i++) {
			precision[i][i] = FEATURE_PRECISION;
		}
		if (this.encoded != null) {
			precision[features()][features()] = DIRECTION_PRECISION;
			likeness(precision, features() + 1);
		}
		return precision;
	}

	private void likeness(double[][] precision, int from) {
		float[][] vectors = this.landmarks.vectors();
		for (int i = 0; i < vectors.length; i++) {
			for (int j = 0; j <= i; j++) {
				precision[from + i][from + j] = LANDMARK_PRECISION * this.landmarks.likeness(vectors[i], j);
			}
			precision[from + i][from + i] += JITTER;
		}
	}

	EncodedScore score(double[] fitted, UnaryOperator<Link> link) {
		EncodedScore before = Objects.requireNonNull(this.encoded);
		double scale = PRIOR_SCALE * fitted[features()];
		float[] direction = before.direction().clone();
		for (int i = 0; i < direction.length; i++) {
			direction[i] *= (float) scale;
		}
		LinearScore score = new LinearScore(Arrays.copyOf(fitted, features()), fitted[fitted.length - 1],
				link.apply(before.features().link()));
		return new EncodedScore(before.encoder(), score, direction, merged(before.landmarks(), scale, fitted));
	}

	/** Landmarks of the model to start from are kept with their part of the weight. */
	private Landmarks merged(@Nullable Landmarks before, double scale, double[] fitted) {
		double[] weights = Arrays.copyOfRange(fitted, features() + 1, fitted.length - 1);
		if (before == null) {
			return new Landmarks(SHARPNESS, this.landmarks.vectors(), weights);
		}
		int kept = before.weights().length;
		float[][] vectors = Arrays.copyOf(before.vectors(), kept + weights.length);
		double[] all = Arrays.copyOf(before.weights(), kept + weights.length);
		for (int i = 0; i < weights.length; i++) {
			vectors[kept + i] = this.landmarks.vectors()[i];
			all[kept + i] = weights[i];
		}
		for (int i = 0; i < kept; i++) {
			all[i] *= scale;
		}
		return new Landmarks(SHARPNESS, vectors, all);
	}

}

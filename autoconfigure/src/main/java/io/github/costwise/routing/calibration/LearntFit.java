package io.github.costwise.routing.calibration;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

import io.github.costwise.fit.Gaussian;
import io.github.costwise.fit.LogisticRegression;
import io.github.costwise.routing.EncodedScore;
import io.github.costwise.routing.LearntScore;
import io.github.costwise.routing.LearntScore.Landmarks;
import io.github.costwise.routing.LearntScore.WeightedOdds;
import io.github.costwise.routing.LinearScore.Link;
import io.github.costwise.routing.RequestFeatures;
import io.github.costwise.routing.RoutingModel;

/**
 * Fits what labels with vectors say of both models: one logistic regression each, on the
 * features, the score that holds without labels and the likeness to a sample of the
 * labelled requests. The prior over the weights of the latter is that of a Gaussian
 * process with the likeness as its kernel (Rasmussen and Williams 2006, section 8.3.1,
 * subset of regressors). Used once.
 */
final class LearntFit {

	/** Log-odds of a unit of difficulty of the model to start from. */
	private static final double PRIOR_SCALE = .2;

	/** The cheap model loses more with difficulty than the capable one. */
	private static final double WEAK_LOSS = 2;

	private static final double STRONG_LOSS = 1;

	private static final double FEATURE_PRECISION = 50;

	private static final double SCORE_PRECISION = .5;

	private static final double LANDMARK_PRECISION = 1.5;

	private static final double JITTER = 1e-3;

	/** Weight of the plain product of vectors, beside the likeness. */
	private static final double LINEAR = .5;

	private static final int LANDMARKS = 256;

	private static final int FEATURES = RequestFeatures.NAMES.size();

	private final RoutingModel prior;

	private final EncodedScore encoded;

	private final List<LabelledRequest> labels;

	private final Landmarks landmarks;

	private final int size;

	/**
	 * Creates a fit.
	 * @param prior the model to start from, with a score for vectors
	 * @param labels labels that all have vectors
	 * @param seed decides which of them become landmarks
	 */
	LearntFit(RoutingModel prior, List<LabelledRequest> labels, long seed) {
		this.prior = prior;
		this.encoded = Objects.requireNonNull(prior.encoded());
		this.labels = labels;
		this.landmarks = landmarks(seed);
		this.size = FEATURES + 1 + this.landmarks.vectors().length;
	}

	/** Rounded as they will be written, so that a model reads back as it was fitted. */
	private Landmarks landmarks(long seed) {
		int[] chosen = Arrays.stream(Folds.shuffled(this.labels.size(), seed)).limit(LANDMARKS).toArray();
		return new Landmarks(
				Arrays.stream(chosen)
					.mapToObj((i) -> Landmarks.floats(standardised(this.labels.get(i))))
					.toArray(float[][]::new),
				Arrays.stream(chosen)
					.mapToObj((i) -> Landmarks.rounded(vector(this.labels.get(i))))
					.toArray(float[][]::new));
	}

	private double[] standardised(LabelledRequest label) {
		return this.prior.scale().standardise(RequestFeatures.of(label.text()));
	}

	private static float[] vector(LabelledRequest label) {
		return Objects.requireNonNull(label.vector());
	}

	/**
	 * Scores a request by what was learnt.
	 * @param learnt what was learnt
	 * @param label the request
	 * @return what the capable model is expected to gain
	 */
	double score(LearntScore learnt, LabelledRequest label) {
		return learnt.of(standardised(label), vector(label));
	}

	/**
	 * Fits.
	 * @return what labels say, with a link that means nothing yet
	 */
	LearntScore fit() {
		double[][] rows = this.labels.stream().map(this::row).toArray(double[][]::new);
		double[][] precision = precision();
		return new LearntScore(this.landmarks, expectation(rows, precision, LabelledRequest::weak, WEAK_LOSS),
				expectation(rows, precision, LabelledRequest::strong, STRONG_LOSS), new Link(1, 0, 0));
	}

	private double[] row(LabelledRequest label) {
		float[] vector = vector(label);
		double[] standardised = standardised(label);
		double[] row = Arrays.copyOf(standardised, this.size + 1);
		row[this.size] = 1;
		row[FEATURES] = PRIOR_SCALE * this.encoded.of(vector);
		float[] features = Landmarks.floats(standardised);
		for (int i = FEATURES + 1; i < this.size; i++) {
			row[i] = kernel(features, vector, i - FEATURES - 1);
		}
		return row;
	}

	private double kernel(float[] features, float[] vector, int landmark) {
		float[] other = this.landmarks.vectors()[landmark];
		double product = 0;
		for (int i = 0; i < vector.length; i++) {
			product += vector[i] * other[i];
		}
		return this.landmarks.likeness(features, vector, landmark) + LINEAR * product;
	}

	private double[][] precision() {
		double[][] precision = new double[this.size][this.size];
		for (int i = 0; i < FEATURES; i++) {
			precision[i][i] = FEATURE_PRECISION;
		}
		precision[FEATURES][FEATURES] = SCORE_PRECISION;
		int from = FEATURES + 1;
		for (int i = 0; i < this.size - from; i++) {
			for (int j = 0; j <= i; j++) {
				precision[from + i][from + j] = LANDMARK_PRECISION
						* kernel(this.landmarks.features()[i], this.landmarks.vectors()[i], j);
			}
			precision[from + i][from + i] += JITTER;
		}
		return precision;
	}

	private WeightedOdds expectation(double[][] rows, double[][] precision, ToDoubleFunction<LabelledRequest> good,
			double loss) {
		double[] mean = new double[this.size];
		for (int i = 0; i < FEATURES; i++) {
			mean[i] = -loss * PRIOR_SCALE * this.encoded.features().weights()[i];
		}
		mean[FEATURES] = -loss;
		double[] fitted = LogisticRegression.fit(new Gaussian(mean, precision).withBias(), rows,
				this.labels.stream().mapToDouble(good).toArray());
		double[] weights = Arrays.copyOfRange(fitted, FEATURES + 1, this.size);
		return new WeightedOdds(Arrays.copyOf(fitted, FEATURES), fitted[this.size], direction(fitted, weights),
				weights);
	}

	/** What is linear in the vector, as one direction. */
	private float[] direction(double[] fitted, double[] weights) {
		float[] direction = new float[this.encoded.direction().length];
		for (int i = 0; i < direction.length; i++) {
			double sum = PRIOR_SCALE * fitted[FEATURES] * this.encoded.direction()[i];
			for (int j = 0; j < weights.length; j++) {
				sum += LINEAR * weights[j] * this.landmarks.vectors()[j][i];
			}
			direction[i] = (float) sum;
		}
		return direction;
	}

}

package io.github.costwise.benchmarks.eval.routing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.github.costwise.fit.Gaussian;
import io.github.costwise.fit.LogisticRegression;
import io.github.costwise.fit.SymmetricMatrix;
import io.github.costwise.routing.EncodedScore;
import io.github.costwise.routing.LinearScore;
import io.github.costwise.routing.LinearScore.Link;
import io.github.costwise.routing.RequestFeatures;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.routing.RoutingModel.FeatureScale;
import io.github.costwise.benchmarks.eval.routing.PooledSource.PooledRequest;

/**
 * Fits a routing model that is to serve traffic without labels. What is learnt on some
 * data hardly carries over to others, while longer requests gain more nearly everywhere;
 * so the score is mostly the length, and a ridge regression over features and vector,
 * fitted to all sources with equal weight, has a fourth of its weight. Deterministic,
 * immutable and thread-safe.
 */
final class PooledFit {

	/** Weight of the standardised length beside the standardised regression. */
	private static final double LENGTH = 4;

	private static final double SOURCE_WEIGHT = 3000;

	private static final double PLAIN_RIDGE = 1000;

	private static final double ENCODED_RIDGE = 500;

	/** Scale of features beside that of vectors, as both share one ridge. */
	private static final double ENCODED_FEATURES = .5;

	private static final double VECTOR = 4;

	/** So that few labels cannot make a step of a link. */
	private static final Gaussian LINK = new Gaussian(new double[] { 1, 1 }, SymmetricMatrix.diagonal(2, 1));

	private static final double LEAST_SLOPE = 1e-3;

	private final String version;

	private final String encoder;

	/**
	 * Creates a fit.
	 * @param version version of the model
	 * @param encoder id of the encoder that the vectors come from
	 */
	PooledFit(String version, String encoder) {
		this.version = version;
		this.encoder = encoder;
	}

	/**
	 * Fits a model.
	 * @param sources the sources, none of them empty
	 * @return the model
	 */
	RoutingModel fit(List<PooledSource> sources) {
		Pool pool = new Pool(sources);
		double[] plain = ridge(pool, 1, 0, PLAIN_RIDGE);
		double[] encoded = ridge(pool, ENCODED_FEATURES, VECTOR, ENCODED_RIDGE);
		LinearScore plainScore = score(pool, plain);
		LinearScore encodedScore = score(pool, encoded);
		float[] direction = new float[encoded.length - plain.length];
		double scale = scale(pool, encoded);
		for (int i = 0; i < direction.length; i++) {
			direction[i] = (float) (scale * encoded[plain.length + i]);
		}
		return new RoutingModel(this.version, sources.stream().map(Pool::describe).toList(), pool.scale, plainScore,
				new EncodedScore(this.encoder, encodedScore, direction, null));
	}

	/**
	 * Fits a ridge regression.
	 * @return one weight a feature, then one an element of the vector if it has a scale;
	 * of values without a scale
	 */
	private static double[] ridge(Pool pool, double features, double vector, double ridge) {
		int size = pool.features + ((vector > 0) ? pool.dimensions : 0);
		double[][] matrix = new double[size][size];
		double[] right = new double[size];
		double[] row = new double[size];
		for (int i = 0; i < pool.rows.length; i++) {
			for (int j = 0; j < size; j++) {
				row[j] = (j < pool.features) ? features * pool.rows[i][j] : vector * pool.rows[i][j];
			}
			add(matrix, right, row, pool.weights[i], pool.gains[i]);
		}
		for (int j = 0; j < size; j++) {
			matrix[j][j] += ridge;
		}
		SymmetricMatrix.solve(matrix, right);
		for (int j = 0; j < size; j++) {
			right[j] *= (j < pool.features) ? features : vector;
		}
		return right;
	}

	private static void add(double[][] matrix, double[] right, double[] row, double weight, double gain) {
		for (int j = 0; j < row.length; j++) {
			double scaled = weight * row[j];
			double[] into = matrix[j];
			for (int k = 0; k <= j; k++) {
				into[k] += scaled * row[k];
			}
			right[j] += scaled * gain;
		}
	}

	/**
	 * What makes the regression's part of the score a fourth, and the score's unit one.
	 */
	private static double scale(Pool pool, double[] fitted) {
		double[] regression = pool.predict(fitted);
		double unit = 1 / Pool.deviation(regression);
		return unit / Pool.deviation(difficulties(pool, regression, unit));
	}

	private static double[] difficulties(Pool pool, double[] regression, double unit) {
		double[] sums = new double[regression.length];
		Arrays.setAll(sums, (i) -> unit * regression[i] + LENGTH * pool.rows[i][0]);
		return sums;
	}

	private static LinearScore score(Pool pool, double[] fitted) {
		double[] regression = pool.predict(fitted);
		double unit = 1 / Pool.deviation(regression);
		double[] difficulties = difficulties(pool, regression, unit);
		double scale = 1 / Pool.deviation(difficulties);
		double[] weights = new double[pool.features];
		Arrays.setAll(weights, (j) -> scale * (unit * fitted[j] + ((j == 0) ? LENGTH : 0)));
		double bias = -scale * unit * pool.offset(fitted);
		double[] scores = Arrays.stream(difficulties).map((value) -> scale * value).toArray();
		return new LinearScore(weights, bias, pool.link(scores));
	}

	/** All sources as one table. */
	private static final class Pool {

		private final int features = RequestFeatures.NAMES.size();

		private final int dimensions;

		private final PooledRequest[] requests;

		private final double[] weights;

		private final double[] gains;

		private final double[] centre;

		private final FeatureScale scale;

		private final double[][] rows;

		private Pool(List<PooledSource> sources) {
			this.requests = sources.stream()
				.flatMap((source) -> source.requests().stream())
				.toArray(PooledRequest[]::new);
			this.dimensions = this.requests[0].vector().length;
			this.weights = sources.stream()
				.flatMapToDouble((source) -> source.requests()
					.stream()
					.mapToDouble((request) -> SOURCE_WEIGHT / source.requests().size()))
				.toArray();
			this.gains = Arrays.stream(this.requests).mapToDouble(PooledRequest::gain).toArray();
			this.centre = centre();
			RequestFeatures[] seen = Arrays.stream(this.requests)
				.map((request) -> RequestFeatures.of(request.text()))
				.toArray(RequestFeatures[]::new);
			this.scale = scale(seen);
			this.rows = new double[this.requests.length][];
			Arrays.setAll(this.rows, (i) -> row(seen[i], this.requests[i].vector()));
		}

		private static String describe(PooledSource source) {
			return source.name() + ", " + source.requests().size() + " requests";
		}

		private double[] centre() {
			double[] centre = new double[this.dimensions];
			for (PooledRequest request : this.requests) {
				for (int j = 0; j < centre.length; j++) {
					centre[j] += request.vector()[j] / this.requests.length;
				}
			}
			return centre;
		}

		private FeatureScale scale(RequestFeatures[] seen) {
			double[] means = new double[this.features];
			double[] deviations = new double[this.features];
			for (int j = 0; j < this.features; j++) {
				int feature = j;
				double[] column = Arrays.stream(seen).mapToDouble((features) -> features.values()[feature]).toArray();
				means[j] = Arrays.stream(column).average().orElse(0);
				deviations[j] = Math.max(1e-6, deviation(column));
			}
			return new FeatureScale(means, deviations);
		}

		private double[] row(RequestFeatures seen, float[] vector) {
			double[] row = Arrays.copyOf(this.scale.standardise(seen), this.features + this.dimensions);
			for (int j = 0; j < this.dimensions; j++) {
				row[this.features + j] = vector[j] - this.centre[j];
			}
			return row;
		}

		private double[] predict(double[] fitted) {
			return Arrays.stream(this.rows).mapToDouble((row) -> {
				double sum = 0;
				for (int j = 0; j < fitted.length; j++) {
					sum += row[j] * fitted[j];
				}
				return sum;
			}).toArray();
		}

		/**
		 * What the centre of the vectors adds to a sum over vectors that are not centred.
		 */
		private double offset(double[] fitted) {
			double sum = 0;
			for (int j = this.features; j < fitted.length; j++) {
				sum += fitted[j] * this.centre[j - this.features];
			}
			return sum;
		}

		/** Labels of both tiers behind each other, those that are not known left out. */
		private Link link(double[] scores) {
			int[] known = IntStream.range(0, 2 * scores.length).filter((i) -> !Double.isNaN(enough(i))).toArray();
			boolean[] standard = new boolean[known.length];
			for (int i = 0; i < known.length; i++) {
				standard[i] = known[i] >= scores.length;
			}
			return link(Arrays.stream(known).mapToDouble((i) -> scores[i % scores.length]).toArray(),
					Arrays.stream(known).mapToDouble(this::enough).toArray(), standard);
		}

		/**
		 * One slope and two thresholds.
		 * @param scores scores, those of both tiers behind each other
		 * @param enough how well the tier did against the most capable one, 0 to 1
		 * @param standard whether the label is that of the standard tier
		 */
		private static Link link(double[] scores, double[] enough, boolean[] standard) {
			double[][] rows = new double[scores.length][];
			for (int i = 0; i < rows.length; i++) {
				rows[i] = new double[] { -scores[i], standard[i] ? 1 : 0, 1 };
			}
			double[] fitted = LogisticRegression.fit(LINK.withBias(), rows, enough);
			return new Link(Math.max(LEAST_SLOPE, fitted[0]), fitted[2], fitted[2] + Math.max(0, fitted[1]));
		}

		private double enough(int index) {
			PooledRequest request = this.requests[index % this.requests.length];
			return (index < this.requests.length) ? request.light() : request.standard();
		}

		private static double deviation(double[] values) {
			double mean = Arrays.stream(values).average().orElse(0);
			return Math.sqrt(Arrays.stream(values).map((value) -> (value - mean) * (value - mean)).average().orElse(0));
		}

	}

}

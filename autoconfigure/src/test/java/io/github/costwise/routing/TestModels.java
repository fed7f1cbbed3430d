package io.github.costwise.routing;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.costwise.routing.LearntScore.Landmarks;
import io.github.costwise.routing.LearntScore.WeightedOdds;
import io.github.costwise.routing.LinearScore.Link;
import io.github.costwise.routing.RoutingModel.FeatureScale;

/** Routing models made for tests. */
public final class TestModels {

	/** Length of the vectors. */
	public static final int DIMENSIONS = 16;

	private TestModels() {
	}

	/**
	 * Longer is harder: 7 characters are light, 90 standard, 1,100 premium at .8.
	 * @return a model
	 */
	public static RoutingModel length() {
		double[] weights = new double[RequestFeatures.NAMES.size()];
		weights[0] = 1;
		double[] means = new double[weights.length];
		means[0] = Math.log(100);
		double[] deviations = new double[weights.length];
		Arrays.fill(deviations, 1);
		LinearScore plain = new LinearScore(weights, 0, new Link(2, 0, 4));
		EncodedScore encoded = new EncodedScore("test", plain, new float[DIMENSIONS], null);
		return new RoutingModel("length", List.of("none"), new FeatureScale(means, deviations), plain, encoded);
	}

	static RoutingModel random(Random random) {
		RoutingModel length = length();
		LinearScore plain = linear(random);
		EncodedScore encoded = new EncodedScore("test", linear(random), vector(random),
				random.nextBoolean() ? learnt(random) : null);
		return new RoutingModel("random", List.of("a", "b"), length.scale(), plain, encoded);
	}

	private static LearntScore learnt(Random random) {
		float[][] features = new float[5][];
		Arrays.setAll(features, (i) -> Landmarks.floats(random.doubles(RequestFeatures.NAMES.size(), -3, 3).toArray()));
		float[][] vectors = new float[5][];
		Arrays.setAll(vectors, (i) -> Landmarks.rounded(vector(random)));
		return new LearntScore(new Landmarks(features, vectors), expectation(random), expectation(random),
				linear(random).link());
	}

	private static WeightedOdds expectation(Random random) {
		return new WeightedOdds(random.doubles(RequestFeatures.NAMES.size(), -1, 1).toArray(), random.nextGaussian(),
				vector(random), random.doubles(5, -1, 1).toArray());
	}

	private static LinearScore linear(Random random) {
		double light = random.nextGaussian();
		return new LinearScore(random.doubles(RequestFeatures.NAMES.size(), -1, 1).toArray(), random.nextGaussian(),
				new Link(.1 + random.nextDouble(), light, light + random.nextDouble()));
	}

	static float[] vector(Random random) {
		float[] vector = new float[DIMENSIONS];
		double squares = 0;
		for (int i = 0; i < vector.length; i++) {
			vector[i] = (float) random.nextGaussian();
			squares += vector[i] * vector[i];
		}
		for (int i = 0; i < vector.length; i++) {
			vector[i] /= (float) Math.sqrt(squares);
		}
		return vector;
	}

}

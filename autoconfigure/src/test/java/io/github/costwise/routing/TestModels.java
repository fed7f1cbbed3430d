package io.github.costwise.routing;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.github.costwise.routing.EncodedScore.Landmarks;
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
		float[][] landmarks = new float[5][];
		Arrays.setAll(landmarks, (i) -> Landmarks.rounded(vector(random)));
		EncodedScore encoded = new EncodedScore("test", linear(random), vector(random),
				new Landmarks(1 + random.nextDouble(), landmarks, random.doubles(5, -1, 1).toArray()));
		return new RoutingModel("random", List.of("a", "b"), length.scale(), plain, encoded);
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

package io.github.costwise.routing.calibration;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.routing.LinearScore.Link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

@Tag("unit")
class LinksTests {

	@Test
	void probabilitiesAreAsFrequentAsTheySay() {
		Random random = new Random(42);
		for (int i = 0; i < 200; i++) {
			double[] scores = new double[300 + random.nextInt(700)];
			double[] enough = new double[scores.length];
			double base = .02 + .3 * random.nextDouble();
			double shift = random.nextGaussian();
			for (int j = 0; j < scores.length; j++) {
				boolean hard = random.nextDouble() < base;
				double skewed = -Math.log(1 - random.nextDouble());
				scores[j] = .1 * (shift + skewed + (hard ? 2 : 0));
				enough[j] = hard ? 0 : 1;
			}
			Link link = Links.fit(scores, enough, .5);
			double said = Arrays.stream(scores).map((score) -> link.probabilities(score).light()).average().orElse(0);
			assertThat(said).as("run %s", i).isCloseTo(Arrays.stream(enough).average().orElse(0), offset(.01));
		}
	}

}

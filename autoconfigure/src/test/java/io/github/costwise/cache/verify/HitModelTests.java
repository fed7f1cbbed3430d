package io.github.costwise.cache.verify;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.fit.Gaussian;
import io.github.costwise.fit.LogisticRegression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

@Tag("unit")
class HitModelTests {

	private final Random random = new Random(11);

	@Test
	void findsTheWeightsThatMadeTheLabels() {
		LabelBuffer labels = new LabelBuffer(Gaussian.vague(3));
		for (int i = 0; i < 3000; i++) {
			double[] row = row();
			labels.add(row, this.random.nextDouble() < LogisticRegression.sigmoid(1 + 2 * row[1] - 3 * row[2]), 1);
		}
		HitModel model = labels.fit(HitModel.of(Gaussian.vague(3)), 0);
		assertThat(model.weights()[0]).isCloseTo(1, within(.35));
		assertThat(model.weights()[1]).isCloseTo(2, within(.35));
		assertThat(model.weights()[2]).isCloseTo(-3, within(.35));
	}

	@Test
	void seesThroughJudgementsThatErr() {
		double row = .5;
		double trusting = fit(.3, 0).plainProbability(new double[] { 1, row, row });
		double knowing = fit(.3, .3).plainProbability(new double[] { 1, row, row });
		assertThat(trusting).isLessThan(.75);
		assertThat(knowing).isGreaterThan(.9);
	}

	@Test
	void isCarefulWhereItKnowsLittle() {
		HitModel model = fit(0, 0);
		double[] known = { 1, .5, .5 };
		double[] unknown = { 1, 20, 20 };
		assertThat(model.plainProbability(known) - model.probability(known)).isLessThan(.05);
		assertThat(model.probability(unknown)).isLessThan(model.plainProbability(unknown) + 1e-9);
	}

	@Test
	void forgetsNoLabelWhenTheBufferIsFull() {
		LabelBuffer labels = new LabelBuffer(Gaussian.vague(3));
		HitModel model = HitModel.of(Gaussian.vague(3));
		for (int i = 0; i < 9000; i++) {
			double[] row = row();
			boolean first = i < 4096;
			labels.add(new double[] { 1, first ? row[1] : 0, row[2] }, first ? row[1] > .5 : row[2] > .5, 1);
			if (i % 512 == 511) {
				model = labels.fit(model, 0);
			}
		}
		assertThat(labels.size()).isLessThanOrEqualTo(5000);
		assertThat(model.weights()[1]).as("learnt from labels that are gone").isGreaterThan(1);
	}

	@Test
	void probabilitiesAreWithinZeroAndOne() {
		HitModel model = fit(0, 0);
		for (int i = 0; i < 1000; i++) {
			double[] row = { 1, 1e3 * this.random.nextGaussian(), 1e3 * this.random.nextGaussian() };
			assertThat(model.probability(row)).isBetween(0., 1.);
		}
	}

	@Test
	void theShippedPriorCanBeReadAndWritten() {
		HitPrior prior = HitPrior.shipped();
		assertThat(prior.belief().size()).isEqualTo(FeatureVector.SIZE);
		assertThat(HitPrior.read(prior.write()).belief()).usingRecursiveComparison().isEqualTo(prior.belief());
	}

	@Test
	void refusesAnythingElseAsAPrior() {
		assertThatIllegalArgumentException().isThrownBy(() -> HitPrior.read(List.of()));
		assertThatIllegalArgumentException().isThrownBy(() -> HitPrior.read(List.of("1", "a b")));
		List<String> lines = HitPrior.shipped().write();
		assertThatIllegalArgumentException().isThrownBy(() -> HitPrior.read(lines.subList(1, lines.size())));
	}

	private HitModel fit(double noise, double knownNoise) {
		LabelBuffer labels = new LabelBuffer(Gaussian.vague(3));
		for (int i = 0; i < 2000; i++) {
			boolean right = i % 20 != 0;
			labels.add(new double[] { 1, right ? .5 : -.5, right ? .5 : -.5 },
					right && this.random.nextDouble() >= noise, 1);
		}
		HitModel model = HitModel.of(Gaussian.vague(3));
		for (int i = 0; i < 10; i++) {
			model = labels.fit(model, knownNoise);
		}
		return model;
	}

	private double[] row() {
		return new double[] { 1, this.random.nextDouble(), this.random.nextDouble() };
	}

}

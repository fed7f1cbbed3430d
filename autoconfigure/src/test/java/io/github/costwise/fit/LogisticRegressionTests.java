package io.github.costwise.fit;

import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

/** Tests for {@link LogisticRegression} and the {@link SymmetricMatrix} below it. */
@Tag("unit")
class LogisticRegressionTests {

	private final Random random = new Random(4);

	@Test
	void aMatrixTimesItsInverseIsOne() {
		double[][] matrix = SymmetricMatrix.diagonal(7, .01);
		for (int i = 0; i < 9; i++) {
			SymmetricMatrix.addOuter(matrix, row(7), 1);
		}
		double[][] inverse = SymmetricMatrix.inverse(matrix);
		for (int i = 0; i < 7; i++) {
			double[] product = SymmetricMatrix.times(matrix, inverse[i]);
			for (int j = 0; j < 7; j++) {
				assertThat(product[j]).isCloseTo((i == j) ? 1 : 0, within(1e-8));
			}
		}
	}

	@Test
	void aQuadraticFormIsTheProductFromBothSides() {
		double[][] matrix = SymmetricMatrix.diagonal(5, 2);
		SymmetricMatrix.addOuter(matrix, row(5), 3);
		double[] vector = row(5);
		assertThat(SymmetricMatrix.quadratic(matrix, vector))
			.isCloseTo(SymmetricMatrix.dot(SymmetricMatrix.times(matrix, vector), vector), within(1e-9));
	}

	@Test
	void endsOnLopsidedLabels() {
		double[][] rows = new double[200][];
		double[] labels = new double[rows.length];
		for (int i = 0; i < rows.length; i++) {
			rows[i] = new double[] { 1000 * this.random.nextGaussian(), 1 };
			labels[i] = (i == 0) ? 1 : 0;
		}
		double[] weights = LogisticRegression.fit(new Gaussian(new double[1], new double[][] { { 1 } }).withBias(),
				rows, labels);
		assertThat(weights).doesNotContain(Double.NaN);
		assertThat(weights[1]).isNegative();
	}

	@Test
	void labelsThatCountMoreThanOnceAreAsManyLabels() {
		Gaussian vague = Gaussian.vague(2);
		double[][] once = { { .3, 1 }, { -.2, 1 } };
		double[][] twice = { { .3, 1 }, { -.2, 1 }, { -.2, 1 } };
		double[] counted = new LogisticRegression(vague, once, new double[] { 1, 0 }, new double[] { 1, 2 })
			.fit(vague.mean(), 0);
		double[] repeated = LogisticRegression.fit(vague, twice, new double[] { 1, 0, 0 });
		assertThat(counted).containsExactly(repeated, within(1e-6));
	}

	@Test
	void refusesWhatIsNoNumber() {
		Gaussian vague = Gaussian.vague(1);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> LogisticRegression.fit(vague, new double[][] { { Double.NaN } }, new double[] { 1 }));
	}

	private double[] row(int size) {
		return this.random.doubles(size, -1, 1).toArray();
	}

}

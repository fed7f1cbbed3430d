package io.github.costwise.cache.verify;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

@Tag("unit")
class JudgementNoiseTests {

	private final JudgementNoise noise = new JudgementNoise();

	@Test
	void isNothingBeforeThirtyPairs() {
		add(10, 19);
		assertThat(this.noise.lower()).isZero();
		add(0, 1);
		assertThat(this.noise.lower()).isPositive();
	}

	@Test
	void staysBelowTheShareSeenAndComesNearer() {
		add(20, 80);
		double few = this.noise.lower();
		assertThat(few).isBetween(.1, .2);
		add(1980, 7920);
		assertThat(this.noise.lower()).isBetween(few, .2).isCloseTo(.2, within(.02));
	}

	@Test
	void isNothingWhereNothingDiffered() {
		add(0, 500);
		assertThat(this.noise.lower()).isZero();
	}

	@Test
	void weighsAnErrorOfTheJudgementAgainstAWrongAnswer() {
		assertThat(JudgementNoise.rightThoughDifferent(.9, .2)).isCloseTo(.18 / .28, within(1e-12));
		assertThat(JudgementNoise.rightThoughDifferent(1, 0)).isZero();
		assertThat(JudgementNoise.rightThoughDifferent(1, .2)).isOne();
	}

	private void add(int differences, int others) {
		for (int i = 0; i < differences + others; i++) {
			this.noise.add(i >= differences);
		}
	}

}

package io.github.costwise.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LearntBounds}.
 */
@Tag("unit")
class LearntBoundsTests {

	private static final int PRIOR = 2_048;

	private final LearntBounds bounds = new LearntBounds(PRIOR);

	private void answered(int times, long tokens) {
		for (int i = 0; i < times; i++) {
			this.bounds.answered("chat", "gpt", tokens);
		}
	}

	private int output() {
		return this.bounds.output("chat", "gpt");
	}

	@Test
	void fewAnswersAreNotEnoughToGoBy() {
		assertThat(output()).isEqualTo(PRIOR);
		answered(19, 100);
		assertThat(output()).isEqualTo(PRIOR);
		assertThat(this.bounds.isLearnt("chat", "gpt")).isFalse();
		answered(1, 100);
		assertThat(output()).isEqualTo(100);
		assertThat(this.bounds.isLearnt("chat", "gpt")).isTrue();
	}

	@Test
	void longAnswerCountsAtOnceAndForAWhile() {
		answered(1, 5_000);
		assertThat(output()).isEqualTo(5_000);
		answered(198, 100);
		assertThat(output()).isEqualTo(5_000);
		answered(1, 100);
		assertThat(output()).isEqualTo(100);
	}

	@Test
	void oneInTwoHundredMayBeLonger() {
		answered(1, 5_000);
		answered(2, 4_000);
		answered(252, 100);
		answered(1, 300);
		assertThat(output()).isEqualTo(4_000);
		answered(1, 100);
		assertThat(output()).isEqualTo(4_000);
		answered(1, 100);
		assertThat(output()).isEqualTo(300);
		answered(1, 100);
		assertThat(output()).isEqualTo(100);
	}

	@Test
	void boundIsTheOneOfASortedList() {
		Random random = new Random(7);
		List<Long> latest = new ArrayList<>();
		for (int i = 1; i <= 2_000; i++) {
			long tokens = random.nextInt((random.nextInt(50) == 0) ? 50_000 : 500);
			answered(1, tokens);
			latest.add(tokens);
			List<Long> sorted = latest.subList(Math.max(0, i - 256), i).stream().sorted().toList();
			if (i >= 20) {
				int place = (sorted.size() * 995 + 999) / 1_000 - 1;
				assertThat((long) output()).as("after %d", i).isEqualTo(Math.max(1, sorted.get(place)));
			}
		}
	}

	@Test
	void answersOfNothingLeaveOneToken() {
		answered(20, 0);
		assertThat(output()).isEqualTo(1);
	}

	@Test
	void featuresAndModelsAreLearntApart() {
		answered(20, 100);
		assertThat(this.bounds.output("mail", "gpt")).isEqualTo(PRIOR);
		assertThat(this.bounds.output(null, "gpt")).isEqualTo(PRIOR);
		assertThat(this.bounds.output("chat", "other")).isEqualTo(PRIOR);
	}

	@Test
	void inputIsNeverLessThanCounted() {
		assertThat(this.bounds.input("gpt", 1_000, 115)).isEqualTo(1_150);
		this.bounds.sent("gpt", 1_000, 900);
		assertThat(this.bounds.input("gpt", 1_000, 115)).isEqualTo(1_000);
		this.bounds.sent("gpt", 100, 90);
		assertThat(this.bounds.input("gpt", 100, 115)).isEqualTo(100);
	}

	@Test
	void inputIsWhatWasBilledAtMost() {
		for (int counted = 1; counted < 100_000; counted = counted * 5 / 4 + 3) {
			for (int billed : new int[] { counted, counted + 1, counted * 4 / 3 + 1, 3 * counted }) {
				LearntBounds learnt = new LearntBounds(PRIOR);
				learnt.sent("gpt", counted, billed);
				assertThat(learnt.input("gpt", counted, 115)).as("%d billed as %d", counted, billed).isEqualTo(billed);
			}
		}
	}

	@Test
	void countsOfAnySizeAreKept() {
		this.bounds.sent("gpt", 1_000, Long.MAX_VALUE / 10_000_000);
		assertThat(this.bounds.input("gpt", 2_000_000, 115)).isBetween(7_999_000L, 8_000_000L);
	}

	@Test
	void cachedShareIsTheLeastOfManyCalls() {
		for (int i = 0; i < 19; i++) {
			this.bounds.cacheRead("chat", "gpt", 1_000, 900);
		}
		assertThat(this.bounds.cached("chat", "gpt", 1_000)).isZero();
		this.bounds.cacheRead("chat", "gpt", 1_000, 400);
		assertThat(this.bounds.cached("chat", "gpt", 1_000)).isEqualTo(400);
		assertThat(this.bounds.cached("chat", "gpt", 0)).isZero();
		assertThat(this.bounds.cached("mail", "gpt", 1_000)).isZero();
	}

}

package io.github.costwise.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.costwise.model.GatedAnswer;
import io.github.costwise.model.GatedAnswer.Difficulty;
import io.github.costwise.model.Verdict;
import io.github.costwise.model.Verdict.GateOutcome;
import io.github.costwise.spi.QualityGate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("unit")
class GateModelTests {

	private static final String WRITTEN = model(new Random(1)).write();

	@Test
	void judgesAlikeWhenReadBack() {
		Random random = new Random(42);
		int rejected = 0;
		for (int i = 0; i < 50; i++) {
			GateModel model = model(random);
			GateModel read = GateModel.read(model.write().replace("\n", "\r\n") + "\n");
			assertThat(read.write()).isEqualTo(model.write());
			for (int j = 0; j < 50; j++) {
				GatedAnswer candidate = candidate(random).to(new Difficulty(3 * random.nextGaussian(), "some model"));
				Verdict verdict = QualityGates.learnt(model).judge(candidate);
				assertThat(QualityGates.learnt(read).judge(candidate)).isEqualTo(verdict);
				assertThat(verdict.outcome()).isNotEqualTo(GateOutcome.UNDECIDED);
				rejected += (verdict.outcome() == GateOutcome.REJECTED) ? 1 : 0;
			}
		}
		assertThat(rejected).isBetween(250, 2250);
	}

	@Test
	void saysNothingWithoutWhatItWasCalibratedOn() {
		QualityGate gate = QualityGates.learnt(model(new Random(1)));
		GatedAnswer candidate = GatedAnswer.of("4").beside("5");
		assertThat(gate.judge(candidate)).isSameAs(Verdict.UNDECIDED);
		assertThat(gate.judge(candidate.to(new Difficulty(0, "another")))).isSameAs(Verdict.UNDECIDED);
		assertThat(gate.judge(GatedAnswer.of("4").to(new Difficulty(0, "some model")))).isSameAs(Verdict.UNDECIDED);
		Verdict verdict = gate.judge(candidate.to(new Difficulty(0, "some model")));
		assertThat(verdict.rule()).isEqualTo("expected-gain");
	}

	@Test
	void rejectsAboveItsLevelOnly() {
		EscalationEstimate estimate = model(new Random(1)).estimate();
		GatedAnswer candidate = GatedAnswer.of("4").beside("5").to(new Difficulty(.5, "v"));
		double gain = estimate.of(.5, candidate);
		assertThat(QualityGates.learnt(new GateModel(estimate, gain, "v")).judge(candidate).outcome())
			.isEqualTo(GateOutcome.ACCEPTED);
		assertThat(QualityGates.learnt(new GateModel(estimate, Math.nextDown(gain), "v")).judge(candidate).outcome())
			.isEqualTo(GateOutcome.REJECTED);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			costwise-gate-model 1 | costwise-gate-model 2 | Line 1 must be "costwise-gate-model 1"
			routing some model    | routing               | Line 2 must begin with "routing"
			escalate-above        | level                 | Line 3 must begin with "escalate-above"
			escalate-above 0      | escalate-above 7      | Line 3 must hold a number from -1 to 1
			mean                  | mean 1                | Line 4 must hold 20 numbers, not 21
			weights               | weights x             | Line 6 must hold 21 numbers, not 22
			weights               | weight                | Line 6 must begin with "weights"
			""")
	void namesTheLineThatItCannotRead(String found, String instead, String problem) {
		String text = WRITTEN.replaceFirst(found + "(?=[ .\n])", instead);
		assertThat(text).isNotEqualTo(WRITTEN);
		assertThatIllegalArgumentException().isThrownBy(() -> GateModel.read(text)).withMessageContaining(problem);
	}

	@Test
	void refusesNumbersThatAreNone() {
		for (String bad : List.of("NaN", "Infinity", "-Infinity", "1e999", "x")) {
			String text = WRITTEN.replaceFirst("weights \\S+", "weights " + bad);
			assertThatIllegalArgumentException().isThrownBy(() -> GateModel.read(text))
				.withMessageStartingWith("Line 6 must hold")
				.withMessageEndingWith("not " + bad);
		}
		assertThatIllegalArgumentException()
			.isThrownBy(() -> GateModel.read(WRITTEN.replaceFirst("deviation \\S+", "deviation 0")))
			.withMessageStartingWith("Line 5 must hold numbers above 0");
		assertThatIllegalArgumentException().isThrownBy(() -> GateModel.read("")).withMessageStartingWith("Line 1");
		assertThatIllegalArgumentException().isThrownBy(() -> GateModel.read(WRITTEN + "more"))
			.withMessageStartingWith("Line 7");
		String cut = WRITTEN.substring(0, WRITTEN.indexOf("weights"));
		assertThatIllegalArgumentException().isThrownBy(() -> GateModel.read(cut)).withMessageStartingWith("Line 6");
	}

	@Test
	void refusesWhatItCouldNotWrite() {
		EscalationEstimate estimate = model(new Random(1)).estimate();
		assertThatIllegalArgumentException().isThrownBy(() -> new GateModel(estimate, Double.NaN, "v"));
		assertThatIllegalArgumentException().isThrownBy(() -> new GateModel(estimate, 1.1, "v"));
		assertThatIllegalArgumentException().isThrownBy(() -> new GateModel(estimate, 0, " "));
		assertThatIllegalArgumentException().isThrownBy(() -> new GateModel(estimate, 0, "v\nw"));
	}

	private static GateModel model(Random random) {
		List<GateLabel> labels = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			labels.add(new GateLabel(random.nextGaussian(), candidate(random), random.nextInt(3) - 1));
		}
		return new GateModel(EscalationEstimate.fit(labels), .4 * random.nextDouble() - .2, "some model");
	}

	private static GatedAnswer candidate(Random random) {
		return GatedAnswer.of(answer(random)).beside(answer(random));
	}

	private static String answer(Random random) {
		return "word ".repeat(random.nextInt(9)) + random.nextInt(3);
	}

}

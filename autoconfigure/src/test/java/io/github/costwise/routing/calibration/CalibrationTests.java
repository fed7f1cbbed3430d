package io.github.costwise.routing.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.model.RoutingScore;
import io.github.costwise.routing.EncodedScore;
import io.github.costwise.routing.LearntScore;
import io.github.costwise.routing.LearntScore.WeightedOdds;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.routing.TestModels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

@Tag("thorough")
class CalibrationTests {

	@Test
	void learnsWhatLabelsShow() {
		CalibrationResult result = new Calibration(TestModels.length(), 1).calibrate(labels(300, true));
		assertThat(result.reason()).isNull();
		assertThat(result.quality().interval().low()).isGreaterThan(.5);
		RoutingModel model = result.model();
		assertThat(model).isNotNull();
		assertThat(model.score("Add 12 and 34", null).difficulty())
			.isGreaterThan(model.score("Name a nice colour", null).difficulty());
		assertThat(model.write())
			.isEqualTo(new Calibration(TestModels.length(), 1).calibrate(labels(300, true)).model().write());
	}

	@Test
	void refusesToGoLiveOnChance() {
		CalibrationResult result = new Calibration(TestModels.length(), 1).calibrate(labels(200, false));
		assertThat(result.model()).isNull();
		assertThat(result.quality().interval().low()).isLessThan(.5);
		assertThat(result.reason()).contains("random");
		assertThat(new Calibration(TestModels.length(), 1).calibrate(labels(10, true)).model()).isNull();
	}

	@Test
	void vectorsTakePart() {
		Random random = new Random(3);
		List<LabelledRequest> labels = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			float[] vector = new float[TestModels.DIMENSIONS];
			boolean hard = random.nextInt(3) == 0;
			vector[hard ? 0 : 1] = 1;
			labels.add(new LabelledRequest("the same text", vector, hard ? 0 : 1, 1));
		}
		CalibrationResult result = new Calibration(TestModels.length(), 1).calibrate(labels);
		assertThat(result.quality().apgr()).isGreaterThan(.8);
		assertThat(result.model().encoded().learnt()).isNotNull();
	}

	@Test
	void whatBothModelsAnswerOrMissIsNoGain() {
		List<LabelledRequest> labels = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			int kind = i % 3;
			labels.add(new LabelledRequest("the same text", unit(kind), (kind == 0) ? 1 : 0, (kind == 2) ? 0 : 1));
		}
		RoutingModel model = new Calibration(TestModels.length(), 1).calibrate(labels).model();
		RoutingScore answered = model.score("the same text", unit(0));
		RoutingScore gained = model.score("the same text", unit(1));
		RoutingScore missed = model.score("the same text", unit(2));
		assertThat(gained.difficulty()).isGreaterThan(.7);
		assertThat(List.of(answered.difficulty(), missed.difficulty())).allMatch((gain) -> Math.abs(gain) < .3);
		assertThat(gained.probabilities().light()).isLessThan(.2);
		assertThat(answered.probabilities().light()).isGreaterThan(.8);
	}

	@Test
	void likenessOfFeaturesCountsWhereVectorsAreAllAlike() {
		Random random = new Random(5);
		List<LabelledRequest> labels = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			int length = random.nextInt(4);
			labels.add(new LabelledRequest("word ".repeat(1 << (2 * length)), unit(0), (length % 2 == 0) ? 1 : 0, 1));
		}
		CalibrationResult result = new Calibration(TestModels.length(), 1).calibrate(labels);
		assertThat(result.quality().apgr()).isGreaterThan(.7);
	}

	@Test
	void aVectorThatIsNotFiniteLeavesTheFeatures() {
		RoutingModel model = new Calibration(TestModels.length(), 1).calibrate(vectors(100)).model();
		float[] broken = unit(0);
		broken[3] = Float.NaN;
		assertThat(model.score("the same text", unit(0)).encoded()).isTrue();
		assertThat(model.score("the same text", broken)).isEqualTo(model.score("the same text", null));
		assertThat(RoutingModel.read(model.write()).score("the same text", unit(1)))
			.isEqualTo(model.score("the same text", unit(1)));
	}

	@Test
	void refusesWeightsThatDoNotFit() {
		LearntScore learnt = new Calibration(TestModels.length(), 1).fit(vectors(60)).encoded().learnt();
		WeightedOdds fewer = new WeightedOdds(learnt.weak().features(), 0, learnt.weak().direction(), new double[3]);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new LearntScore(learnt.landmarks(), fewer, learnt.strong(), learnt.link()));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new WeightedOdds(learnt.weak().features(), Double.NaN, new float[3], new double[3]));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new EncodedScore("test", TestModels.length().plain(), new float[3], learnt));
	}

	@Test
	void drawsTheCurveOfRandomAndOfAnOracle() {
		double[] gains = new double[1000];
		for (int i = 0; i < gains.length; i += 10) {
			gains[i] = 1;
		}
		RoutingCurve random = RoutingCurve.of(new double[gains.length], gains);
		assertThat(random.apgr()).isCloseTo(.5, offset(1e-9));
		assertThat(random.cpt(.8)).isCloseTo(80, offset(1e-6));
		RoutingCurve oracle = RoutingCurve.of(gains, gains);
		assertThat(oracle.apgr()).isCloseTo(.95, offset(1e-9));
		assertThat(oracle.cpt(.5)).isCloseTo(5, offset(1e-6));
		assertThatIllegalArgumentException().isThrownBy(() -> RoutingCurve.of(gains, new double[gains.length]));
	}

	private static List<LabelledRequest> vectors(int count) {
		List<LabelledRequest> labels = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			labels.add(new LabelledRequest("the same text", unit(i % 2), i % 2, 1));
		}
		return labels;
	}

	private static float[] unit(int element) {
		float[] vector = new float[TestModels.DIMENSIONS];
		vector[element] = 1;
		return vector;
	}

	private static List<LabelledRequest> labels(int count, boolean telling) {
		Random random = new Random(7);
		List<LabelledRequest> labels = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			boolean hard = random.nextInt(3) == 0;
			boolean numbers = telling ? hard : random.nextBoolean();
			String text = numbers ? "Add " + random.nextInt(100) + " and " + random.nextInt(100)
					: "Name a nice " + (char) ('a' + random.nextInt(20)) + "ish thing";
			labels.add(new LabelledRequest(text, null, hard ? 0 : 1, 1));
		}
		return labels;
	}

}

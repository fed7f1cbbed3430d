package io.github.costwise.routing.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.github.costwise.routing.RoutingModel;
import io.github.costwise.routing.TestModels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

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

package io.github.costwise.benchmarks.eval.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.model.GatedAnswer;
import io.github.costwise.quality.GateLabel;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("unit")
class GateCalibrationTests {

	@Test
	void choosesPoliciesThatKeepTheGapForLess() {
		Random random = new Random(5);
		List<GateLabel> labels = new ArrayList<>();
		for (int i = 0; i < 400; i++) {
			boolean wrong = random.nextInt(4) == 0;
			String second = (wrong ? random.nextInt(20) == 0 : random.nextInt(20) > 0) ? "7" : "8";
			labels.add(new GateLabel(random.nextGaussian() + (wrong ? 1 : 0), GatedAnswer.of("7").beside(second),
					wrong ? 1 : 0));
		}
		GateCosts costs = new GateCosts(.05, .025);
		GateCalibration calibration = new GateCalibration(labels, costs);
		double router = cost(calibration, calibration.chooseRouter(.9), labels, costs);
		double both = cost(calibration, calibration.choose(.9), labels, costs);
		assertThat(both).isLessThan(.6 * router);
		assertThat(calibration.choose(2).zone(-100)).isEqualTo(GateZone.STRONG);
	}

	private static double cost(GateCalibration calibration, GatePolicy policy, List<GateLabel> labels,
			GateCosts costs) {
		return labels.stream().mapToDouble((label) -> {
			GateZone zone = policy.zone(label.difficulty());
			return costs.of(zone, zone == GateZone.GATED
					&& policy.escalate(calibration.estimate().of(label.difficulty(), label.candidate())));
		}).average().orElseThrow();
	}

}

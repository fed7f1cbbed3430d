package io.github.costwise.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.quality.GateModel;
import io.github.costwise.quality.QualityGates;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.spi.QualityGate;

/**
 * Makes the gate that judges answers, and refuses weights that it cannot judge by.
 */
final class QualityGateFactory {

	private static final String WEIGHTS = RoutingProperties.PREFIX + ".gate-weights";

	private QualityGateFactory() {
	}

	/** Where what was calibrated says nothing, plain agreement decides. */
	static QualityGate create(@Nullable Resource weights, RoutingModel scoring) {
		if (weights == null) {
			return QualityGates.first(List.of(QualityGates.validity(), QualityGates.agreement()));
		}
		GateModel model = read(weights);
		if (!model.routing().equals(scoring.version())) {
			throw new CostwiseConfigurationException(
					"The file " + weights + " of '" + WEIGHTS + "' was calibrated beside the routing model '"
							+ model.routing() + "', but requests are scored by '" + scoring.version() + "'.",
					"Set '" + RoutingProperties.PREFIX + ".weights' to the file that was written with it and keep the "
							+ "encoder of that calibration (io.github.costwise:costwise-embedding), calibrate both "
							+ "again, or remove '" + WEIGHTS + "'.");
		}
		return QualityGates
			.first(List.of(QualityGates.validity(), QualityGates.learnt(model), QualityGates.agreement()));
	}

	private static GateModel read(Resource weights) {
		try {
			return GateModel.read(weights.getContentAsString(StandardCharsets.UTF_8));
		}
		catch (IOException | IllegalArgumentException ex) {
			throw RolloutFactory.unreadable(weights, WEIGHTS, ex);
		}
	}

	static CostwiseConfigurationException unused() {
		return new CostwiseConfigurationException(
				"'" + WEIGHTS + "' is set, but a QualityGate bean of the application judges the answers.",
				"Remove '" + WEIGHTS + "', or remove the bean.");
	}

}

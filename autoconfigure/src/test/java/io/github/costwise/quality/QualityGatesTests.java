package io.github.costwise.quality;

import java.util.List;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

import io.github.costwise.spi.QualityGate;
import io.github.costwise.spi.QualityGateContract;

/**
 * Holds the gates to their contract.
 */
@Tag("unit")
class QualityGatesTests {

	@Nested
	class Validity extends QualityGateContract {

		@Override
		protected QualityGate create() {
			return QualityGates.validity();
		}

	}

	@Nested
	class Agreement extends QualityGateContract {

		@Override
		protected QualityGate create() {
			return QualityGates.agreement();
		}

	}

	@Nested
	class OneAfterTheOther extends QualityGateContract {

		@Override
		protected QualityGate create() {
			return QualityGates
				.first(List.of(QualityGates.validity(), QualityGates.margin(.7), QualityGates.agreement()));
		}

	}

}

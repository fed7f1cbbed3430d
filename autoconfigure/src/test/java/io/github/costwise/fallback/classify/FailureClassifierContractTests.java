package io.github.costwise.fallback.classify;

import java.net.ConnectException;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

import io.github.costwise.CostLimitExceededException;
import io.github.costwise.spi.FailureClassifier;
import io.github.costwise.spi.FailureClassifierContract;

/**
 * Holds classifiers that need no library to their contract.
 */
@Tag("unit")
class FailureClassifierContractTests {

	@Nested
	class OfStops extends FailureClassifierContract {

		@Override
		protected FailureClassifier create() {
			return new Stops();
		}

		@Override
		protected Throwable known() {
			return new CostLimitExceededException("too much");
		}

	}

	@Nested
	class OfTimeouts extends FailureClassifierContract {

		@Override
		protected FailureClassifier create() {
			return new Timeouts();
		}

		@Override
		protected Throwable known() {
			return new TimeoutException();
		}

	}

	@Nested
	class OfConnections extends FailureClassifierContract {

		@Override
		protected FailureClassifier create() {
			return new ConnectionErrors();
		}

		@Override
		protected Throwable known() {
			return new ConnectException("refused");
		}

	}

}

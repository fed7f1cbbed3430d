package io.github.costwise.pipeline;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.costwise.model.CallRecord.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link CallReach} and for how an interrupt is notified. */
@Tag("unit")
class CallReachTests {

	@ParameterizedTest
	@CsvSource({
			// accepted, received, unsent, interrupted: failed, cancelled
			"false, false, false, false, false, true", "true, false, false, false, true, true",
			"false, true, false, false, true, true", "false, false, false, true, true, true",
			"false, false, true, false, false, false", "false, false, true, true, false, false",
			"true, false, true, false, true, true" })
	void whatWasSentIsBilled(boolean accepted, boolean received, boolean unsent, boolean interrupted, boolean failed,
			boolean cancelled) {
		CallReach reach = new CallReach(accepted, received, unsent, interrupted);
		assertThat(reach.isBilled(Outcome.FAILED)).isEqualTo(failed);
		assertThat(reach.isBilled(Outcome.TIMED_OUT)).isEqualTo(failed);
		assertThat(reach.isBilled(Outcome.CANCELLED)).isEqualTo(cancelled);
	}

	@Test
	void interruptsAreDistinguishedFromTimeoutsAndFailures() {
		assertThat(Failures.isInterrupt(new RuntimeException(new IOException(new InterruptedException())))).isTrue();
		assertThat(Failures.isInterrupt(new RuntimeException(new ClosedByInterruptException()))).isTrue();
		assertThat(Failures.isInterrupt(new RuntimeException(new InterruptedIOException("timeout")))).isFalse();
		assertThat(Failures.isInterrupt(new SocketTimeoutException())).isFalse();
		Thread.currentThread().interrupt();
		assertThat(Failures.isInterrupt(new InterruptedIOException("interrupted"))).isTrue();
		assertThat(Thread.interrupted()).isTrue();
	}

}

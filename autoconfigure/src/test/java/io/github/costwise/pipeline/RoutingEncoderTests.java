package io.github.costwise.pipeline;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.github.costwise.Faults;
import io.github.costwise.background.Background;
import io.github.costwise.encoding.TextEncoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RoutingEncoder}.
 */
class RoutingEncoderTests {

	private final Faults faults = new Faults();

	@Test
	void anErrorOfTheEncoderIsCountedAndTheRequestGoesOn() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		RoutingEncoder encoder = new RoutingEncoder(new Broken(asked), new Background(this.faults));
		assertThat(encoder.encode("text", "broken")).isNull();
		assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
		for (Thread thread : Thread.getAllStackTraces().keySet()) {
			if (thread.getName().startsWith("costwise-routing-encoder")) {
				thread.join(TimeUnit.SECONDS.toMillis(30));
			}
		}
		assertThat(this.faults.count(Faults.Kind.ENCODER)).isOne();
		assertThat(this.faults.last(Faults.Kind.ENCODER)).isEqualTo(UnsatisfiedLinkError.class.getName());
		assertThat(encoder.encode("text", "broken")).as("left alone for a while").isNull();
	}

	private record Broken(CountDownLatch asked) implements TextEncoder {

		@Override
		public float[] encode(String text) {
			throw new UnsatisfiedLinkError("native");
		}

		@Override
		public int dimensions() {
			return 1;
		}

		@Override
		public String id() {
			this.asked.countDown();
			throw new UnsatisfiedLinkError("native");
		}

	}

}

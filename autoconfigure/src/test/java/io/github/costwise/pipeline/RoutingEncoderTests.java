package io.github.costwise.pipeline;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.testsupport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RoutingEncoder}.
 */
@Tag("unit")
class RoutingEncoderTests {

	private final Faults faults = new Faults();

	private final FakeTime time = new FakeTime();

	@Test
	void anErrorOfTheEncoderIsCountedAndTheRequestGoesOn() throws Exception {
		CountDownLatch asked = new CountDownLatch(2);
		RoutingEncoder encoder = new RoutingEncoder(new Broken(asked), new Background(this.faults),
				this.time.time().ticker());
		assertThat(encoder.encode("text", "broken")).isNull();
		awaitStart();
		assertThat(this.faults.count(Faults.Kind.ENCODER)).isOne();
		assertThat(this.faults.last(Faults.Kind.ENCODER)).isEqualTo(UnsatisfiedLinkError.class.getName());
		this.time.advance(Duration.ofSeconds(59));
		assertThat(encoder.encode("text", "broken")).isNull();
		assertThat(asked.getCount()).as("not asked again for a minute").isOne();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(encoder.encode("text", "broken")).isNull();
		assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
	}

	private static void awaitStart() throws InterruptedException {
		for (Thread thread : Thread.getAllStackTraces().keySet()) {
			if (thread.getName().startsWith("costwise-routing-encoder")) {
				thread.join(TimeUnit.SECONDS.toMillis(30));
			}
		}
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

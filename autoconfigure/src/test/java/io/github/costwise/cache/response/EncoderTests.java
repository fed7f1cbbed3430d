package io.github.costwise.cache.response;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.testsupport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Encoder}.
 */
@Tag("unit")
class EncoderTests {

	private final FakeTime time = new FakeTime();

	private final Faults faults = new Faults();

	private final HeldTasks[] held = new HeldTasks[1];

	private final CacheTasks tasks = new CacheTasks(new Background(this.faults), this.time.time(),
			(team, runner) -> this.held[0] = new HeldTasks(team, runner));

	private final Named named = new Named();

	private final Encoder encoder = new Encoder(this.named, this.tasks);

	private HeldTasks held() {
		return this.held[0];
	}

	@Test
	void startsOnceBesideTheRequests() {
		assertThat(this.encoder.id()).isNull();
		assertThat(this.encoder.id()).isNull();
		assertThat(this.named.asked).isZero();
		assertThat(this.held().doAll()).isOne();
		assertThat(this.encoder.id()).isEqualTo("named");
		assertThat(this.held().waiting()).isZero();
	}

	@Test
	void isStartedByTheNextRequestWhereThereWasNoRoom() {
		this.held().full(true);
		assertThat(this.encoder.id()).isNull();
		this.held().full(false);
		assertThat(this.encoder.id()).isNull();
		assertThat(this.held().doAll()).isOne();
		assertThat(this.encoder.id()).isEqualTo("named");
	}

	@Test
	void isLeftUnchangedForAMinuteAfterItFailed() {
		this.named.broken = true;
		this.encoder.id();
		this.held().doAll();
		assertThat(this.faults.count(Faults.Kind.CACHE)).isOne();
		this.named.broken = false;
		this.time.advance(Duration.ofSeconds(59));
		this.encoder.id();
		assertThat(this.held().doAll()).isZero();
		this.time.advance(Duration.ofSeconds(1));
		this.held().doAll();
		assertThat(this.encoder.id()).isNull();
		this.held().doAll();
		assertThat(this.encoder.id()).isEqualTo("named");
		assertThat(this.named.asked).isEqualTo(2);
	}

	/** An encoder that may not start. */
	private static final class Named implements TextEncoder {

		private boolean broken;

		private int asked;

		@Override
		public float[] encode(String text) {
			return new float[] { 1 };
		}

		@Override
		public int dimensions() {
			return 1;
		}

		@Override
		public String id() {
			this.asked++;
			if (this.broken) {
				throw new IllegalStateException("no file");
			}
			return "named";
		}

	}

}

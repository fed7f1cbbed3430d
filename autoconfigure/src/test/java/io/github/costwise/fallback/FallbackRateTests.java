package io.github.costwise.fallback;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.model.FallbackSpike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("unit")
class FallbackRateTests {

	private final TestTime time = new TestTime();

	private final List<FallbackSpike> spikes = new CopyOnWriteArrayList<>();

	private final FallbackRate rate = new FallbackRate(SpikeSettings.defaults(), this.time, this.spikes::add);

	@Test
	void tellsOfASpikeOnce() {
		answered(15);
		fellBack(4, "a");
		assertThat(this.spikes).isEmpty();
		fellBack(1, "b");
		assertThat(this.spikes).containsExactly(new FallbackSpike(.25, 20, Map.of("a", 4L, "b", 1L)));
		fellBack(100, "a");
		assertThat(this.spikes).hasSize(1);
	}

	@Test
	void doesNotTellOfAShareThatIsNotAboveTheBound() {
		answered(80);
		fellBack(20, "a");
		assertThat(this.spikes).isEmpty();
		fellBack(1, "a");
		assertThat(this.spikes).hasSize(1);
	}

	@Test
	void tellsAgainOnlyAfterItWasBelowHalfTheBound() {
		answered(15);
		fellBack(5, "a");
		answered(30);
		assertThat(this.rate.current().share()).isEqualTo(.1);
		fellBack(50, "a");
		assertThat(this.spikes).hasSize(1);
		answered(500);
		fellBack(150, "b");
		assertThat(this.spikes).hasSize(2);
		assertThat(this.spikes.get(1).byTarget()).containsKeys("a", "b");
	}

	@Test
	void tellsAgainAfterAQuietTime() {
		fellBack(20, "a");
		this.time.pass(Duration.ofMinutes(10));
		fellBack(20, "a");
		assertThat(this.spikes).hasSize(2);
	}

	@Test
	void forgetsWhatLeftTheWindow() {
		fellBack(10, "a");
		this.time.pass(Duration.ofMinutes(5));
		answered(10);
		assertThat(this.rate.current()).isEqualTo(new FallbackSpike(.5, 20, Map.of("a", 10L)));
		this.time.pass(Duration.ofMinutes(5));
		assertThat(this.rate.current()).isEqualTo(new FallbackSpike(0, 10, Map.of()));
		this.time.pass(Duration.ofMinutes(5));
		assertThat(this.rate.current()).isEqualTo(new FallbackSpike(0, 0, Map.of()));
	}

	@Test
	void countsEveryTurnOfEveryThread() throws InterruptedException {
		Threads.run(8, () -> {
			answered(1000);
			fellBack(1000, "a");
		});
		assertThat(this.rate.current()).isEqualTo(new FallbackSpike(.5, 16_000, Map.of("a", 8000L)));
		assertThat(this.spikes).hasSizeLessThan(20);
	}

	@Test
	void refusesWhatMakesNoSense() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SpikeSettings(0, 1, Duration.ofSeconds(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> new SpikeSettings(1.1, 1, Duration.ofSeconds(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> new SpikeSettings(.5, 0, Duration.ofSeconds(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> new SpikeSettings(.5, 1, Duration.ZERO));
	}

	private void answered(int times) {
		IntStream.range(0, times).forEach((i) -> this.rate.answered());
	}

	private void fellBack(int times, String target) {
		IntStream.range(0, times).forEach((i) -> this.rate.fellBack(target));
	}

}

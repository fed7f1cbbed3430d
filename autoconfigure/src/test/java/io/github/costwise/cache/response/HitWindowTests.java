package io.github.costwise.cache.response;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HitWindow}.
 */
@Tag("unit")
class HitWindowTests {

	private final HitWindow window = new HitWindow();

	private void add(int outcome, int times) {
		for (int i = 0; i < times; i++) {
			this.window.add(outcome);
		}
	}

	@Test
	void windowWithoutTurnsHasNoShares() {
		assertThat(this.window.size()).isZero();
		assertThat(this.window.hitRate() + this.window.bypassRate()).isZero();
	}

	@Test
	void sharesAreOfAllTurnsSoFar() {
		add(HitWindow.HIT, 1);
		add(HitWindow.MISS, 1);
		add(HitWindow.BYPASS, 2);
		assertThat(this.window.size()).isEqualTo(4);
		assertThat(this.window.hitRate()).isEqualTo(.25);
		assertThat(this.window.bypassRate()).isEqualTo(.5);
	}

	@Test
	void turnsBeforeTheLatestThousandAreForgotten() {
		add(HitWindow.HIT, 1_000);
		add(HitWindow.MISS, 400);
		add(HitWindow.BYPASS, 350);
		assertThat(this.window.size()).isEqualTo(1_000);
		assertThat(this.window.hitRate()).isEqualTo(.25);
		assertThat(this.window.bypassRate()).isEqualTo(.35);
		add(HitWindow.MISS, 1_000);
		assertThat(this.window.hitRate() + this.window.bypassRate()).isZero();
	}

}

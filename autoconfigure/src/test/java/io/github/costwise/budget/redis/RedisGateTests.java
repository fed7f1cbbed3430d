package io.github.costwise.budget.redis;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.budget.redis.RedisGate.Pass;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link RedisGate}.
 */
@Tag("unit")
class RedisGateTests {

	private final RedisGate gate = new RedisGate();

	@Test
	void afterSilenceOneTriesAtATime() {
		assertThat(this.gate.enter(false)).isEqualTo(Pass.FREE);
		this.gate.waitedInVain();
		Pass tries = this.gate.enter(false);
		assertThat(tries).isEqualTo(Pass.TRY);
		assertThat(this.gate.enter(false)).isEqualTo(Pass.SILENT);
		assertThat(this.gate.enter(true)).isEqualTo(Pass.FREE);
		this.gate.leave(tries);
		assertThat(this.gate.enter(false)).isEqualTo(Pass.TRY);
		this.gate.answered();
		assertThat(this.gate.enter(false)).isEqualTo(Pass.FREE);
	}

	@Test
	void onlySoManyWait() {
		List<Pass> passes = new ArrayList<>();
		for (Pass pass = this.gate.enter(true); !pass.isClosed(); pass = this.gate.enter(true)) {
			passes.add(pass);
		}
		assertThat(passes).hasSize(512);
		assertThat(this.gate.enter(false)).isEqualTo(Pass.FULL);
		this.gate.leave(passes.get(0));
		assertThat(this.gate.enter(false)).isEqualTo(Pass.FREE);
	}

}

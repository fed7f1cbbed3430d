package io.github.costwise.pipeline;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.CallLimits;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TurnSlot} and {@link PolicyPart}.
 */
@Tag("unit")
class TurnSlotTests {

	/** Slots are constants, and so is this one. */
	private static final TurnSlot<String> SLOT = new TurnSlot<>();

	private static final PolicyPart<String> PART = new PolicyPart<>("part", "otherwise");

	private final CostPolicy policy = new CostPolicy("p", CallLimits.NONE);

	private CostTurn turn() {
		return new CostTurn("t", null, this.policy, new FlowBench(FlowBench.LIGHT).time.time());
	}

	@Test
	void eachTurnKeepsItsOwn() {
		CostTurn one = turn();
		CostTurn other = turn();
		SLOT.set(one, "kept");
		assertThat(SLOT.of(one)).isEqualTo("kept");
		assertThat(SLOT.of(other)).isNull();
		assertThat(SLOT.of(other, () -> "first")).isEqualTo("first");
		assertThat(SLOT.of(other, () -> "second")).isEqualTo("first");
		SLOT.set(one, null);
		assertThat(SLOT.of(one)).isNull();
	}

	@Test
	void partIsWhatThePolicySaysOrElseWhatHoldsOtherwise() {
		assertThat(PART.of(this.policy)).isEqualTo("otherwise");
		assertThat(PART.of(new CostPolicy("q", CallLimits.NONE, Map.of(PART, "said")))).isEqualTo("said");
		assertThat(List.of(PART.name(), PART.otherwise())).containsExactly("part", "otherwise");
	}

}

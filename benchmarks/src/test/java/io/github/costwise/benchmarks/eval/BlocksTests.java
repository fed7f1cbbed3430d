package io.github.costwise.benchmarks.eval;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.benchmarks.eval.Blocks.Block;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of {@link Blocks}. */
@Tag("unit")
class BlocksTests {

	private volatile Object sink = this;

	@Test
	void tellsWhatAVariantAllocatesAndAdds() {
		Blocks blocks = new Blocks(50);
		blocks.add("nothing", () -> {
		});
		blocks.add("array", () -> this.sink = new byte[1_000_000]);
		blocks.run(1, 5);
		assertThat(blocks.added("array", "nothing", Block::bytes)).isBetween(1_000_000d, 1_010_000d);
		assertThat(blocks.added("array", "nothing", Block::p50)).isPositive();
		assertThat(this.sink).isNotNull();
	}

}

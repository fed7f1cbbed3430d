package io.github.costwise.embedding;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Workspace} and {@link TokenVectors}.
 */
@Tag("unit")
class WorkspaceTests {

	private final Workspace workspace = new Workspace();

	@Test
	void shortRowsArePaddedAndMasked() {
		this.workspace.load(new long[][] { { 7, 8, 9 }, { 5 } }, 3);
		assertThat(longs(this.workspace.ids())).containsExactly(7, 8, 9, 5, 0, 0);
		assertThat(longs(this.workspace.mask())).containsExactly(1, 1, 1, 1, 0, 0);
		assertThat(longs(this.workspace.types())).containsOnly(0).hasSize(6);
	}

	@Test
	void nothingIsLeftOfALongerRun() {
		this.workspace.load(new long[][] { { 1, 2, 3, 4, 5, 6 } }, 6);
		this.workspace.load(new long[][] { { 7 }, { 8, 9 } }, 2);
		assertThat(longs(this.workspace.ids())).containsExactly(7, 0, 8, 9);
		assertThat(longs(this.workspace.mask())).containsExactly(1, 0, 1, 1);
		assertThat(longs(this.workspace.types())).containsExactly(0, 0, 0, 0);
	}

	@Test
	void paddingDoesNotCountInTheMean() {
		TokenVectors vectors = new TokenVectors(FloatBuffer.wrap(new float[] { 6, 0, 0, 8, 0, 5, 99, 99 }), 2, 2);
		assertThat(vectors.text(0, 2, Pooling.MEAN)).containsExactly(0.6f, 0.8f);
		assertThat(vectors.text(1, 1, Pooling.MEAN)).containsExactly(0, 1);
		assertThat(vectors.text(0, 2, Pooling.CLS)).containsExactly(1, 0);
	}

	@Test
	void aModelThatPoolsItselfGivesOneVectorPerText() {
		TokenVectors vectors = new TokenVectors(FloatBuffer.wrap(new float[] { 3, 4, 0, 2 }), 1, 2);
		assertThat(vectors.text(0, 9, Pooling.MEAN)).containsExactly(0.6f, 0.8f);
		assertThat(vectors.text(1, 9, Pooling.MEAN)).containsExactly(0, 1);
	}

	private static long[] longs(LongBuffer buffer) {
		long[] values = new long[buffer.remaining()];
		buffer.get(buffer.position(), values);
		return values;
	}

}

package io.github.costwise.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What every {@link TextEncoder} must hold.
 */
public abstract class TextEncoderContract {

	private static final List<String> TEXTS = List.of("How do I pay?", "Where is my parcel?", "", " ", "a\uD83D",
			"\uD83D\uDE00", "\0", "\u00fc\u4f60\u597d", "word ".repeat(3_000));

	private TextEncoder encoder;

	/** Returns the encoder, which need not be a new one. */
	protected abstract TextEncoder create() throws Exception;

	/** Returns how far the elements of vectors of one text may be apart. */
	protected float tolerance() {
		return 1e-5f;
	}

	@BeforeEach
	void createEncoder() throws Exception {
		this.encoder = create();
	}

	@Test
	void vectorsHaveTheLengthOneAndAllElements() {
		assertThat(this.encoder.dimensions()).isPositive();
		for (String text : TEXTS) {
			float[] vector = this.encoder.encode(text);
			assertThat(vector).hasSize(this.encoder.dimensions());
			assertThat(dot(vector, vector)).isCloseTo(1, within(1e-3));
		}
	}

	@Test
	void oneByOneAndTogetherGiveTheSame() {
		List<float[]> together = this.encoder.encode(TEXTS);
		assertThat(together).hasSameSizeAs(TEXTS);
		for (int i = 0; i < TEXTS.size(); i++) {
			assertThat(together.get(i)).containsExactly(this.encoder.encode(TEXTS.get(i)), within(tolerance()));
		}
		assertThat(this.encoder.encode(List.of())).isEmpty();
	}

	@Test
	void textsThatDifferHaveVectorsThatDiffer() {
		assertThat(this.encoder.encode(TEXTS.get(0))).isNotEqualTo(this.encoder.encode(TEXTS.get(1)));
	}

	@Test
	void aVectorBelongsToWhoeverAskedForIt() {
		float[] first = this.encoder.encode(TEXTS.get(0));
		float[] kept = first.clone();
		first[0] = 7;
		assertThat(this.encoder.encode(TEXTS.get(0))).containsExactly(kept, within(tolerance()));
	}

	@Test
	void theIdStays() {
		assertThat(this.encoder.id()).isNotBlank().isEqualTo(this.encoder.id());
	}

	@Test
	void whatIsKnownOfATextIsAShare() {
		for (String text : TEXTS) {
			assertThat(this.encoder.known(text)).isBetween(0d, 1d);
		}
	}

	@Test
	void manyThreadsGetTheSame() throws Exception {
		float[] expected = this.encoder.encode(TEXTS.get(0));
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Future<float[]>> vectors = new ArrayList<>();
			for (int i = 0; i < 40; i++) {
				String text = TEXTS.get(i % 2);
				vectors.add(threads.submit(() -> this.encoder.encode(text)));
			}
			for (int i = 0; i < vectors.size(); i += 2) {
				assertThat(vectors.get(i).get()).containsExactly(expected, within(tolerance()));
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static double dot(float[] one, float[] other) {
		double sum = 0;
		for (int i = 0; i < one.length; i++) {
			sum += (double) one[i] * other[i];
		}
		return sum;
	}

}

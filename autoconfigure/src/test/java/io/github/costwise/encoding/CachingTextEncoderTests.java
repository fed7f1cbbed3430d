package io.github.costwise.encoding;

import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CachingTextEncoder}.
 */
@Tag("unit")
class CachingTextEncoderTests {

	private final CountingEncoder counting = new CountingEncoder();

	private final CachingTextEncoder encoder = new CachingTextEncoder(this.counting, 2);

	@Test
	void aRepeatIsNotEncodedAgain() {
		float[] first = this.encoder.encode("a");
		assertThat(this.encoder.encode("a")).isEqualTo(first).isNotSameAs(first);
		assertThat(this.counting.asked).containsExactly("a");
		assertThat(this.encoder.hits()).isOne();
		assertThat(this.encoder.misses()).isOne();
	}

	@Test
	void tellsWhatTheEncoderBehindItReads() {
		assertThat(this.encoder.known("abcd")).isEqualTo(.25);
		assertThat(this.encoder.isMultilingual()).isTrue();
		assertThat(this.counting.asked).isEmpty();
	}

	@Test
	void aChangedVectorDoesNotChangeWhatIsRemembered() {
		float[] first = this.encoder.encode("a");
		float[] expected = first.clone();
		first[0] = 9;
		float[] second = this.encoder.encode("a");
		second[0] = 8;
		assertThat(this.encoder.encode("a")).isEqualTo(expected);
		float[] listed = this.encoder.encode(List.of("a", "bb")).get(0);
		listed[0] = 7;
		assertThat(this.encoder.encode("a")).isEqualTo(expected);
	}

	@Test
	void theLeastRecentlyUsedMakesRoom() {
		this.encoder.encode("a");
		this.encoder.encode("b");
		this.encoder.encode("a");
		this.encoder.encode("c");
		assertThat(this.encoder.size()).isEqualTo(2);
		this.encoder.encode("a");
		assertThat(this.counting.asked).containsExactly("a", "b", "c");
		this.encoder.encode("b");
		assertThat(this.counting.asked).containsExactly("a", "b", "c", "b");
	}

	@Test
	void aListIsEncodedOnceWithoutRepeats() {
		this.encoder.encode("a");
		List<float[]> vectors = this.encoder.encode(List.of("bb", "a", "bb", "ccc", "a"));
		assertThat(this.counting.asked).containsExactly("a", "bb", "ccc");
		assertThat(vectors).containsExactly(
				new CountingEncoder().encode(List.of("bb", "a", "bb", "ccc", "a")).toArray(new float[0][]));
		assertThat(this.encoder.hits()).isEqualTo(3);
		assertThat(this.encoder.misses()).isEqualTo(3);
		assertThat(this.encoder.encode(List.<String>of())).isEmpty();
	}

	@Test
	void manyThreadsGetTheRightVectorsWithinTheBound() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<Future<Boolean>> results = threads.invokeAll(IntStream.range(0, 8).mapToObj(this::worker).toList());
			for (Future<Boolean> result : results) {
				assertThat(result.get()).isTrue();
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(this.encoder.size()).isEqualTo(2);
		assertThat(this.encoder.hits() + this.encoder.misses()).isEqualTo(8 * 2000);
	}

	private Callable<Boolean> worker(int seed) {
		Random random = new Random(seed);
		return () -> IntStream.range(0, 2000).allMatch((i) -> {
			String text = "x".repeat(random.nextInt(5));
			float[] vector = this.encoder.encode(text);
			return Math.round(vector[1] / vector[0]) == text.length();
		});
	}

	@Test
	void tellsWhatIsBehindIt() throws Exception {
		assertThat(this.encoder.id()).isEqualTo("counting");
		assertThat(this.encoder.dimensions()).isEqualTo(2);
		this.encoder.close();
		assertThat(this.counting.closed).isTrue();
		assertThatIllegalArgumentException().isThrownBy(() -> new CachingTextEncoder(this.counting, 0));
	}

}

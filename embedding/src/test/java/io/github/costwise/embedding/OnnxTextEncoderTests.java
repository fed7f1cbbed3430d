package io.github.costwise.embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.function.ThrowingSupplier;

import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.TextEncodingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link OnnxTextEncoder} on the model that the module brings. Reference values
 * were computed once with LangChain4j's AllMiniLmL6V2QuantizedEmbeddingModel
 * 1.20.0-beta30 on a processor with AVX-512 VNNI; 8-bit kernels of other processors round
 * differently.
 */
@Timeout(60)
@Tag("thorough")
class OnnxTextEncoderTests {

	private final ExecutorService threads = Executors.newFixedThreadPool(8);

	@AfterEach
	void stopThreads() {
		this.threads.shutdownNow();
	}

	@ParameterizedTest
	@CsvSource({ "0, 1, 0.939972", "2, 3, 0.866631", "4, 5, 0.674715", "6, 7, 0.905317", "8, 9, 0.985634" })
	void agreesWithTheReferenceOnHowAlikeTextsAre(int first, int second, double cosine) {
		List<float[]> vectors = Encoders.shared().encode(Encoders.TEXTS);
		assertThat(Encoders.cosine(vectors.get(first), vectors.get(second))).isCloseTo(cosine, within(0.015));
	}

	@ParameterizedTest
	@CsvSource({ "0, 0.011721, -0.056518, -0.079696", "3, 0.014685, 0.042762, -0.003164",
			"4, 0.088029, 0.033247, -0.009558" })
	void agreesWithTheReferenceOnElements(int text, float first, float second, float last) {
		float[] vector = Encoders.shared().encode(Encoders.TEXTS.get(text));
		assertThat(new float[] { vector[0], vector[1], vector[383] })
			.containsExactly(new float[] { first, second, last }, within(0.015f));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a", "\0", "\uD800", "x\uDC00y", "\uD83D\uDE00", "日本語のテキスト", "İstanbul ǅ ﬁ" })
	void anyTextHasAVectorOfLengthOne(String text) {
		float[] vector = Encoders.shared().encode(text);
		assertThat(vector).hasSize(384).hasSize(Encoders.shared().dimensions());
		assertThat(Encoders.cosine(vector, vector)).isCloseTo(1, within(1e-5));
	}

	@Test
	void aListGivesTheSameVectorsInTheSameOrder() {
		List<float[]> single = Encoders.TEXTS.stream().map(Encoders.shared()::encode).toList();
		assertThat(Encoders.shared().encode(Encoders.TEXTS)).containsExactly(single.toArray(float[][]::new));
		assertThat(Encoders.shared().encode(List.<String>of())).isEmpty();
	}

	@Test
	void batchesOfAQuantisedModelComeClose() {
		try (OnnxTextEncoder batching = new OnnxTextEncoder(Encoders.with(256, Pooling.MEAN, 2, 4),
				new Background(new Faults()))) {
			List<float[]> vectors = batching.encode(Encoders.TEXTS);
			for (int i = 0; i < vectors.size(); i++) {
				assertThat(Encoders.cosine(vectors.get(i), Encoders.shared().encode(Encoders.TEXTS.get(i))))
					.isGreaterThan(0.98);
			}
		}
	}

	@Test
	void eightThreadsGetWhatOneGets() throws Exception {
		List<float[]> expected = Encoders.TEXTS.stream().map(Encoders.shared()::encode).toList();
		List<Future<Boolean>> results = new ArrayList<>();
		for (int thread = 0; thread < 8; thread++) {
			results.add(this.threads.submit(() -> IntStream.range(0, 50).allMatch((i) -> {
				int text = i % Encoders.TEXTS.size();
				return Arrays.equals(Encoders.shared().encode(Encoders.TEXTS.get(text)), expected.get(text));
			})));
		}
		for (Future<Boolean> result : results) {
			assertThat(result.get()).isTrue();
		}
	}

	@Test
	void whatFollowsTheLastTokenThatIsReadDoesNotCount() {
		try (OnnxTextEncoder small = new OnnxTextEncoder(Encoders.with(8, Pooling.MEAN, 1, 1),
				new Background(new Faults()))) {
			String six = "one two three four five six";
			assertThat(small.encode(six + " seven eight")).isEqualTo(small.encode(six));
			assertThat(small.encode("one two three four five")).isNotEqualTo(small.encode(six));
			assertThat(small.encode(six)).isEqualTo(Encoders.shared().encode(six));
		}
		String long256 = "word ".repeat(254);
		assertThat(Encoders.shared().encode(long256 + "more")).isEqualTo(Encoders.shared().encode(long256));
	}

	@Test
	void theIdTellsWhatChangesVectors() {
		assertThat(Encoders.shared().id()).matches("all-minilm-l6-v2-q.onnx:[0-9a-f]{12}:[0-9a-f]{12}:mean:256");
		try (OnnxTextEncoder other = new OnnxTextEncoder(Encoders.with(128, Pooling.CLS, 1, 1),
				new Background(new Faults()))) {
			assertThat(other.id()).endsWith(":cls:128");
			assertThat(other.encode("a")).isNotEqualTo(Encoders.shared().encode("a"));
		}
	}

	@Test
	void loadsOnceOffTheThreadOfTheFirstCallers() throws Exception {
		AtomicInteger loads = new AtomicInteger();
		CountDownLatch mayLoad = new CountDownLatch(1);
		OnnxTextEncoder encoder = encoder(new Faults(), () -> {
			loads.incrementAndGet();
			mayLoad.await();
			assertThat(Thread.currentThread().getName()).isEqualTo("costwise-encoder-start-1");
			return Loaded.load(OnnxSettings.miniLm());
		});
		assertThat(loads).hasValue(0);
		assertThat(encoder.isReady()).isFalse();
		List<Future<float[]>> callers = IntStream.range(0, 4)
			.mapToObj((i) -> this.threads.submit(() -> encoder.encode("a")))
			.toList();
		assertThat(encoder.isReady()).isFalse();
		mayLoad.countDown();
		for (Future<float[]> caller : callers) {
			assertThat(caller.get()).isEqualTo(Encoders.shared().encode("a"));
		}
		assertThat(loads).hasValue(1);
		assertThat(encoder.isReady()).isTrue();
		encoder.close();
	}

	@Test
	void aFailedStartIsReportedOnceAndRemembered() {
		Faults faults = new Faults();
		AtomicInteger loads = new AtomicInteger();
		OnnxTextEncoder encoder = encoder(faults, () -> {
			loads.incrementAndGet();
			throw new UnsatisfiedLinkError("ld-linux-x86-64.so.2: No such file");
		});
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(TextEncodingException.class).isThrownBy(() -> encoder.encode("secret"))
				.withMessageContaining("native libraries cannot be loaded on " + Platform.current())
				.withMessageContaining("costwise.embedding.model-bean")
				.withMessageNotContaining("secret");
		}
		assertThat(encoder.isReady()).isFalse();
		assertThat(loads).hasValue(1);
		assertThat(faults.count(Faults.Kind.ENCODER)).isOne();
		encoder.close();
	}

	@Test
	void aFileThatIsNoModelIsNamed() {
		OnnxTextEncoder encoder = new OnnxTextEncoder(
				Encoders.with(new ByteArrayResource(new byte[8]), new ClassPathResource(OnnxSettings.TOKENIZER)),
				new Background(new Faults()));
		assertThatExceptionOfType(TextEncodingException.class).isThrownBy(encoder::dimensions)
			.withMessageContaining("did not start")
			.withMessageContaining("costwise.embedding.model");
	}

	@Test
	void anInterruptedCallerStopsWaiting() throws Exception {
		CountDownLatch never = new CountDownLatch(1);
		OnnxTextEncoder encoder = encoder(new Faults(), () -> {
			never.await();
			return Loaded.load(OnnxSettings.miniLm());
		});
		Future<Boolean> caller = this.threads.submit(() -> {
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(TextEncodingException.class).isThrownBy(() -> encoder.encode("a"))
				.withMessageContaining("Interrupted");
			return Thread.interrupted();
		});
		assertThat(caller.get(10, TimeUnit.SECONDS)).isTrue();
		encoder.close();
		never.countDown();
	}

	@Test
	void closingWaitsForTextsInFlightAndRefusesLaterOnes() throws Exception {
		OnnxTextEncoder encoder = new OnnxTextEncoder(Encoders.with(256, Pooling.MEAN, 2, 1),
				new Background(new Faults()));
		encoder.encode("a");
		CountDownLatch running = new CountDownLatch(4);
		List<Future<String>> callers = IntStream.range(0, 4)
			.mapToObj((i) -> this.threads.submit(() -> untilClosed(encoder, running)))
			.toList();
		running.await();
		encoder.close();
		encoder.close();
		for (Future<String> caller : callers) {
			assertThat(caller.get()).contains("closed");
		}
		OnnxTextEncoder unused = new OnnxTextEncoder(OnnxSettings.miniLm(), new Background(new Faults()));
		unused.close();
		assertThatExceptionOfType(TextEncodingException.class).isThrownBy(() -> unused.encode("a"))
			.withMessageContaining("closed");
	}

	private static String untilClosed(OnnxTextEncoder encoder, CountDownLatch running) {
		for (int i = 0; i < 1_000_000; i++) {
			try {
				encoder.encode("a");
			}
			catch (TextEncodingException ex) {
				return String.valueOf(ex.getMessage());
			}
			running.countDown();
		}
		return "never";
	}

	private static OnnxTextEncoder encoder(Faults faults, ThrowingSupplier<Loaded> loader) {
		return new OnnxTextEncoder(OnnxSettings.miniLm(), new Background(faults), loader);
	}

}

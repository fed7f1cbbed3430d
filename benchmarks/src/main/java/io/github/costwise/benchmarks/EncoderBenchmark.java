package io.github.costwise.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.Result;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.core.io.ClassPathResource;

import io.github.costwise.background.Background;
import io.github.costwise.embedding.OnnxSettings;
import io.github.costwise.embedding.OnnxTextEncoder;
import io.github.costwise.encoding.CachingTextEncoder;
import io.github.costwise.faults.Faults;

/**
 * Encodes a text of 16 tokens. The baseline runs a session of the same model on the same
 * tokens, cut beforehand, and drops what it gives.
 *
 * @since 0.1.0
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-DOPT_OUT_TRACKING=true")
public class EncoderBenchmark {

	private static final String TEXT = "Could you please tell me how I can change the address on my order";

	/**
	 * Runs the bare session.
	 * @param bare the session and its input
	 * @return how many outputs there were
	 * @throws OrtException if it fails
	 */
	@Benchmark
	public int baseline(Bare bare) throws OrtException {
		try (Result result = bare.session.run(bare.input)) {
			return result.size();
		}
	}

	/**
	 * Encodes the text.
	 * @param encoders the encoders
	 * @return its vector
	 */
	@Benchmark
	public float[] encode(Encoders encoders) {
		return encoders.encoder.encode(TEXT);
	}

	/**
	 * Encodes a text that was encoded before.
	 * @param encoders the encoders
	 * @return its vector
	 */
	@Benchmark
	public float[] encodeAgain(Encoders encoders) {
		return encoders.remembering.encode(TEXT);
	}

	/** A session with input. */
	@State(Scope.Benchmark)
	public static class Bare {

		private OrtSession session;

		private Map<String, OnnxTensor> input;

		/**
		 * Loads the model and cuts the text.
		 * @throws IOException if a file cannot be read
		 * @throws OrtException if the model cannot be loaded
		 */
		@Setup
		public void load() throws IOException, OrtException {
			OrtEnvironment environment = OrtEnvironment.getEnvironment();
			OrtSession.SessionOptions options = new OrtSession.SessionOptions();
			options.setIntraOpNumThreads(1);
			this.session = environment.createSession(new ClassPathResource(OnnxSettings.MODEL).getContentAsByteArray(),
					options);
			long[] ids = tokens();
			this.input = Map.of("input_ids", tensor(environment, ids), "attention_mask",
					tensor(environment, filled(ids.length, 1)), "token_type_ids",
					tensor(environment, filled(ids.length, 0)));
		}

		private static long[] tokens() throws IOException {
			try (InputStream in = new ClassPathResource(OnnxSettings.TOKENIZER).getInputStream();
					HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(in, Map.of("padding", "false"))) {
				return tokenizer.encode(TEXT).getIds();
			}
		}

		private static long[] filled(int length, long value) {
			long[] values = new long[length];
			Arrays.fill(values, value);
			return values;
		}

		private static OnnxTensor tensor(OrtEnvironment environment, long[] values) throws OrtException {
			return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[] { 1, values.length });
		}

	}

	/** An encoder, and one that remembers. */
	@State(Scope.Benchmark)
	public static class Encoders {

		private final OnnxTextEncoder encoder = new OnnxTextEncoder(OnnxSettings.miniLm(),
				new Background(new Faults()));

		private final CachingTextEncoder remembering = new CachingTextEncoder(this.encoder, 100);

		/** Unloads the model. */
		@TearDown
		public void unload() {
			this.encoder.close();
		}

	}

}

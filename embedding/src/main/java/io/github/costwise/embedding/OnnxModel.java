package io.github.costwise.embedding;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.Result;
import ai.onnxruntime.OrtSession.SessionOptions;

import org.springframework.core.io.Resource;

import io.github.costwise.spi.TextEncodingException;

/**
 * One session, run by any number of threads at the same time, each with a workspace of
 * its own. A run uses the calling thread only. Must not be closed during a run.
 */
final class OnnxModel implements AutoCloseable {

	private static final String TYPES = "token_type_ids";

	private final OrtEnvironment environment;

	private final OrtSession session;

	private final Pooling pooling;

	private final boolean typed;

	private final String output;

	/** Of the output: rows, tokens unless the model pools itself, elements. */
	private final long[] shape;

	private OnnxModel(OrtEnvironment environment, OrtSession session, Pooling pooling) throws OrtException {
		this.environment = environment;
		this.session = session;
		this.pooling = pooling;
		this.typed = session.getInputNames().contains(TYPES);
		this.output = session.getOutputNames().iterator().next();
		this.shape = probe();
	}

	static OnnxModel load(OnnxSettings settings) throws OrtException, IOException {
		OrtEnvironment environment = OrtEnvironment.getEnvironment();
		environment.setTelemetry(false);
		try (SessionOptions options = new SessionOptions()) {
			options.setIntraOpNumThreads(1);
			options.setInterOpNumThreads(1);
			options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
			return new OnnxModel(environment, session(environment, settings.model(), options), settings.pooling());
		}
	}

	private static OrtSession session(OrtEnvironment environment, Resource model, SessionOptions options)
			throws OrtException, IOException {
		return model.isFile() ? environment.createSession(model.getFile().getPath(), options)
				: environment.createSession(model.getContentAsByteArray(), options);
	}

	/** The model's file may leave the number of elements open. */
	private long[] probe() throws OrtException {
		Workspace workspace = new Workspace();
		workspace.load(new long[][] { { 0, 0 } }, 2);
		try (Inputs inputs = new Inputs(workspace, new long[] { 1, 2 });
				Result result = this.session.run(inputs.tensors)) {
			return ((OnnxTensor) result.get(0)).getInfo().getShape();
		}
	}

	int dimensions() {
		return (int) this.shape[this.shape.length - 1];
	}

	/** Encodes texts, given as their tokens, in one run. */
	float[][] encode(long[][] rows, Workspace workspace) {
		int width = width(rows);
		workspace.load(rows, width);
		int tokens = pools() ? 1 : width;
		TokenVectors vectors = new TokenVectors(workspace.output(rows.length * tokens * dimensions()), tokens,
				dimensions());
		try {
			run(new long[] { rows.length, width }, workspace, vectors);
		}
		catch (OrtException ex) {
			throw new TextEncodingException("The model of the text encoder failed.", ex);
		}
		float[][] texts = new float[rows.length][];
		for (int row = 0; row < rows.length; row++) {
			texts[row] = vectors.text(row, rows[row].length, this.pooling);
		}
		return texts;
	}

	private void run(long[] rows, Workspace workspace, TokenVectors vectors) throws OrtException {
		long[] outputs = pools() ? new long[] { rows[0], dimensions() } : new long[] { rows[0], rows[1], dimensions() };
		try (Inputs inputs = new Inputs(workspace, rows);
				OnnxTensor out = OnnxTensor.createTensor(this.environment, vectors.values(), outputs)) {
			this.session.run(inputs.tensors, Map.of(this.output, out)).close();
		}
	}

	private boolean pools() {
		return this.shape.length == 2;
	}

	private static int width(long[][] rows) {
		int width = 0;
		for (long[] row : rows) {
			width = Math.max(width, row.length);
		}
		return width;
	}

	@Override
	public void close() {
		try {
			this.session.close();
		}
		catch (OrtException ex) {
			throw new TextEncodingException("The model of the text encoder could not be closed.", ex);
		}
	}

	/** Views of a workspace's buffers as tensors. */
	private final class Inputs implements AutoCloseable {

		private final Map<String, OnnxTensor> tensors = new HashMap<>();

		Inputs(Workspace workspace, long[] shape) throws OrtException {
			this.tensors.put("input_ids", OnnxTensor.createTensor(OnnxModel.this.environment, workspace.ids(), shape));
			this.tensors.put("attention_mask",
					OnnxTensor.createTensor(OnnxModel.this.environment, workspace.mask(), shape));
			if (OnnxModel.this.typed) {
				this.tensors.put(TYPES, OnnxTensor.createTensor(OnnxModel.this.environment, workspace.types(), shape));
			}
		}

		@Override
		public void close() {
			this.tensors.values().forEach(OnnxTensor::close);
		}

	}

}

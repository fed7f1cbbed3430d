package io.github.costwise.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

import ai.onnxruntime.OrtException;

import org.springframework.core.io.Resource;

/**
 * A loaded model with its tokenizer. Thread-safe.
 *
 * @param tokenizer cuts texts into tokens
 * @param model encodes tokens
 * @param workspaces what tokenizer and model run with
 * @param id tells the vectors from those of other models
 */
record Loaded(WordPieces tokenizer, OnnxModel model, Workspaces workspaces, String id) {

	private static final int BUFFER = 1 << 16;

	static Loaded load(OnnxSettings settings) throws IOException, OrtException {
		NativeLibraries.prepare(settings.nativeFolder());
		String id = id(settings);
		WordPieces tokenizer = WordPieces.load(settings);
		try {
			return new Loaded(tokenizer, OnnxModel.load(settings), new Workspaces(settings.threads()), id);
		}
		catch (IOException | OrtException | RuntimeException ex) {
			tokenizer.close();
			throw ex;
		}
	}

	/** By content, for a file may change under its name. */
	private static String id(OnnxSettings settings) throws IOException {
		return settings.model().getFilename() + ":" + digest(settings.model()) + ":" + digest(settings.tokenizer())
				+ ":" + settings.pooling().name().toLowerCase(Locale.ROOT) + ":" + settings.maxTokens();
	}

	private static String digest(Resource resource) throws IOException {
		try (InputStream in = resource.getInputStream()) {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			byte[] buffer = new byte[BUFFER];
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				digest.update(buffer, 0, read);
			}
			return HexFormat.of().formatHex(digest.digest(), 0, 6);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	float[] encode(String text) {
		return this.workspaces
			.with((workspace) -> this.model.encode(new long[][] { this.tokenizer.of(text) }, workspace)[0]);
	}

	float[][] encode(long[][] rows) {
		return this.workspaces.with((workspace) -> this.model.encode(rows, workspace));
	}

	long[] tokens(String text) {
		return this.workspaces.with((workspace) -> this.tokenizer.of(text));
	}

	double known(String text) {
		return this.workspaces.with((workspace) -> this.tokenizer.known(text));
	}

	/** Natives that are closed while they run end the JVM. */
	void close() {
		this.workspaces.close(() -> {
			this.model.close();
			this.tokenizer.close();
		});
	}

}

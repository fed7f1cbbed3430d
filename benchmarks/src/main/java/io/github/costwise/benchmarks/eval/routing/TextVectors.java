package io.github.costwise.benchmarks.eval.routing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.github.costwise.background.Background;
import io.github.costwise.embedding.OnnxSettings;
import io.github.costwise.embedding.OnnxTextEncoder;
import io.github.costwise.faults.Faults;

/**
 * Vectors of prompts, from the encoder that comes with Costwise. A list that was encoded
 * before is read from a file in the folder for temporary files.
 *
 * @since 0.1.0
 */
public final class TextVectors implements AutoCloseable {

	private static final int PROGRESS_EVERY = 1000;

	private final OnnxTextEncoder encoder = new OnnxTextEncoder(OnnxSettings.miniLm(), new Background(new Faults()));

	private final Consumer<String> progress;

	/**
	 * Creates a source of vectors.
	 * @param progress receives what is going on
	 */
	public TextVectors(Consumer<String> progress) {
		this.progress = progress;
	}

	/**
	 * Returns the id of the encoder.
	 * @return the id
	 */
	public String encoder() {
		return this.encoder.id();
	}

	/**
	 * Encodes texts.
	 * @param texts the texts
	 * @return their vectors in the same order
	 */
	public float[][] encode(List<String> texts) {
		Path file = file(texts);
		try {
			if (Files.exists(file)) {
				return read(file, texts.size());
			}
			float[][] vectors = new float[texts.size()][];
			IntStream.range(0, vectors.length).parallel().forEach((i) -> {
				vectors[i] = this.encoder.encode(texts.get(i));
				if (i % PROGRESS_EVERY == 0) {
					this.progress.accept("encoding, at prompt " + i + " of " + vectors.length);
				}
			});
			write(file, vectors);
			return vectors;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path file(List<String> texts) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(encoder().getBytes(StandardCharsets.UTF_8));
			for (String text : texts) {
				digest.update((byte) 0);
				digest.update(text.getBytes(StandardCharsets.UTF_8));
			}
			return Path.of(System.getProperty("java.io.tmpdir"), "costwise-vectors",
					HexFormat.of().formatHex(digest.digest()));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	private float[][] read(Path file, int count) throws IOException {
		float[][] vectors = new float[count][this.encoder.dimensions()];
		try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
			for (float[] vector : vectors) {
				for (int j = 0; j < vector.length; j++) {
					vector[j] = in.readFloat();
				}
			}
		}
		return vectors;
	}

	/** Written beside and moved, so that a stopped run leaves nothing half. */
	private static void write(Path file, float[][] vectors) throws IOException {
		Files.createDirectories(file.getParent());
		Path beside = Files.createTempFile(file.getParent(), "vectors", null);
		try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(beside)))) {
			for (float[] vector : vectors) {
				for (float element : vector) {
					out.writeFloat(element);
				}
			}
		}
		Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
	}

	@Override
	public void close() {
		this.encoder.close();
	}

}

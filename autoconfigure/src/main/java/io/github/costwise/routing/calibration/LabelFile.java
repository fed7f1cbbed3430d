package io.github.costwise.routing.calibration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.costwise.CostwiseConfigurationException;

/**
 * Labelled requests in a file, a JSON object a line: {@code text}, and how good the
 * answers of the cheap and the capable model were as {@code weak} and {@code strong}, 0
 * to 1. It holds what users asked, so where it lies is for the application to decide.
 * Thread-safe within one process.
 *
 * @since 0.1.0
 */
public final class LabelFile {

	private static final JsonMapper mapper = new JsonMapper();

	private final Path path;

	private final long mostBytes;

	/**
	 * Creates an instance; the file need not exist.
	 * @param path where it is
	 * @param mostBytes size from which on nothing is appended, above 0
	 */
	public LabelFile(Path path, long mostBytes) {
		this.path = path;
		this.mostBytes = mostBytes;
	}

	/**
	 * Returns where the file is.
	 * @return the path
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Appends a label.
	 * @param label the label; its vector is not kept
	 * @return whether there was room
	 * @throws UncheckedIOException if the file cannot be written
	 */
	public synchronized boolean append(LabelledRequest label) {
		try {
			if (Files.exists(this.path) && Files.size(this.path) >= this.mostBytes) {
				return false;
			}
			String line = mapper.writeValueAsString(mapper.createObjectNode()
				.put("text", label.text())
				.put("weak", label.weak())
				.put("strong", label.strong()));
			Files.writeString(this.path, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE,
					StandardOpenOption.APPEND);
			return true;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads all labels.
	 * @return the labels, without vectors
	 * @throws CostwiseConfigurationException if the file cannot be read or a line is no
	 * label
	 */
	public synchronized List<LabelledRequest> read() {
		List<LabelledRequest> labels = new ArrayList<>();
		try {
			for (String line : Files.readAllLines(this.path, StandardCharsets.UTF_8)) {
				if (!line.isBlank()) {
					labels.add(label(line, labels.size() + 1));
				}
			}
			return labels;
		}
		catch (IOException ex) {
			throw new CostwiseConfigurationException("The labels in " + this.path + " cannot be read.",
					"Name a text file in UTF-8 with a label a line, or collect labels first.", ex);
		}
	}

	private LabelledRequest label(String line, int number) {
		try {
			JsonNode node = mapper.readTree(line);
			JsonNode text = node.path("text");
			JsonNode weak = node.path("weak");
			JsonNode strong = node.path("strong");
			if (text.isString() && weak.isNumber() && strong.isNumber()) {
				return new LabelledRequest(text.stringValue(), null, weak.doubleValue(), strong.doubleValue());
			}
		}
		catch (JacksonException | IllegalArgumentException ex) {
			throw broken(number, ex);
		}
		throw broken(number, null);
	}

	private CostwiseConfigurationException broken(int number, @Nullable Exception cause) {
		return new CostwiseConfigurationException("Label " + number + " in " + this.path + " is not usable.",
				"Write a line such as {\"text\": \"...\", \"weak\": 0, \"strong\": 1} with values from 0 to 1.", cause);
	}

}

package io.github.costwise.cache.response;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

import io.github.costwise.CostwiseConfigurationException;

/**
 * Writes the questions of looked-up turns with the group of their answer, one JSON object
 * a line, as the evaluation commands read streams: two lines with the same {@code answer}
 * could share it. Holds the questions themselves. Ends when the file has its full size.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class TrafficFile {

	private final JsonMapper json = JsonMapper.shared();

	private final Path path;

	private final long maxBytes;

	private long bytes;

	private TrafficFile(Path path, long maxBytes, long bytes) {
		this.path = path;
		this.maxBytes = maxBytes;
		this.bytes = bytes;
	}

	/**
	 * Opens a file; what it holds stays.
	 * @param path the file, made when absent
	 * @param maxBytes how large it may grow, from 1
	 * @return the file
	 * @throws CostwiseConfigurationException if it cannot be written, or may hold nothing
	 */
	public static TrafficFile open(Path path, long maxBytes) {
		if (maxBytes < 1) {
			throw new CostwiseConfigurationException(
					"costwise.cache.traffic.max-size is " + maxBytes + " bytes, so that nothing would be written.",
					"Set costwise.cache.traffic.max-size to 1B or more, or remove costwise.cache.traffic.file.");
		}
		try {
			Path parent = path.toAbsolutePath().getParent();
			if (parent != null) {
				Files.createDirectories(parent);
			}
			Files.write(path, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
			return new TrafficFile(path, maxBytes, Files.size(path));
		}
		catch (IOException ex) {
			throw new CostwiseConfigurationException(
					"The traffic file " + path + " cannot be written: " + ex.getMessage() + ".",
					"Set costwise.cache.traffic.file to a file that can be, or remove it.", ex);
		}
	}

	synchronized void add(String question, String group) {
		Map<String, String> row = new LinkedHashMap<>();
		row.put("text", question);
		row.put("answer", group);
		byte[] line = (this.json.writeValueAsString(row) + "\n").getBytes(StandardCharsets.UTF_8);
		if (this.bytes + line.length > this.maxBytes) {
			return;
		}
		try {
			Files.write(this.path, line, StandardOpenOption.APPEND);
			this.bytes += line.length;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

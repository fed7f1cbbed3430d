package io.github.costwise.benchmarks.eval;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads files that hold one JSON object a line, packed with gzip or not. */
final class JsonLines {

	private static final JsonMapper mapper = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private final Path file;

	JsonLines(Path file) {
		this.file = file;
	}

	/**
	 * Reads every line that is not blank.
	 * @param reader turns a line into a row
	 * @param <T> the type of a row
	 * @return the rows
	 * @throws BadInputException if the file cannot be read, or a line is not what the
	 * reader wants
	 */
	<T> List<T> read(Function<Line, T> reader) {
		List<T> rows = new ArrayList<>();
		long number = 1;
		try (BufferedReader in = new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8))) {
			for (String text = in.readLine(); text != null; text = in.readLine()) {
				if (!text.isBlank()) {
					rows.add(reader.apply(parse(text, number)));
				}
				number++;
			}
		}
		catch (IOException ex) {
			throw new BadInputException(this.file, number, "cannot be read: " + ex.getMessage());
		}
		return rows;
	}

	/**
	 * Reads every line that is not blank, of which there must be one.
	 * @param reader turns a line into a row
	 * @param <T> the type of a row
	 * @return the rows, at least one
	 * @throws BadInputException if the file cannot be read, holds nothing, or a line is
	 * not what the reader wants
	 */
	<T> List<T> readSome(Function<Line, T> reader) {
		List<T> rows = read(reader);
		if (rows.isEmpty()) {
			throw new BadInputException(this.file, 1, "the file holds nothing");
		}
		return rows;
	}

	private InputStream open() throws IOException {
		InputStream in = Files.newInputStream(this.file);
		return this.file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
	}

	private Line parse(String text, long number) {
		try {
			JsonNode json = mapper.readTree(text);
			if (json.isObject()) {
				return new Line(this.file, number, json);
			}
		}
		catch (JacksonException ex) {
			throw new BadInputException(this.file, number, "not JSON: " + ex.getOriginalMessage());
		}
		throw new BadInputException(this.file, number, "not a JSON object");
	}

	/**
	 * A line of a file.
	 *
	 * @param file the file
	 * @param number the number of the line, from 1
	 * @param json the object it holds
	 */
	record Line(Path file, long number, JsonNode json) {

		String text(String key) {
			JsonNode value = this.json.path(key);
			if (!value.isString() || value.stringValue().isBlank()) {
				throw bad("\"" + key + "\" must be a text");
			}
			return value.stringValue();
		}

		JsonNode object(String key) {
			JsonNode value = this.json.path(key);
			if (!value.isObject()) {
				throw bad("\"" + key + "\" must be an object");
			}
			return value;
		}

		BadInputException bad(String reason) {
			return new BadInputException(this.file, this.number, reason);
		}

	}

}

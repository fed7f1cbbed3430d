package io.github.costwise.pricing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.costwise.files.ShippedFile;
import io.github.costwise.spi.CatalogFormatException;
import io.github.costwise.text.Parts;

/**
 * Reads the catalogue format of Costwise: directives that begin with {@code #word},
 * comments that begin with {@code # }, and rows of seven columns. The format is described
 * in the head of the shipped file.
 */
final class CatalogFile {

	/** The name of the shipped catalogue, beside this class. */
	static final String SHIPPED = "catalog.csv";

	private static final int COLUMNS = 7;

	private final String name;

	private final Map<String, String> directives = new HashMap<>();

	private final Map<Character, String> sources = new HashMap<>();

	private final List<CatalogLine> lines = new ArrayList<>();

	private CatalogFile(String name) {
		this.name = name;
	}

	/**
	 * Reads the shipped catalogue. The rates of a row are read when it is first used.
	 * @return the file
	 */
	static CatalogFile shipped() {
		return read(SHIPPED, new StringReader(ShippedFile.text(CatalogFile.class, SHIPPED)));
	}

	/**
	 * Reads a catalogue.
	 * @param name the name of the file, for messages
	 * @param reader the text, closed here
	 * @return the file
	 * @throws CatalogFormatException if a line is malformed; malformed rates show when
	 * the row is first used
	 */
	static CatalogFile read(String name, Reader reader) {
		CatalogFile file = new CatalogFile(name);
		try (BufferedReader in = new BufferedReader(reader)) {
			int number = 0;
			for (String text = in.readLine(); text != null; text = in.readLine()) {
				file.add(++number, text);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		if (!"1".equals(file.directives.get("format"))) {
			throw new CatalogFormatException(name, 1, "it must state '#format 1'", null);
		}
		return file;
	}

	private void add(int number, String text) {
		if (text.startsWith("#source ")) {
			this.sources.put(text.charAt("#source ".length()), text);
		}
		else if (text.startsWith("#")) {
			int blank = text.indexOf(' ');
			if (blank > 1) {
				this.directives.put(text.substring(1, blank), text.substring(blank + 1).trim());
			}
		}
		else if (!text.isBlank()) {
			this.lines.add(line(number, text));
		}
	}

	private CatalogLine line(int number, String text) {
		String[] columns = Parts.of(text, ",", Integer.MAX_VALUE);
		if (columns.length != COLUMNS) {
			throw new CatalogFormatException(this.name, number,
					"it has " + columns.length + " columns instead of " + COLUMNS, null);
		}
		Instant from = columns[2].isEmpty() ? Instant.MIN : date(number, columns[2]);
		Instant until = columns[3].isEmpty() ? Instant.MAX : date(number, columns[3]);
		String source = columns[4];
		if (!isDeclared(source)) {
			throw new CatalogFormatException(this.name, number, "its source '" + source + "' is not declared", null);
		}
		return new CatalogLine(this.name, number, columns, new Instant[] { from, until });
	}

	private boolean isDeclared(String source) {
		for (int i = 0; i < source.length(); i++) {
			if (!this.sources.containsKey(source.charAt(i))) {
				return false;
			}
		}
		return !source.isEmpty();
	}

	private Instant date(int number, String text) {
		try {
			return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
		}
		catch (DateTimeException ex) {
			throw new CatalogFormatException(this.name, number, "'" + text + "' is not a date", ex);
		}
	}

	String version() {
		return directive("version");
	}

	LocalDate asOf() {
		return LocalDate.parse(directive("as-of"));
	}

	private String directive(String word) {
		String value = this.directives.get(word);
		if (value == null) {
			throw new CatalogFormatException(this.name, "it must state '#" + word + "'", null);
		}
		return value;
	}

	List<CatalogEntry> entries() {
		return List.copyOf(this.lines);
	}

}

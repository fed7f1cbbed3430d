package io.github.costwise.pricing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads the catalogue format of Costwise: directives that begin with {@code #word},
 * comments that begin with {@code # }, and rows of seven columns. The format is described
 * in the head of the shipped file.
 */
final class CatalogFile {

	/** The name of the shipped catalogue, beside this class. */
	static final String SHIPPED = "catalog.csv";

	private static final int COLUMNS = 7;

	private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

	private static final Map<String, BilledUnit> UNITS = Map.ofEntries(Map.entry("in", BilledUnit.INPUT),
			Map.entry("in-audio", BilledUnit.INPUT_AUDIO), Map.entry("in-image", BilledUnit.INPUT_IMAGE),
			Map.entry("in-video", BilledUnit.INPUT_VIDEO), Map.entry("read", BilledUnit.CACHE_READ),
			Map.entry("read-audio", BilledUnit.CACHE_READ_AUDIO), Map.entry("read-image", BilledUnit.CACHE_READ_IMAGE),
			Map.entry("read-video", BilledUnit.CACHE_READ_VIDEO), Map.entry("write", BilledUnit.CACHE_WRITE_5M),
			Map.entry("write-1h", BilledUnit.CACHE_WRITE_1H), Map.entry("out", BilledUnit.OUTPUT),
			Map.entry("out-reasoning", BilledUnit.OUTPUT_REASONING), Map.entry("out-audio", BilledUnit.OUTPUT_AUDIO),
			Map.entry("out-image", BilledUnit.OUTPUT_IMAGE), Map.entry("search", BilledUnit.WEB_SEARCH));

	private final String name;

	private final Map<String, String> directives = new HashMap<>();

	private final Map<Character, String> sources = new HashMap<>();

	private final List<Line> lines = new ArrayList<>();

	private CatalogFile(String name) {
		this.name = name;
	}

	/**
	 * Reads the shipped catalogue. The rates of a row are read when it is first used.
	 * @return the file
	 */
	static CatalogFile shipped() {
		InputStream in = CatalogFile.class.getResourceAsStream(SHIPPED);
		if (in == null) {
			throw new CatalogFormatException(SHIPPED, "the shipped catalogue is missing from the jar", null);
		}
		return read(SHIPPED, new InputStreamReader(in, StandardCharsets.UTF_8));
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
			throw new CatalogFormatException(name, "it must state '#format 1'", null);
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

	private Line line(int number, String text) {
		String[] columns = text.split(",", -1);
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
		List<String> aliases = columns[5].isEmpty() ? List.of() : List.of(columns[5].split(" "));
		return new Line(number, new ModelId(columns[0], columns[1]), aliases, from, until, columns[6]);
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

	/** A row whose rates are read when they are first asked for. */
	private final class Line implements CatalogEntry {

		private final int number;

		private final ModelId id;

		private final List<String> aliases;

		private final Instant from;

		private final Instant until;

		private final String text;

		private volatile @Nullable PriceRow row;

		Line(int number, ModelId id, List<String> aliases, Instant from, Instant until, String text) {
			this.number = number;
			this.id = id;
			this.aliases = aliases;
			this.from = from;
			this.until = until;
			this.text = text;
		}

		@Override
		public ModelId id() {
			return this.id;
		}

		@Override
		public List<String> aliases() {
			return this.aliases;
		}

		@Override
		public Instant from() {
			return this.from;
		}

		@Override
		public Instant until() {
			return this.until;
		}

		@Override
		public PriceRow row() {
			PriceRow row = this.row;
			if (row == null) {
				row = parse();
				this.row = row;
			}
			return row;
		}

		private PriceRow parse() {
			try {
				PriceRow.Builder builder = PriceRow.of(this.id.provider(), this.id.model())
					.aliases(this.aliases)
					.from(this.from)
					.until(this.until);
				for (String segment : this.text.split(";")) {
					segment(builder, segment);
				}
				return builder.build();
			}
			catch (RuntimeException ex) {
				throw new CatalogFormatException(CatalogFile.this.name, this.number, String.valueOf(ex.getMessage()),
						ex);
			}
		}

		private void segment(PriceRow.Builder builder, String segment) {
			PriceBand band = PriceBand.BASE;
			for (String word : segment.split(" ")) {
				int equals = word.indexOf('=');
				if (equals > 0) {
					rate(builder, band, word.substring(0, equals), word.substring(equals + 1));
				}
				else if (word.equals("free")) {
					builder.free();
				}
				else if (word.equals("approx")) {
					builder.approximate();
				}
				else {
					band = PriceBand.parse(word);
				}
			}
		}

		private void rate(PriceRow.Builder builder, PriceBand band, String key, String value) {
			BilledUnit unit = UNITS.get(key);
			if (unit == null) {
				throw new IllegalArgumentException("unknown rate '" + key + "'");
			}
			BigDecimal rate = decimal(value);
			builder.rate(band, unit, (unit == BilledUnit.WEB_SEARCH) ? rate.multiply(THOUSAND) : rate);
		}

		private BigDecimal decimal(String value) {
			try {
				return new BigDecimal(value);
			}
			catch (NumberFormatException ex) {
				throw new IllegalArgumentException("'" + value + "' is not a number", ex);
			}
		}

	}

}

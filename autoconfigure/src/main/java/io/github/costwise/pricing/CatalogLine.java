package io.github.costwise.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelId;
import io.github.costwise.spi.CatalogFormatException;
import io.github.costwise.text.Parts;

/**
 * A line of a catalogue file, whose rates are read when they are first asked for.
 * Thread-safe.
 */
final class CatalogLine implements CatalogEntry {

	private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

	private static final Map<String, BilledUnit> UNITS = Map.ofEntries(Map.entry("in", BilledUnit.INPUT),
			Map.entry("in-audio", BilledUnit.INPUT_AUDIO), Map.entry("in-image", BilledUnit.INPUT_IMAGE),
			Map.entry("in-video", BilledUnit.INPUT_VIDEO), Map.entry("read", BilledUnit.CACHE_READ),
			Map.entry("read-audio", BilledUnit.CACHE_READ_AUDIO), Map.entry("read-image", BilledUnit.CACHE_READ_IMAGE),
			Map.entry("read-video", BilledUnit.CACHE_READ_VIDEO), Map.entry("write", BilledUnit.CACHE_WRITE_5M),
			Map.entry("write-1h", BilledUnit.CACHE_WRITE_1H), Map.entry("out", BilledUnit.OUTPUT),
			Map.entry("out-reasoning", BilledUnit.OUTPUT_REASONING), Map.entry("out-audio", BilledUnit.OUTPUT_AUDIO),
			Map.entry("out-image", BilledUnit.OUTPUT_IMAGE), Map.entry("search", BilledUnit.WEB_SEARCH));

	private final String file;

	private final int number;

	private final ModelId id;

	private final List<String> aliases;

	private final Instant from;

	private final Instant until;

	private final String text;

	private volatile @Nullable PriceRow row;

	/**
	 * Creates a line of its columns.
	 * @param file the name of the file, for messages
	 * @param number the number of the line
	 * @param columns seven columns
	 * @param dates since when and until when the row holds
	 */
	CatalogLine(String file, int number, String[] columns, Instant[] dates) {
		this.file = file;
		this.number = number;
		this.id = new ModelId(columns[0], columns[1]);
		this.aliases = columns[5].isEmpty() ? List.of() : List.of(Parts.of(columns[5], " "));
		this.from = dates[0];
		this.until = dates[1];
		this.text = columns[6];
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
			PriceRow.RowBuilder builder = PriceRow.of(this.id.provider(), this.id.model())
				.aliases(this.aliases)
				.from(this.from)
				.until(this.until);
			for (String segment : Parts.of(this.text, ";")) {
				segment(builder, segment);
			}
			return builder.build();
		}
		catch (RuntimeException ex) {
			throw new CatalogFormatException(this.file, this.number, String.valueOf(ex.getMessage()), ex);
		}
	}

	private void segment(PriceRow.RowBuilder builder, String segment) {
		PriceBand band = PriceBand.BASE;
		for (String word : Parts.of(segment, " ")) {
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
			else if (word.equals("searching")) {
				builder.searching();
			}
			else {
				band = PriceBand.parse(word);
			}
		}
	}

	private void rate(PriceRow.RowBuilder builder, PriceBand band, String key, String value) {
		BilledUnit unit = UNITS.get(key);
		if (unit == null) {
			throw new IllegalArgumentException("unknown rate '" + key + "'");
		}
		BigDecimal rate = RateBounds.parse(value);
		RateBounds.check(unit, rate);
		builder.rate(band, unit, (unit == BilledUnit.WEB_SEARCH) ? rate.multiply(THOUSAND) : rate);
	}

}

package io.github.costwise.actuate;

import org.jspecify.annotations.Nullable;

import io.github.costwise.text.TextPattern;

/**
 * Writes one row of comma-separated values as RFC 4180 wants it: CRLF at the end, quotes
 * around a field that holds a comma, a quote, a line break, or a semicolon or tab, which
 * separate fields in other countries, quotes within doubled.
 * <p>
 * Text that a spreadsheet would run as a formula gets an apostrophe in front, as OWASP
 * advises against CSV injection, also behind what separates fields; numbers written by
 * {@link #number} are not changed. Not thread-safe.
 */
final class CsvRow {

	private static final TextPattern FORMULA = TextPattern
		.of("\\A(?:[\\s\\u00a0\\ufeff]*+[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20]|[\\t\\r\\n])");

	private static final String STARTS = "=+-@\uff1d\uff0b\uff0d\uff20";

	/** What separates fields elsewhere, or begins one. */
	private static final String SEPARATORS = ";\t|\"";

	private final StringBuilder line = new StringBuilder(512);

	private boolean empty = true;

	CsvRow text(@Nullable Object value) {
		String text = (value != null) ? value.toString() : "";
		return field((FORMULA.isIn(text) ? "'" : "") + harmless(text));
	}

	/** Keeps formulas from being ones where a spreadsheet cuts the text itself. */
	private static String harmless(String text) {
		StringBuilder harmless = new StringBuilder(text.length());
		boolean begins = false;
		for (int i = 0; i < text.length(); i++) {
			char next = text.charAt(i);
			if (begins && STARTS.indexOf(next) >= 0) {
				harmless.append('\'');
			}
			harmless.append(next);
			boolean blank = Character.isWhitespace(next) || Character.isSpaceChar(next) || next == '\ufeff';
			begins = (i > 0 && SEPARATORS.indexOf(next) >= 0) || (begins && blank);
		}
		return harmless.toString();
	}

	CsvRow number(@Nullable Object value) {
		return field((value != null) ? value.toString() : "");
	}

	CsvRow header(String... names) {
		for (String name : names) {
			field(name);
		}
		return this;
	}

	String end() {
		return this.line.append("\r\n").toString();
	}

	private CsvRow field(String value) {
		if (!this.empty) {
			this.line.append(',');
		}
		this.empty = false;
		if (mustQuote(value)) {
			this.line.append('"').append(value.replace("\"", "\"\"")).append('"');
		}
		else {
			this.line.append(value);
		}
		return this;
	}

	private static boolean mustQuote(String value) {
		for (int i = 0; i < value.length(); i++) {
			char next = value.charAt(i);
			if (",;\t\"\n\r".indexOf(next) >= 0) {
				return true;
			}
		}
		return false;
	}

}

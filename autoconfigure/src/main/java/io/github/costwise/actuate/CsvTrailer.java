package io.github.costwise.actuate;

/**
 * Marks a file that is not complete: by a column of its own, {@code incomplete}, where
 * that is known before the first row, and always by a last row that says what is missing.
 * A complete file is left as it is. Immutable.
 */
final class CsvTrailer {

	private static final String END = "\r\n";

	private final String header;

	private final boolean known;

	CsvTrailer(String header, boolean known) {
		this.header = header;
		this.known = known;
	}

	String header() {
		return this.known ? with(this.header, "incomplete") : this.header;
	}

	String row(String line) {
		return this.known ? with(line, "") : line;
	}

	/**
	 * Returns the last row.
	 * @param gaps what is missing, or an empty text for nothing
	 * @return a row with as many fields as the header, or an empty text
	 */
	String last(String gaps) {
		if (gaps.isEmpty()) {
			return "";
		}
		String empty = ",".repeat((int) this.header.chars().filter((c) -> c == ',').count());
		String text = new CsvRow().text(gaps).end();
		return this.known ? empty + "," + text : with(text, empty.substring(1));
	}

	private static String with(String line, String field) {
		return line.substring(0, line.length() - END.length()) + "," + field + END;
	}

}

package io.github.costwise.quality;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

import io.github.costwise.text.TextMatch;
import io.github.costwise.text.TextPattern;

/**
 * The short form of an answer, for comparing two of them: the field of a JSON object that
 * holds the answer, what a LaTeX box holds, or else the last line; without letter case,
 * blanks, quotes, units of layout and trailing stops; numbers by their value. Reads JSON
 * leniently, because models write LaTeX into it without escaping. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class AnswerForm {

	private static final TextPattern field = TextPattern.ofAnyCase("\"(?:final_?answer|answer|result|output)\"\\s*:\\s*"
			+ "(\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|[^,}\\n]+)");

	private static final TextPattern text = TextPattern.of("\\\\(?:text|mathrm|mbox|textbf)\\{([^{}]*)\\}");

	private static final TextPattern fraction = TextPattern.of("\\\\[dt]?frac\\{([^{}]+)\\}\\{([^{}]+)\\}");

	private static final TextPattern root = TextPattern.of("\\\\sqrt\\{([^{}]+)\\}");

	private static final TextPattern layout = TextPattern
		.of("\\\\[,;!: ]|\\\\left|\\\\right|\\\\[()\\[\\]]|\\$|\\\\?%|\u00b0|\\^\\\\circ|\\^\\{\\\\circ\\}");

	private static final TextPattern thousands = TextPattern.of("(?<=\\d),(?=\\d{3}(?:\\D|$))");

	private static final TextPattern blanks = TextPattern.of("\\s+");

	private static final TextPattern quotes = TextPattern.of("[\"'`]");

	private static final TextPattern assignment = TextPattern.of("^[a-z]\\w{0,2}=(?=[^=])");

	private static final TextPattern ratio = TextPattern.of("\\(?(-?\\d{1,15})\\)?/\\(?(-?\\d{1,15})\\)?");

	private static final TextPattern number = TextPattern
		.of("[-+]?(?:\\d{1,30}(?:\\.\\d{0,30})?|\\.\\d{1,30})(?:e[-+]?\\d{1,2})?");

	private static final int DIGITS = 6;

	private static final int LONGEST = 20_000;

	private final String value;

	private AnswerForm(String value) {
		this.value = value;
	}

	/**
	 * Brings an answer into its short form.
	 * @param answer the text of the answer
	 * @return its form
	 */
	public static AnswerForm of(String answer) {
		String tail = answer.substring(Math.max(0, answer.length() - LONGEST));
		String stripped = unquoted(unquoted(found(tail)));
		return new AnswerForm(number(compact(stripped)));
	}

	/**
	 * Returns whether two answers say the same.
	 * @param other the other answer
	 * @return whether both have a form and it is equal
	 */
	public boolean agrees(AnswerForm other) {
		return !this.value.isEmpty() && this.value.equals(other.value);
	}

	/**
	 * Returns the form.
	 * @return a text without blanks; empty when the answer holds nothing
	 */
	public String value() {
		return this.value;
	}

	/**
	 * Returns whether the answer is a number.
	 * @return whether it has a numeric value
	 */
	public boolean numeric() {
		return number.matches(this.value);
	}

	private static String found(String answer) {
		List<TextMatch> fields = field.all(answer);
		if (!fields.isEmpty()) {
			return fields.get(fields.size() - 1).get(1);
		}
		String box = LatexBox.last(answer);
		return (box != null) ? box : lastLine(answer);
	}

	private static String lastLine(String answer) {
		String stripped = answer.strip();
		return stripped.substring(stripped.lastIndexOf('\n') + 1);
	}

	/** A text in a text keeps its inner quotes escaped. */
	private static String unquoted(String value) {
		String stripped = value.strip();
		if (stripped.length() < 2 || stripped.charAt(0) != stripped.charAt(stripped.length() - 1)
				|| "\"'`".indexOf(stripped.charAt(0)) < 0) {
			return stripped;
		}
		String inner = stripped.substring(1, stripped.length() - 1);
		if (inner.isBlank()) {
			return "\u2205";
		}
		return (stripped.charAt(0) == '"') ? inner.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\")
				: inner.replace("\\'", "'");
	}

	private static String compact(String value) {
		String plain = text.replaceAll(value.strip().toLowerCase(Locale.ROOT), "$1");
		plain = layout.replaceAll(plain.replace("\\dfrac", "\\frac").replace("\\tfrac", "\\frac"), "");
		plain = root.replaceAll(plain, "sqrt($1)");
		plain = fraction.replaceAll(plain, "($1)/($2)");
		plain = quotes.replaceAll(blanks.replaceAll(plain, "").replace("\\\"", ""), "").replace("\\pi", "pi");
		plain = assignment.replaceFirst(plain, "");
		if (!plain.startsWith("[") && !plain.startsWith("{") && !plain.startsWith("(")) {
			plain = thousands.replaceAll(plain, "");
		}
		return withoutStops(plain);
	}

	private static String withoutStops(String value) {
		int end = value.length();
		while (end > 0 && (value.charAt(end - 1) == '.' || value.charAt(end - 1) == '\\')) {
			end--;
		}
		return value.substring(0, end);
	}

	private static String number(String value) {
		TextMatch parts = ratio.whole(value);
		if (parts != null && Long.parseLong(parts.get(2)) != 0) {
			return rounded(new BigDecimal(parts.get(1)).divide(new BigDecimal(parts.get(2)), 2 * DIGITS,
					RoundingMode.HALF_EVEN));
		}
		return number.matches(value) ? rounded(new BigDecimal(value)) : value;
	}

	private static String rounded(BigDecimal value) {
		BigDecimal rounded = value.setScale(DIGITS, RoundingMode.HALF_EVEN).stripTrailingZeros();
		return (rounded.signum() == 0) ? "0" : rounded.toPlainString();
	}

}

package io.github.costwise.quality;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

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

	private static final Pattern field = Pattern.compile(
			"\"(?:final_?answer|answer|result|output)\"\\s*:\\s*(\"(?:[^\"\\\\]|\\\\.)*+\"|[^,}\\n]+)",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern box = Pattern.compile("\\\\boxed\\{((?:[^{}]|\\{[^{}]*\\})*)\\}");

	private static final Pattern text = Pattern.compile("\\\\(?:text|mathrm|mbox|textbf)\\{([^{}]*)\\}");

	private static final Pattern fraction = Pattern.compile("\\\\[dt]?frac\\{([^{}]+)\\}\\{([^{}]+)\\}");

	private static final Pattern root = Pattern.compile("\\\\sqrt\\{([^{}]+)\\}");

	private static final Pattern layout = Pattern
		.compile("\\\\[,;!: ]|\\\\left|\\\\right|\\\\[()\\[\\]]|\\$|\\\\?%|\u00b0|\\^\\\\circ|\\^\\{\\\\circ\\}");

	private static final Pattern thousands = Pattern.compile("(?<=\\d),(?=\\d{3}(?:\\D|$))");

	private static final Pattern assignment = Pattern.compile("^[a-z]\\w{0,2}=(?=[^=])");

	private static final Pattern ratio = Pattern.compile("\\(?(-?\\d{1,15})\\)?/\\(?(-?\\d{1,15})\\)?");

	private static final Pattern number = Pattern
		.compile("[-+]?(?:\\d{1,30}(?:\\.\\d{0,30})?|\\.\\d{1,30})(?:e[-+]?\\d{1,2})?");

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
		return number.matcher(this.value).matches();
	}

	private static String found(String answer) {
		String last = last(field, answer);
		if (last == null) {
			last = last(box, answer);
		}
		return (last != null) ? last : lastLine(answer);
	}

	private static @Nullable String last(Pattern pattern, String answer) {
		Matcher matcher = pattern.matcher(answer);
		String last = null;
		while (matcher.find()) {
			last = matcher.group(1);
		}
		return last;
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
		String plain = text.matcher(value.strip().toLowerCase(Locale.ROOT)).replaceAll("$1");
		plain = layout.matcher(plain.replace("\\dfrac", "\\frac").replace("\\tfrac", "\\frac")).replaceAll("");
		plain = root.matcher(plain).replaceAll("sqrt($1)");
		plain = fraction.matcher(plain).replaceAll("($1)/($2)");
		plain = plain.replaceAll("\\s+", "").replace("\\\"", "").replaceAll("[\"'`]", "").replace("\\pi", "pi");
		plain = assignment.matcher(plain).replaceFirst("");
		if (!plain.startsWith("[") && !plain.startsWith("{") && !plain.startsWith("(")) {
			plain = thousands.matcher(plain).replaceAll("");
		}
		return plain.replaceAll("[.\\\\]+$", "");
	}

	private static String number(String value) {
		Matcher parts = ratio.matcher(value);
		if (parts.matches() && Long.parseLong(parts.group(2)) != 0) {
			return rounded(new BigDecimal(parts.group(1)).divide(new BigDecimal(parts.group(2)), 2 * DIGITS,
					RoundingMode.HALF_EVEN));
		}
		return number.matcher(value).matches() ? rounded(new BigDecimal(value)) : value;
	}

	private static String rounded(BigDecimal value) {
		BigDecimal rounded = value.setScale(DIGITS, RoundingMode.HALF_EVEN).stripTrailingZeros();
		return (rounded.signum() == 0) ? "0" : rounded.toPlainString();
	}

}

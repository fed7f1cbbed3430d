package io.github.costwise.cache.learning;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.costwise.text.TextMatch;
import io.github.costwise.text.TextPattern;

/**
 * The numbers, dates and times of a text in one notation, and the text with each of them
 * in that notation.
 *
 * @param values the quantities in order, such as {@code 5%}, {@code 2024-03-05} and
 * {@code 17:30}
 * @param text the text, lower case
 */
record Quantities(List<String> values, String text) {

	/** Stands around quantities, so that they stay words. */
	static final char MARK = '\u0001';

	private static final String MONTH = "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
			+ "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?!\\w)\\.?";

	private static final String DAY = "(\\d{1,2})(?:st|nd|rd|th)?";

	private static final String YEAR = "(?:,?\\s(\\d{4}))?+(?!\\d)";

	private static final String NUMBER = "(?<![\\p{L}\\p{N}.])([-−](?=[\\d.$€£¥]))?([$€£¥])?"
			+ "(\\d{1,3}(?:,\\d{3}){1,9}+(?:\\.\\d{1,20}+)?+|\\d{1,30}+(?:\\.\\d{1,20}+)?+|\\.\\d{1,20}+)(?!\\d)"
			+ "(?:\\s?(%|°[cf]|[€£¥])|[\\s-]?(?<!\\w)(\\p{L}{1,12})(?!\\w))?+";

	private static final TextPattern QUANTITY = TextPattern
		.ofAllScripts("(?<!\\w)" + MONTH + "\\s" + DAY + "(?!\\w)" + YEAR + "|(?<!\\w)" + DAY + "\\s(?:of\\s)?" + MONTH
				+ YEAR + "|(?<!\\w)(\\d{1,2})(?::(\\d{2})(?::\\d{2})?)?\\s?([ap])\\.?m(?!\\w)\\.?"
				+ "|(?<!\\w)(\\d{4}-\\d{2}-\\d{2}|\\d{1,2}:\\d{2}(?::\\d{2})?)(?!\\w)|" + NUMBER
				+ "|(?<![\\p{L}\\p{N}-])(\\p{L}{3,9})" + "(?:[\\s-](\\p{L}{1,12}))?(?![\\p{L}\\p{N}])");

	static Quantities of(String text) {
		List<String> values = new ArrayList<>();
		String lower = text.toLowerCase(Locale.ROOT);
		StringBuilder marked = new StringBuilder(lower.length() + 16);
		int from = 0;
		int copied = 0;
		for (TextMatch match = QUANTITY.next(lower, 0); match != null; match = next(lower, from)) {
			FoundQuantity found = found(match);
			from = Math.max(found.end(), match.start() + 1);
			String value = found.value();
			if (value != null) {
				values.add(value);
				marked.append(lower, copied, match.start())
					.append(' ')
					.append(MARK)
					.append(value)
					.append(MARK)
					.append(' ');
				copied = found.end();
			}
		}
		return new Quantities(List.copyOf(values), marked.append(lower, copied, lower.length()).toString());
	}

	private static @Nullable TextMatch next(String text, int from) {
		return (from <= text.length()) ? QUANTITY.next(text, from) : null;
	}

	private static FoundQuantity found(TextMatch match) {
		if (match.group(1) != null) {
			return new FoundQuantity(date(match.group(3), match.get(1), match.get(2)), match.end());
		}
		if (match.group(4) != null) {
			return new FoundQuantity(date(match.group(6), match.get(5), match.get(4)), match.end());
		}
		if (match.group(7) != null) {
			return new FoundQuantity(time(match), match.end());
		}
		if (match.group(10) != null) {
			return new FoundQuantity(clock(match.get(10)), match.end());
		}
		return (match.group(13) != null) ? number(match) : word(match);
	}

	private static String clock(String value) {
		return (value.indexOf(':') == 1) ? "0" + value : value;
	}

	private static String date(@Nullable String year, String month, String day) {
		int number = Objects.requireNonNull(WordLists.MONTHS.get(month.substring(0, 3)));
		String date = String.format(Locale.ROOT, "%02d-%02d", number, Integer.parseInt(day));
		return (year != null) ? year + "-" + date : date;
	}

	private static String time(TextMatch match) {
		int hour = Integer.parseInt(match.get(7)) % 12 + ("p".equals(match.group(9)) ? 12 : 0);
		String minutes = match.group(8);
		return String.format(Locale.ROOT, "%02d:%s", hour, (minutes != null) ? minutes : "00");
	}

	private static FoundQuantity number(TextMatch match) {
		BigDecimal value = new BigDecimal(match.get(13).replace(",", ""));
		String sign = (match.group(11) != null && value.signum() != 0) ? "-" : "";
		String prefix = match.group(12);
		String symbol = match.group(14);
		String word = match.group(15);
		String unit = (word != null) ? WordLists.UNITS.get(word) : WordLists.UNITS.get(String.valueOf(symbol));
		boolean unitIsKnown = unit != null || word == null;
		String canonical = sign + plain(value) + ((prefix != null) ? WordLists.UNITS.get(prefix) : "")
				+ ((unit != null) ? unit : "");
		return new FoundQuantity(canonical, unitIsKnown ? match.end() : match.end(13));
	}

	private static FoundQuantity word(TextMatch match) {
		Integer number = WordLists.NUMBERS.get(match.get(16));
		String next = match.group(17);
		if (number == null) {
			return new FoundQuantity(null, match.end(16));
		}
		String unit = (next != null) ? WordLists.UNITS.get(next) : null;
		return new FoundQuantity(number + ((unit != null) ? unit : ""), (unit != null) ? match.end() : match.end(16));
	}

	private static String plain(BigDecimal value) {
		return (value.signum() == 0) ? "0" : value.stripTrailingZeros().toPlainString();
	}

	private record FoundQuantity(@Nullable String value, int end) {

	}

}

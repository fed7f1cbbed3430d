package io.github.costwise.cache.admission;

import java.util.Locale;

import io.github.costwise.text.TextPattern;

/**
 * Finds links that work for a while only: their query says until when, and is signed. It
 * goes by what values look like rather than by whose links they are, and takes time in
 * proportion to the text.
 */
final class ExpiringLinks {

	private static final String END = " \t\r\n\"'<>()[]{}|\\^`";

	private static final String SEPARATORS = "&;~#?";

	private static final int SHORTEST_SECRET = 16;

	private static final int LONGEST_VALUE = 4_096;

	private static final TextPattern NUMBER = TextPattern.ofWhole("\\d{1,13}");

	/** Seconds or milliseconds since 1970, in this century, possibly with more behind. */
	private static final TextPattern MOMENT = TextPattern.ofWhole("1\\d{9}(?:\\d{3})?(?:[-_.:;].*)?");

	private static final TextPattern HEX_MOMENT = TextPattern.ofWhole("[6-9A-Fa-f][0-9A-Fa-f]{7}");

	private static final TextPattern DATE = TextPattern.ofWhole("20\\d\\d-?[01]\\d-?[0-3]\\d(?:[Tt][0-9:%.Aa]{4,}.*)?");

	private static final TextPattern SECRET = TextPattern.ofWhole("[A-Za-z0-9+/_%=.*:-]+");

	private ExpiringLinks() {
	}

	static boolean isIn(String text) {
		for (int at = text.indexOf('?'); at >= 0;) {
			int end = end(text, at + 1);
			if (isSignedForATime(text.substring(at + 1, end))) {
				return true;
			}
			at = text.indexOf('?', end);
		}
		return false;
	}

	private static int end(String text, int from) {
		int to = from;
		while (to < text.length() && END.indexOf(text.charAt(to)) < 0) {
			to++;
		}
		return to;
	}

	private static boolean isSignedForATime(String query) {
		boolean timed = false;
		boolean signed = false;
		for (int from = 0; from < query.length();) {
			int to = from;
			while (to < query.length() && SEPARATORS.indexOf(query.charAt(to)) < 0) {
				to++;
			}
			Parameter parameter = Parameter.of(query, from, to);
			timed |= parameter.isTime();
			signed |= parameter.isSecret();
			if ((timed && signed) || parameter.isSignature()) {
				return true;
			}
			from = to + 1;
		}
		return false;
	}

	private record Parameter(String name, String value) {

		private static Parameter of(String query, int from, int to) {
			int end = to;
			while (end > from && query.charAt(end - 1) == '=') {
				end--;
			}
			String text = query.substring(from, Math.min(end, from + LONGEST_VALUE));
			int equals = text.lastIndexOf('=');
			return (equals < 0) ? new Parameter("", text)
					: new Parameter(text.substring(0, equals).toLowerCase(Locale.ROOT), text.substring(equals + 1));
		}

		private boolean isTime() {
			if (MOMENT.matches(this.value) || HEX_MOMENT.matches(this.value)) {
				return true;
			}
			return DATE.matches(this.value) || (this.name.contains("exp") && NUMBER.matches(this.value));
		}

		/** What says by its name that it is a signature needs no time beside it. */
		private boolean isSignature() {
			return isSecret()
					&& (this.name.contains("signature") || this.name.endsWith("sig") || this.name.endsWith("hmac"));
		}

		/** Letters and digits in a jumble that nobody types or reads. */
		private boolean isSecret() {
			if (this.value.length() < SHORTEST_SECRET || !SECRET.matches(this.value) || DATE.matches(this.value)) {
				return false;
			}
			int changes = 0;
			for (int i = 1; i < this.value.length(); i++) {
				changes += (kind(this.value.charAt(i)) != kind(this.value.charAt(i - 1))) ? 1 : 0;
			}
			return changes * 4 >= this.value.length();
		}

		private static int kind(char c) {
			return Character.isDigit(c) ? 0 : (Character.isUpperCase(c) ? 1 : (Character.isLowerCase(c) ? 2 : 3));
		}

	}

}

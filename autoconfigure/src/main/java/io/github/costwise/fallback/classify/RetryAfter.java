package io.github.costwise.fallback.classify;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.text.TextMatch;
import io.github.costwise.text.TextPattern;

/**
 * Reads how long a provider asks to wait: from the headers {@code retry-after-ms} and
 * {@code Retry-After} (seconds or a date, RFC 9110 section 10.2.3), or else from the text
 * of the error, where streams and clients that hide the headers have it. Thread-safe.
 */
final class RetryAfter {

	private static final Duration LONGEST = Duration.ofDays(1);

	private static final TextPattern NUMBER = TextPattern.of("\\d{1,12}(\\.\\d{1,9})?");

	private static final TextPattern IN_TEXT = TextPattern
		.of("(?i)(?:retry|try again) (?:in|after) (\\d{1,9}(?:\\.\\d{1,9})?) ?(ms|milliseconds?|s|seconds?)(?!\\w)");

	private static final TextPattern DELAY = TextPattern
		.of("retryDelay\"?\\s*[:=]\\s*\"?(\\d{1,9}(?:\\.\\d{1,9})?)(s)(?!\\w)");

	private final Clock clock;

	RetryAfter(Clock clock) {
		this.clock = clock;
	}

	@Nullable Duration of(HttpError error) {
		Duration millis = number(error.header("retry-after-ms"), 3);
		if (millis != null) {
			return millis;
		}
		String header = error.header("retry-after");
		Duration seconds = number(header, 0);
		if (seconds != null) {
			return seconds;
		}
		Duration date = (header != null) ? untilDate(header) : null;
		return (date != null) ? date : inText(error.text());
	}

	private @Nullable Duration untilDate(String header) {
		try {
			ZonedDateTime date = ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
			Duration wait = Duration.between(this.clock.instant(), date.toInstant());
			return wait.isNegative() ? Duration.ZERO : bounded(wait);
		}
		catch (DateTimeException | ArithmeticException ex) {
			return null;
		}
	}

	private static @Nullable Duration inText(String text) {
		for (TextPattern pattern : List.of(IN_TEXT, DELAY)) {
			TextMatch match = pattern.next(text, 0);
			if (match != null) {
				return number(match.get(1), match.get(2).startsWith("m") ? 3 : 0);
			}
		}
		return null;
	}

	/** Reads a number of seconds, or of a decimal fraction of a second. */
	private static @Nullable Duration number(@Nullable String text, int digits) {
		if (text == null || !NUMBER.matches(text.strip())) {
			return null;
		}
		BigDecimal seconds = new BigDecimal(text.strip()).movePointLeft(digits);
		long whole = seconds.longValue();
		return bounded(
				Duration.ofSeconds(whole, seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).intValue()));
	}

	private static Duration bounded(Duration wait) {
		return (wait.compareTo(LONGEST) > 0) ? LONGEST : wait;
	}

}

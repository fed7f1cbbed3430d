package io.github.costwise.actuate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

import io.github.costwise.model.LedgerQuery;
import io.github.costwise.model.LedgerQuery.Dimension;

/**
 * The period that a request asks for. Its end is exclusive; without a begin it starts
 * with the oldest record, without an end it includes the newest.
 *
 * @param from begin, inclusive
 * @param to end, exclusive
 */
record Period(Instant from, Instant to) {

	private static final Duration AHEAD = Duration.ofHours(1);

	static Period parse(@Nullable String from, @Nullable String to, Clock clock) {
		return parse(from, to, clock, ZoneOffset.UTC);
	}

	static Period parse(@Nullable String from, @Nullable String to, Clock clock, ZoneId zone) {
		Instant begin = isGiven(from) ? instant("from", from, zone) : Instant.EPOCH;
		Instant end = isGiven(to) ? instant("to", to, zone) : clock.instant().plus(AHEAD);
		if (!begin.isBefore(end)) {
			throw invalid("'from' must be before 'to', but the period is " + begin + " to " + end);
		}
		return new Period(begin, end);
	}

	LedgerQuery by(Dimension dimension) {
		return new LedgerQuery(this.from, this.to, dimension);
	}

	static InvalidEndpointRequestException invalid(String message) {
		return new InvalidEndpointRequestException(message, message);
	}

	static boolean isGiven(@Nullable String value) {
		return value != null && !value.isBlank();
	}

	private static Instant instant(String name, @Nullable String value, ZoneId zone) {
		String text = String.valueOf(value).trim();
		try {
			return (text.indexOf('T') < 0) ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
					: OffsetDateTime.parse(text).toInstant();
		}
		catch (DateTimeParseException ex) {
			throw invalid("'" + name
					+ "' must be a date such as 2026-11-01 (midnight, UTC unless a zone is given) or an instant such as "
					+ "2026-11-01T08:00:00Z, but is '" + text + "'");
		}
	}

}

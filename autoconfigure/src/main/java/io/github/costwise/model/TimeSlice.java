package io.github.costwise.model;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Hours and days of a zone, as the values of a dimension.
 */
final class TimeSlice {

	private static final long HOUR = 3600;

	private TimeSlice() {
	}

	/** The hour with its offset from UTC, so that the two of an autumn night differ. */
	static String hour(Instant at, ZoneId zone) {
		long offset = zone.getRules().getOffset(at).getTotalSeconds();
		long start = Math.floorDiv(at.getEpochSecond() + offset, HOUR) * HOUR - offset;
		return OffsetDateTime.ofInstant(Instant.ofEpochSecond(start), zone).toString();
	}

	static String day(Instant at, ZoneId zone) {
		ZoneOffset offset = zone.getRules().getOffset(at);
		return at.atOffset(offset).toLocalDate().toString();
	}

	static String of(CostDimension time, Instant at, ZoneId zone) {
		return (time.kind() == CostDimension.DimensionKind.HOUR) ? hour(at, zone) : day(at, zone);
	}

}

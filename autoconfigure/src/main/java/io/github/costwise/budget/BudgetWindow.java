package io.github.costwise.budget;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.function.Function;

import io.github.costwise.model.BudgetSpan;

/**
 * When a budget begins again. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface BudgetWindow {

	/**
	 * Returns the span that a moment lies in.
	 * @param now the moment
	 * @return the span
	 */
	BudgetSpan at(Instant now);

	/**
	 * Reads a window.
	 * @param text {@code total}, {@code minute} to {@code year}, or a duration such as
	 * {@code 10m} for one that reaches back from any time
	 * @param calendar where days, weeks and months begin
	 * @param duration reads a duration
	 * @return the window
	 * @throws IllegalArgumentException if it is none
	 */
	static BudgetWindow parse(String text, CalendarStart calendar, Function<String, Duration> duration) {
		String name = text.trim().toLowerCase(Locale.ROOT);
		if (name.equals("total")) {
			return new Total();
		}
		for (CalendarPeriod period : CalendarPeriod.values()) {
			if (period.name().toLowerCase(Locale.ROOT).equals(name)) {
				return new Calendar(period, calendar);
			}
		}
		try {
			return new Rolling(duration.apply(name));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"'" + text + "' is no window: write total, minute, hour, day, week, "
							+ "month, quarter, year, or a duration such as 10m for the last ten minutes at any time",
					ex);
		}
	}

	/** One that never begins again. */
	record Total() implements BudgetWindow {

		@Override
		public BudgetSpan at(Instant now) {
			return BudgetSpan.TOTAL;
		}

	}

	/**
	 * One that reaches back from any time.
	 *
	 * @param length how far
	 */
	record Rolling(Duration length) implements BudgetWindow {

		/**
		 * Creates a window.
		 * @throws IllegalArgumentException if it is not longer than nothing, or longer
		 * than 100 years
		 */
		public Rolling {
			if (length.isNegative() || length.isZero() || length.compareTo(Duration.ofDays(36_525)) > 0) {
				throw new IllegalArgumentException("a window is longer than nothing, and at most 100 years");
			}
		}

		@Override
		public BudgetSpan at(Instant now) {
			return BudgetSpan.rolling(this.length);
		}

	}

	/**
	 * One of the calendar.
	 *
	 * @param period how long it is
	 * @param start where it begins
	 */
	record Calendar(CalendarPeriod period, CalendarStart start) implements BudgetWindow {

		@Override
		public BudgetSpan at(Instant now) {
			if (this.period == CalendarPeriod.MINUTE) {
				return fixed(now, ChronoUnit.MINUTES);
			}
			if (this.period == CalendarPeriod.HOUR) {
				return fixed(now, ChronoUnit.HOURS);
			}
			LocalDate begin = this.period.begin(LocalDateTime.ofInstant(now, this.start.zone), this.start);
			Instant from = instant(begin);
			if (from.isAfter(now)) {
				begin = this.period.next(begin, -1, this.start);
				from = instant(begin);
			}
			return new BudgetSpan(from, instant(this.period.next(begin, 1, this.start)), null);
		}

		/** By the offset of the zone, since some lie half an hour apart. */
		private BudgetSpan fixed(Instant now, ChronoUnit unit) {
			int offset = this.start.zone.getRules().getOffset(now).getTotalSeconds();
			Instant from = now.plusSeconds(offset).truncatedTo(unit).minusSeconds(offset);
			return new BudgetSpan(from, from.plus(1, unit), null);
		}

		/** A time that a change of the clocks skips is the one after it. */
		private Instant instant(LocalDate day) {
			return day.atTime(this.start.at).atZone(this.start.zone).toInstant();
		}

	}

	/** How long a window of the calendar is. */
	enum CalendarPeriod {

		/** A minute. */
		MINUTE,

		/** An hour. */
		HOUR,

		/** A day. */
		DAY,

		/** A week. */
		WEEK,

		/** A month. */
		MONTH,

		/** Three months, from January, April, July and October on. */
		QUARTER,

		/** A year. */
		YEAR;

		private LocalDate begin(LocalDateTime now, CalendarStart start) {
			LocalDate day = now.toLocalDate();
			return switch (this) {
				case WEEK -> day.with(TemporalAdjusters.previousOrSame(start.week));
				case MONTH -> start.in(YearMonth.from(day));
				case QUARTER -> start.in(YearMonth.of(day.getYear(), 3 * ((day.getMonthValue() - 1) / 3) + 1));
				case YEAR -> start.in(YearMonth.of(day.getYear(), 1));
				case MINUTE, HOUR, DAY -> day;
			};
		}

		private LocalDate next(LocalDate begin, int count, CalendarStart start) {
			return switch (this) {
				case WEEK -> begin.plusWeeks(count);
				case MONTH -> start.in(YearMonth.from(begin).plusMonths(count));
				case QUARTER -> start.in(YearMonth.from(begin).plusMonths(3L * count));
				case YEAR -> start.in(YearMonth.from(begin).plusYears(count));
				case MINUTE, HOUR, DAY -> begin.plusDays(count);
			};
		}

	}

	/**
	 * Where windows of the calendar begin.
	 *
	 * @param zone the time zone
	 * @param week the first day of a week
	 * @param day the first day of a month, quarter or year, from 1 to 31: its last day
	 * where it is shorter
	 * @param at the time of the day
	 */
	record CalendarStart(ZoneId zone, DayOfWeek week, int day, LocalTime at) {

		/**
		 * Creates a start.
		 * @throws IllegalArgumentException if the day is no day of a month
		 */
		public CalendarStart {
			if (day < 1 || day > 31) {
				throw new IllegalArgumentException("the first day of a month lies between 1 and 31, was " + day);
			}
		}

		private LocalDate in(YearMonth month) {
			return month.atDay(Math.min(this.day, month.lengthOfMonth()));
		}

	}

}

package io.github.costwise.budget;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.costwise.budget.BudgetWindow.CalendarStart;
import io.github.costwise.model.BudgetSpan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link BudgetWindow}.
 */
@Tag("unit")
class BudgetWindowTests {

	private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

	private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

	private static CalendarStart in(ZoneId zone) {
		return new CalendarStart(zone, DayOfWeek.MONDAY, 1, LocalTime.MIDNIGHT);
	}

	private static BudgetWindow window(String name, CalendarStart start) {
		return BudgetWindow.parse(name, start, (text) -> Duration.parse("PT" + text.toUpperCase(Locale.ROOT)));
	}

	private static BudgetSpan span(String name, CalendarStart start, String at) {
		return window(name, start).at(Instant.parse(at));
	}

	private static void assertSpan(BudgetSpan span, String from, String until) {
		assertThat(span).isEqualTo(new BudgetSpan(Instant.parse(from), Instant.parse(until), null));
	}

	@Test
	void dayBeginsAtMidnightOfItsZone() {
		assertSpan(span("day", in(TOKYO), "2027-03-10T14:59:59.999Z"), "2027-03-09T15:00:00Z", "2027-03-10T15:00:00Z");
		assertSpan(span("day", in(TOKYO), "2027-03-10T15:00:00Z"), "2027-03-10T15:00:00Z", "2027-03-11T15:00:00Z");
	}

	@Test
	void dayInWhichClocksChangeIsShorterOrLonger() {
		assertSpan(span("day", in(BERLIN), "2027-03-28T12:00:00Z"), "2027-03-27T23:00:00Z", "2027-03-28T22:00:00Z");
		assertSpan(span("day", in(BERLIN), "2027-10-31T12:00:00Z"), "2027-10-30T22:00:00Z", "2027-10-31T23:00:00Z");
	}

	@Test
	void timeThatAChangeOfTheClocksSkipsIsTheOneAfterIt() {
		CalendarStart start = new CalendarStart(BERLIN, DayOfWeek.MONDAY, 1, LocalTime.of(2, 30));
		assertSpan(span("day", start, "2027-03-28T12:00:00Z"), "2027-03-28T01:30:00Z", "2027-03-29T00:30:00Z");
		assertSpan(span("day", start, "2027-03-28T01:29:59Z"), "2027-03-27T01:30:00Z", "2027-03-28T01:30:00Z");
	}

	@Test
	void hoursGoOnThroughAChangeOfTheClocks() {
		assertSpan(span("hour", in(BERLIN), "2027-10-31T00:30:00Z"), "2027-10-31T00:00:00Z", "2027-10-31T01:00:00Z");
		assertSpan(span("hour", in(BERLIN), "2027-10-31T01:30:00Z"), "2027-10-31T01:00:00Z", "2027-10-31T02:00:00Z");
	}

	@Test
	void hourBeginsWithThatOfItsZone() {
		assertSpan(span("hour", in(ZoneId.of("Asia/Kolkata")), "2027-03-10T12:10:00Z"), "2027-03-10T11:30:00Z",
				"2027-03-10T12:30:00Z");
		assertSpan(span("minute", in(ZoneId.of("Asia/Kathmandu")), "2027-03-10T12:10:30Z"), "2027-03-10T12:10:00Z",
				"2027-03-10T12:11:00Z");
	}

	@Test
	void billingDayThatAMonthLacksIsItsLast() {
		CalendarStart start = new CalendarStart(ZoneOffset.UTC, DayOfWeek.MONDAY, 31, LocalTime.MIDNIGHT);
		assertSpan(span("month", start, "2027-01-30T23:59:59Z"), "2026-12-31T00:00:00Z", "2027-01-31T00:00:00Z");
		assertSpan(span("month", start, "2027-02-10T00:00:00Z"), "2027-01-31T00:00:00Z", "2027-02-28T00:00:00Z");
		assertSpan(span("month", start, "2027-02-28T00:00:00Z"), "2027-02-28T00:00:00Z", "2027-03-31T00:00:00Z");
		assertSpan(span("month", start, "2028-02-29T00:00:00Z"), "2028-02-29T00:00:00Z", "2028-03-31T00:00:00Z");
	}

	@Test
	void weekBeginsOnItsFirstDay() {
		CalendarStart sunday = new CalendarStart(ZoneOffset.UTC, DayOfWeek.SUNDAY, 1, LocalTime.of(6, 0));
		assertSpan(span("week", sunday, "2027-03-14T05:59:59Z"), "2027-03-07T06:00:00Z", "2027-03-14T06:00:00Z");
		assertSpan(span("week", sunday, "2027-03-14T06:00:00Z"), "2027-03-14T06:00:00Z", "2027-03-21T06:00:00Z");
	}

	@Test
	void hourOfTheDayCountsForLongerWindowsToo() {
		CalendarStart start = new CalendarStart(ZoneOffset.UTC, DayOfWeek.MONDAY, 15, LocalTime.of(6, 0));
		assertSpan(span("day", start, "2027-03-10T05:00:00Z"), "2027-03-09T06:00:00Z", "2027-03-10T06:00:00Z");
		assertSpan(span("month", start, "2027-03-15T05:00:00Z"), "2027-02-15T06:00:00Z", "2027-03-15T06:00:00Z");
		assertSpan(span("quarter", start, "2027-04-15T06:00:00Z"), "2027-04-15T06:00:00Z", "2027-07-15T06:00:00Z");
		assertSpan(span("quarter", start, "2027-01-01T00:00:00Z"), "2026-10-15T06:00:00Z", "2027-01-15T06:00:00Z");
		assertSpan(span("year", start, "2027-01-01T00:00:00Z"), "2026-01-15T06:00:00Z", "2027-01-15T06:00:00Z");
	}

	@Test
	void totalAndRollingWindowsBeginAtNoTime() {
		assertThat(span("total", in(ZoneOffset.UTC), "2027-01-01T00:00:00Z")).isEqualTo(BudgetSpan.TOTAL);
		assertThat(span(" 10m ", in(ZoneOffset.UTC), "2027-01-01T00:00:00Z"))
			.isEqualTo(BudgetSpan.rolling(Duration.ofMinutes(10)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "MINUTE", "hour", "day", "week", "month", "quarter", "year" })
	void windowsTileTime(String name) {
		long seed = 42;
		Random random = new Random(seed);
		List<String> zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
		for (int i = 0; i < 2_000; i++) {
			ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
			CalendarStart start = new CalendarStart(zone, DayOfWeek.of(1 + random.nextInt(7)), 1 + random.nextInt(31),
					LocalTime.ofSecondOfDay(random.nextInt(24 * 60) * 60L));
			BudgetWindow window = window(name, start);
			Instant at = LocalDate.of(2020 + random.nextInt(15), 1, 1)
				.atStartOfDay(ZoneOffset.UTC)
				.toInstant()
				.plusSeconds(random.nextInt(366 * 24 * 3600));
			BudgetSpan span = window.at(at);
			assertThat(at).as("seed %d, %s", seed, start).isBetween(span.from(), span.until().minusNanos(1));
			assertThat(window.at(span.from())).as("seed %d, %s", seed, start).isEqualTo(span);
			assertThat(window.at(span.until().minusNanos(1))).as("seed %d, %s", seed, start).isEqualTo(span);
			assertThat(window.at(span.until()).from()).as("seed %d, %s", seed, start).isEqualTo(span.until());
			assertThat(window.at(span.from().minusNanos(1)).until()).as("seed %d, %s", seed, start)
				.isEqualTo(span.from());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "0s", "-1s", "fortnight", "" })
	void whatIsNoWindowIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> BudgetWindow.parse(text, in(ZoneOffset.UTC), (any) -> {
			if (any.endsWith("s")) {
				return Duration.parse("PT" + any.toUpperCase(Locale.ROOT));
			}
			throw new IllegalArgumentException(any);
		})).withMessageContaining("is no window");
	}

	@Test
	void firstDayIsADayOfAMonth() {
		for (int day : new int[] { 0, 32 }) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> new CalendarStart(ZoneOffset.UTC, DayOfWeek.MONDAY, day, LocalTime.MIDNIGHT))
				.withMessageContaining("between 1 and 31");
		}
	}

}

package io.github.costwise.budget.account;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.text.Parts;

/**
 * The values of a line that {@link FieldsText} wrote. Names that are unknown are passed
 * by, and what is missing is as usual, so that releases read what each other wrote.
 * Immutable.
 *
 * @since 0.1.0
 */
public final class Fields {

	private final Map<String, String> values = new HashMap<>();

	/**
	 * Reads a line.
	 * @param line the line
	 */
	public Fields(String line) {
		for (String word : Parts.words(line)) {
			int sign = word.indexOf('=');
			if (sign > 0) {
				this.values.put(word.substring(0, sign), word.substring(sign + 1));
			}
		}
	}

	@Nullable String text(String name) {
		return this.values.get(name);
	}

	/**
	 * Returns a number.
	 * @param name its name
	 * @param usual what it is when nothing was written
	 * @return the number
	 */
	public long number(String name, long usual) {
		String value = this.values.get(name);
		return (value != null) ? Long.parseLong(value) : usual;
	}

	/**
	 * Returns a moment.
	 * @param name its name
	 * @param usual what it is when nothing was written
	 * @return the moment
	 */
	public Instant time(String name, Instant usual) {
		String value = this.values.get(name);
		return (value != null) ? Instant.ofEpochSecond(seconds(value), nanos(value)) : usual;
	}

	@Nullable Duration length(String name) {
		String value = this.values.get(name);
		return (value != null) ? Duration.ofSeconds(seconds(value), nanos(value)) : null;
	}

	private static long seconds(String value) {
		int sign = value.indexOf('+');
		return Long.parseLong(value, 0, (sign < 0) ? value.length() : sign, 10);
	}

	private static int nanos(String value) {
		int sign = value.indexOf('+');
		return (sign < 0) ? 0 : Integer.parseInt(value, sign + 1, value.length(), 10);
	}

	List<Long> numbers(String name) {
		String value = this.values.get(name);
		if (value == null) {
			return List.of();
		}
		List<Long> numbers = new ArrayList<>();
		for (int from = 0; from < value.length();) {
			int comma = value.indexOf(',', from);
			int to = (comma < 0) ? value.length() : comma;
			numbers.add(Long.parseLong(value, from, to, Character.MAX_RADIX));
			from = to + 1;
		}
		return numbers;
	}

}

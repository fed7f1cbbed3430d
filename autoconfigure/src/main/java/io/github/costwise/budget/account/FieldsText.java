package io.github.costwise.budget.account;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Writes values by their names, such as {@code spent=40}, into lines. What is as it is
 * when nothing is written is left out. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class FieldsText {

	private final StringBuilder text = new StringBuilder(160);

	/** Begins the next line. */
	public void line() {
		this.text.append('\n');
	}

	/**
	 * Writes a text.
	 * @param name its name
	 * @param value the text, without white space
	 */
	public void text(String name, String value) {
		if (!this.text.isEmpty() && this.text.charAt(this.text.length() - 1) != '\n') {
			this.text.append(' ');
		}
		this.text.append(name).append('=').append(value);
	}

	/**
	 * Writes a number, unless it is zero.
	 * @param name its name
	 * @param value the number
	 */
	public void number(String name, long value) {
		if (value != 0) {
			text(name, Long.toString(value));
		}
	}

	/**
	 * Writes a moment.
	 * @param name its name
	 * @param value the moment
	 * @param usual the one that is not written
	 */
	public void time(String name, Instant value, Instant usual) {
		if (!value.equals(usual)) {
			seconds(name, value.getEpochSecond(), value.getNano());
		}
	}

	void length(String name, @Nullable Duration value) {
		if (value != null) {
			seconds(name, value.getSeconds(), value.getNano());
		}
	}

	private void seconds(String name, long seconds, int nanos) {
		text(name, Long.toString(seconds));
		if (nanos != 0) {
			this.text.append('+').append(nanos);
		}
	}

	void numbers(String name, long[] values) {
		if (values.length > 0) {
			text(name, Long.toString(values[0], Character.MAX_RADIX));
			for (int i = 1; i < values.length; i++) {
				this.text.append(',').append(Long.toString(values[i], Character.MAX_RADIX));
			}
		}
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}

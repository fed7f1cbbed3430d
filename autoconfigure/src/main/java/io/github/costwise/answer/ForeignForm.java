package io.github.costwise.answer;

/**
 * Writes and reads values of a provider's own classes that clients put into the fields of
 * an answer. Found by {@link java.util.ServiceLoader}; thread-safe.
 *
 * @since 0.1.0
 */
public interface ForeignForm {

	/**
	 * Returns whether values of a class can be written, and read again as they were.
	 * @param className the name of the class
	 * @return whether this form is for it
	 */
	boolean knows(String className);

	/**
	 * Writes a value.
	 * @param value a value of a class that this form knows
	 * @return its text
	 * @throws RuntimeException if it cannot be written
	 */
	String write(Object value);

	/**
	 * Reads a value.
	 * @param className the name of its class, which this form knows
	 * @param text what {@link #write} returned
	 * @return the value
	 * @throws RuntimeException if it cannot be read
	 */
	Object read(String className, String text);

	/**
	 * Returns whether a value that was read is the one that was written.
	 * @param written the value before
	 * @param read the value after
	 * @return whether they are the same
	 */
	default boolean isSame(Object written, Object read) {
		return written.equals(read);
	}

}

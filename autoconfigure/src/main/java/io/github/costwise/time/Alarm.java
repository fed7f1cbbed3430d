package io.github.costwise.time;

/**
 * Something that was asked to happen later. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Alarm {

	/**
	 * Keeps it from happening, unless it already has or does at this moment. May be
	 * called again.
	 */
	void cancel();

}

package io.github.costwise.testsupport;

/**
 * One means of getting a real part.
 *
 * @param <T> what the test gets: an address or paths
 */
interface Finder<T> {

	/**
	 * Find or start the part.
	 * @return the part, ready to use
	 * @throws Exception if this one is not open here; the message says why
	 */
	T find() throws Exception;

}

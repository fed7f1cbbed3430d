package io.github.costwise.actuate;

import java.util.function.Consumer;

import io.github.costwise.model.CallRecord;

/**
 * A layout of exported calls. Immutable.
 */
interface CsvFormat {

	/**
	 * Returns the first line.
	 * @return the names of the columns, with CRLF
	 */
	String header();

	/**
	 * Writes the rows of a call.
	 * @param call the call
	 * @param lines receives each row, with CRLF
	 */
	void write(CallRecord call, Consumer<String> lines);

}

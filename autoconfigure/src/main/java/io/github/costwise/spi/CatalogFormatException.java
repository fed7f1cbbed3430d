package io.github.costwise.spi;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseException;

/**
 * A catalogue could not be read.
 *
 * @since 0.1.0
 */
public class CatalogFormatException extends CostwiseException {

	/**
	 * Creates an exception about one line.
	 * @param file the name of the file
	 * @param line the number of the line, from 1
	 * @param reason what is wrong with it
	 * @param cause what showed it, or {@code null}
	 */
	public CatalogFormatException(String file, int line, String reason, @Nullable Throwable cause) {
		super(file + ", line " + line + ": " + reason, cause);
	}

	/**
	 * Creates an exception about a whole file.
	 * @param file the name or address of the file
	 * @param reason what is wrong with it
	 * @param cause what showed it, or {@code null}
	 */
	public CatalogFormatException(String file, String reason, @Nullable Throwable cause) {
		super(file + ": " + reason, cause);
	}

}

package io.github.costwise.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads files of the jar. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ShippedFile {

	private ShippedFile() {
	}

	/**
	 * Reads a text.
	 * @param reader the class that reads it
	 * @param name the name of the file beside that class
	 * @return the text, which is in UTF-8
	 * @throws IllegalStateException if it is missing
	 * @throws UncheckedIOException if it cannot be read
	 */
	public static String text(Class<?> reader, String name) {
		return new String(bytes(reader, name), StandardCharsets.UTF_8);
	}

	/**
	 * Reads bytes.
	 * @param reader the class that reads them
	 * @param name the name of the file beside that class
	 * @return the bytes
	 * @throws IllegalStateException if the file is missing
	 * @throws UncheckedIOException if it cannot be read
	 */
	public static byte[] bytes(Class<?> reader, String name) {
		try (InputStream in = reader.getResourceAsStream(name)) {
			if (in == null) {
				throw new IllegalStateException("The file " + name + " is missing from the jar");
			}
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

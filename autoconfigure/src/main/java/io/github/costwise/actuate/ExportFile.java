package io.github.costwise.actuate;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How an export is asked for, and what its file is called.
 */
final class ExportFile {

	private ExportFile() {
	}

	/** Returns the name of the layout that a parameter asks for, known or not. */
	static String layout(@Nullable String format) {
		String name = (format != null) ? format.trim().toLowerCase(Locale.ROOT) : "";
		return name.isEmpty() ? "calls" : name;
	}

	/** Returns the header that names the file, for a layout that is known. */
	static String disposition(@Nullable String format) {
		return "attachment; filename=\"costs-" + layout(format) + ".csv\"";
	}

}

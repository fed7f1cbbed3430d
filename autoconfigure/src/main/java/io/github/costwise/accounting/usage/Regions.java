package io.github.costwise.accounting.usage;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** Reads the names of the places where providers process requests. */
final class Regions {

	private Regions() {
	}

	/** Whether a name is that of a region of its own, which may have higher rates. */
	static boolean isOwn(@Nullable String name) {
		return name != null && switch (name.strip().toLowerCase(Locale.ROOT)) {
			case "", "global", "not_available" -> false;
			default -> true;
		};
	}

}

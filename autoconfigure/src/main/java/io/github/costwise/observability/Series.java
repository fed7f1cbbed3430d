package io.github.costwise.observability;

import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * A meter as it is described, without the tags of those it belongs to. Each is the same
 * only as itself, so that it is found fast.
 */
final class Series {

	private final String name;

	private final String description;

	private final @Nullable String unit;

	private final Tags tags;

	Series(String name, String description, @Nullable String unit, String... tags) {
		this.name = name;
		this.description = description;
		this.unit = unit;
		this.tags = Tags.of(tags);
	}

	String name() {
		return this.name;
	}

	String description() {
		return this.description;
	}

	@Nullable String unit() {
		return this.unit;
	}

	Tags tags() {
		return this.tags;
	}

}

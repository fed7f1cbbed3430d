package io.github.costwise.accounting.usage;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.ServiceTier;

/** Reads the names that providers give to their processing classes. */
final class ServiceTiers {

	private ServiceTiers() {
	}

	/** Returns the class of a name, or {@code null} when it does not tell one. */
	static @Nullable ServiceTier of(@Nullable String name) {
		if (name == null) {
			return null;
		}
		return switch (name.substring(name.lastIndexOf('_') + 1).toLowerCase(Locale.ROOT)) {
			case "standard", "default", "demand" -> ServiceTier.STANDARD;
			case "batch" -> ServiceTier.BATCH;
			case "flex" -> ServiceTier.FLEX;
			case "priority" -> ServiceTier.PRIORITY;
			case "", "auto", "only", "unspecified" -> null;
			default -> ServiceTier.OTHER;
		};
	}

}

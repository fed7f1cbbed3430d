package io.github.costwise.accounting;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Whom a cost belongs to. Immutable.
 *
 * @param feature the feature of the application, or {@code null} when unattributed
 * @param tenant the tenant, or {@code null}
 * @param user the user, or {@code null}
 * @param tags further labels, never {@code null}
 * @since 0.1.0
 */
public record Attribution(@Nullable String feature, @Nullable String tenant, @Nullable String user,
		Map<String, String> tags) {

	/** Belongs to nobody: the call was made outside any scope. */
	public static final Attribution NONE = new Attribution(null, null, null, Map.of());

	public Attribution {
		tags = Map.copyOf(tags);
	}

}

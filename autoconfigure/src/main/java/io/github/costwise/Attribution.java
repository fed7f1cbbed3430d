package io.github.costwise;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a cost is attributed to. Immutable.
 *
 * @param feature the feature of the application, or {@code null} when unattributed
 * @param tenant the tenant, or {@code null}
 * @param user the user, or {@code null}
 * @param tags further labels, never {@code null}
 * @param forAnybody whether a tenant or user that is not named is nobody in particular,
 * so that answers may be shared, rather than somebody unnamed
 * @since 0.1.0
 */
public record Attribution(@Nullable String feature, @Nullable String tenant, @Nullable String user,
		Map<String, String> tags, boolean forAnybody) {

	/** Belongs to nobody: the call was made outside any scope. */
	public static final Attribution NONE = new Attribution(null, null, null, Map.of());

	private static final Attribution SHARED = new Attribution(null, null, null, Map.of(), true);

	public Attribution {
		tags = Map.copyOf(tags);
	}

	/**
	 * Creates an attribution that says nothing of tenant or user where it does not name
	 * them.
	 * @param feature the feature of the application, or {@code null} when unattributed
	 * @param tenant the tenant, or {@code null}
	 * @param user the user, or {@code null}
	 * @param tags further labels, never {@code null}
	 */
	public Attribution(@Nullable String feature, @Nullable String tenant, @Nullable String user,
			Map<String, String> tags) {
		this(feature, tenant, user, tags, false);
	}

	/**
	 * Returns the attribution of what belongs to nobody in particular: what an
	 * {@code AttributionResolver} says of visitors who need not be distinguished. Answers
	 * of the response cache are shared among them.
	 * @return an attribution without tenant and user
	 */
	public static Attribution shared() {
		return SHARED;
	}

}

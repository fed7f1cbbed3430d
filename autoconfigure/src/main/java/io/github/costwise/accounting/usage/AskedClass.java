package io.github.costwise.accounting.usage;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.model.ModelOptions;

import io.github.costwise.model.ServiceTier;

/**
 * What the options of a request say about the rates that it is billed at, whatever client
 * they belong to: answers often do not repeat it. Thread-safe.
 *
 * @since 0.1.0
 */
public final class AskedClass {

	/** No provider gives more. */
	private static final int MOST_CHOICES = 1_000;

	private AskedClass() {
	}

	/**
	 * Returns the processing class that a request asks for: by an option of its client or
	 * in the body that it adds.
	 * @param options the options of a call
	 * @return the class, or {@code null} when none is asked for, or the provider chooses
	 */
	public static @Nullable ServiceTier tier(ModelOptions options) {
		UsageFields fields = ReflectiveFields.of(options);
		ServiceTier own = ServiceTiers.of(fields.text(Field.SERVICE_TIER));
		return (own != null) ? own : ServiceTiers.of(fields.child(Field.EXTRA_BODY).text(Field.SERVICE_TIER));
	}

	/**
	 * Returns whether a request asks for a region, where rates may be higher.
	 * @param options the options of a call
	 * @return whether it names one
	 */
	public static boolean isRegional(ModelOptions options) {
		UsageFields fields = ReflectiveFields.of(options);
		String own = fields.text(Field.INFERENCE_GEO);
		String region = (own != null) ? own : fields.child(Field.EXTRA_BODY).text(Field.INFERENCE_GEO);
		return Regions.isOwn(region);
	}

	/**
	 * Returns whether a request asks the provider to search the web, for a fee that
	 * answers often do not tell. Clients whose answers count the searches are left out.
	 * @param options the options of a call
	 * @return whether it asks for searches
	 */
	public static boolean isSearching(ModelOptions options) {
		UsageFields fields = ReflectiveFields.of(options);
		return isSearching(fields) || isSearching(fields.child(Field.EXTRA_BODY));
	}

	/**
	 * Returns how many answers a request asks for at once; each is billed.
	 * @param options the options of a call
	 * @return answers, at least 1
	 */
	public static int choices(ModelOptions options) {
		UsageFields fields = ReflectiveFields.of(options);
		UsageFields body = fields.child(Field.EXTRA_BODY);
		long most = 1;
		for (Field field : new Field[] { Field.N, Field.CANDIDATE_COUNT }) {
			most = Math.max(most, Math.max(fields.number(field), body.number(field)));
		}
		return (int) Math.min(MOST_CHOICES, most);
	}

	private static boolean isSearching(UsageFields fields) {
		UsageFields live = fields.child(Field.SEARCH_PARAMETERS);
		return isOn(fields, Field.GOOGLE_SEARCH_RETRIEVAL) || isOn(fields, Field.ENABLE_SEARCH)
				|| fields.has(Field.WEB_SEARCH_OPTIONS)
				|| (live != UsageFields.NONE && !"off".equals(live.text(Field.MODE)));
	}

	private static boolean isOn(UsageFields fields, Field field) {
		return "true".equalsIgnoreCase(fields.text(field));
	}

}

package io.github.costwise.accounting.usage;

/**
 * What a body shaped like OpenAI's says of the provider's prompt cache, wherever it says
 * it: providers and gateways put the counts beside the prompt or into its details, under
 * names of their own or of others, and some put them into both.
 */
final class CacheFields {

	private static final Field[] READ = { Field.CACHED_TOKENS, Field.CACHE_READ_INPUT_TOKENS, Field.CACHE_READ_TOKENS,
			Field.CACHE_READ_INPUT_TOKEN_COUNT, Field.PROMPT_CACHE_HIT_TOKENS, Field.NUM_CACHED_TOKENS,
			Field.CACHED_PROMPT_TEXT_TOKENS, Field.CACHED_INPUT_TOKENS, Field.CACHED_CONTENT_TOKEN_COUNT };

	private static final Field[] WRITTEN = { Field.CACHE_WRITE_TOKENS, Field.CACHE_CREATION_TOKENS,
			Field.CACHE_CREATION_INPUT_TOKENS, Field.CACHE_WRITE_INPUT_TOKENS, Field.CACHE_WRITE_INPUT_TOKEN_COUNT };

	private static final Field[] LIFETIMES = { Field.CACHE_CREATION, Field.CACHE_CREATION_TOKEN_DETAILS };

	private final UsageFields fields;

	private final UsageFields details;

	private final Buckets buckets;

	CacheFields(UsageFields fields, UsageFields details, Buckets buckets) {
		this.fields = fields;
		this.details = details;
		this.buckets = buckets;
	}

	/**
	 * Returns the counts. Writes whose lifetime is not told were made for that which the
	 * request asks for.
	 */
	CacheCounts counts(Modalities readBy, boolean oneHourWrites) {
		long hour = lifetime(Field.EPHEMERAL_1H_INPUT_TOKENS);
		long minutes = lifetime(Field.EPHEMERAL_5M_INPUT_TOKENS);
		long untold = Math.max(0, most(WRITTEN) - hour - minutes);
		return new CacheCounts(most(READ), readBy, minutes + (oneHourWrites ? 0 : untold),
				hour + (oneHourWrites ? untold : 0));
	}

	private long lifetime(Field lifetime) {
		long most = most(lifetime);
		for (Field name : LIFETIMES) {
			most = Math.max(most, this.buckets.count(this.fields.child(name), lifetime));
			most = Math.max(most, this.buckets.count(this.details.child(name), lifetime));
		}
		return most;
	}

	private long most(Field... names) {
		long most = 0;
		for (Field name : names) {
			most = Math.max(most, most(name));
		}
		return most;
	}

	private long most(Field name) {
		return Math.max(this.buckets.count(this.fields, name), this.buckets.count(this.details, name));
	}

}

package io.github.costwise.benchmarks.eval.catalog;

/**
 * Something in a price list that does not fit the rest of it.
 *
 * @param kind what kind of thing it is
 * @param model the model by provider and name
 * @param problem what is wrong, in a sentence
 * @since 0.1.0
 */
public record CatalogFinding(FindingKind kind, String model, String problem) {

	@Override
	public String toString() {
		return this.model + ": " + this.problem;
	}

	/** What kind of thing does not fit. */
	public enum FindingKind {

		/** Two names of one model have different prices. */
		INCONSISTENT_NAMES,

		/** A later row has lost a processing class or a prompt size of the one before. */
		LOST_CLASSES,

		/** Rows of one model overlap, or leave a time without a price. */
		DATES,

		/** Reading from a cache costs no less than uncached input. */
		DEAR_READS,

		/** Writing to a cache, or an hour in it, costs less than it can. */
		CHEAP_WRITES,

		/** A reseller's row lacks the cache rates of its maker's. */
		MISSING_CACHE,

		/** Output costs less than input. */
		CHEAP_OUTPUT,

		/** A batch costs other than half where the provider says that it does. */
		BATCH_NOT_HALF,

		/** Slow processing costs more than standard, or fast processing less. */
		CLASS_ORDER,

		/** Long prompts cost less than short ones, or one prompt size stands twice. */
		LONG_PROMPTS,

		/** A model costs other without a region than in one. */
		REGIONS,

		/** No host and no client leads to the provider. */
		UNREACHABLE_PROVIDER,

		/** A number or a set of numbers that cannot be a price. */
		BOUNDS,

		/** An exception that no row needs. */
		NEEDLESS_EXCEPTION

	}

}

package io.github.costwise.model;

/**
 * The processing class of a request, where the provider prices them apart.
 *
 * @since 0.1.0
 */
public enum ServiceTier {

	/** Ordinary processing. */
	STANDARD,

	/** Asynchronous batch processing. */
	BATCH,

	/** Slower processing at a discount. */
	FLEX,

	/** Faster processing at a surcharge. */
	PRIORITY,

	/** Another one, whose rates are not known. */
	OTHER

}

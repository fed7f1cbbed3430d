package io.github.costwise.cache;

import io.github.costwise.cache.Bypass;

/**
 * Why a turn is not looked up.
 *
 * @since 0.1.0
 */
public enum Bypass {

	/** An advisor that a hit may not skip stands before the model. */
	ADVISOR,

	/** Documents are retrieved, and no resolver says which. */
	CORPUS,

	/** Tools are offered that are not on the list. */
	TOOLS,

	/** The temperature is above the limit. */
	TEMPERATURE,

	/** The question is about the present moment. */
	LIVE_WORDING,

	/** The question is about the asker's own data. */
	PERSONAL_WORDING,

	/** The request does not end with a question in plain text. */
	NO_QUESTION,

	/** The request carries images or other media. */
	MEDIA,

	/** An option of the request cannot be compared with that of another. */
	OPTIONS,

	/** A resolver kept the turn out, or failed. */
	RESOLVER,

	/** The store could not be asked. */
	STORE,

	/** Its tenant or user was to be named, and could not be. */
	OWNER_UNKNOWN,

	/** Nothing tells the model that would answer from others. */
	MODEL_UNKNOWN

}

package io.github.costwise.cache.admission;

/**
 * Why an answer is not stored.
 *
 * @since 0.1.0
 */
public enum Refusal {

	/** There is no answer, or one without text. */
	EMPTY,

	/** It was cut off, by a limit or otherwise. */
	TRUNCATED,

	/** The provider or the model refused to answer. */
	REFUSED,

	/** It says that the answer is not known. */
	NEGATIVE,

	/** It tells of a failure instead. */
	ERROR,

	/** It is not the JSON that was asked for. */
	SCHEMA,

	/** It asks for tools, or carries media. */
	NOT_TEXT,

	/** A tool ran that is not on the list, or one of the provider's own. */
	TOOL_RAN,

	/** The server did not mark its end: it may be the beginning of a longer one. */
	UNMARKED,

	/** It carries something that a hit could not give back as it was. */
	NOT_REPEATABLE,

	/** It holds a link that expires. */
	EXPIRING_LINK,

	/** It is too long. */
	TOO_LONG,

	/** An entry that it belongs to was removed while it was asked for. */
	EVICTED,

	/** The store could not take it. */
	STORE,

	/** Too much waited to be stored. */
	OVERLOAD,

	/** Another model gave it than the one that answers turns like this one. */
	OTHER_MODEL,

	/** It came after thoughts of a model that did not come to answer. */
	MIXED

}

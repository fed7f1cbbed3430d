package io.github.costwise.cache;

import io.github.costwise.cache.Miss;

/**
 * Why a turn that was looked up is not answered by the cache.
 *
 * @since 0.1.0
 */
public enum Miss {

	/** Nobody asked this before, and similar questions are not compared. */
	NEW,

	/** What is stored came from a lower tier than is asked for. */
	TIER,

	/**
	 * What is stored was streamed, or was not, and lacks what is asked for now.
	 */
	MODE,

	/** It was its turn to be asked again, to measure how answers differ. */
	REPEAT,

	/** An answer of this moment was asked for, and may not be shared. */
	NOT_SHARED,

	/** Two turns asked the same at this moment, and both failed. */
	FAILED,

	/** The encoder is not ready, or failed. */
	ENCODER,

	/** The store could not be asked for similar questions. */
	STORE,

	/** The owner of the turn is unknown, so only equal questions share answers. */
	UNATTRIBUTED,

	/** The question is too long to be compared with similar ones. */
	LONG,

	/** The question leans on the messages before it. */
	FOLLOW_UP,

	/** The encoder was not made for the question's language or signs. */
	LANGUAGE,

	/** No similar question is stored. */
	NO_CANDIDATE,

	/** A guard found a difference that matters. */
	VETO,

	/** Too little was learnt yet. */
	COLD,

	/** The best answer is not safe enough. */
	DOUBT,

	/** It was checked at random, to learn. */
	EXPLORATION,

	/** It was checked because it was served often since the last time. */
	VERIFICATION

}

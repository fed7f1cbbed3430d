package io.github.costwise.cache.verify;

import java.util.List;

/**
 * What a decision rested on, as its verifier keeps it until the fresh answer is there. A
 * verifier recognises its own and learns nothing from others. Immutable.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface DecisionEvidence {

	/** Rests on nothing. */
	DecisionEvidence NONE = List::of;

	/**
	 * Returns the entries with whose answers the fresh one is to be compared: one of each
	 * answer group among the nearest entries, the most probable first.
	 * @return the entries, at most {@value CacheQuestion#NEIGHBOURS}
	 */
	List<NearEntry> rivals();

}

package io.github.costwise.cache.verify;

import java.util.List;

/**
 * A request and the stored entries that are nearest to it. Immutable.
 *
 * @param text the request's text
 * @param nearest the nearest entries of its partition, the most similar first;
 * {@value #NEIGHBOURS} are enough, what is more is not looked at
 * @since 0.1.0
 */
public record CacheQuestion(TextFeatures text, List<NearEntry> nearest) {

	/** How many of the nearest entries are looked at. */
	public static final int NEIGHBOURS = 20;

	/**
	 * Copies the list.
	 */
	public CacheQuestion {
		nearest = List.copyOf(nearest);
	}

}

package io.github.costwise.pipeline;

import org.jspecify.annotations.Nullable;

import io.github.costwise.cache.partition.CacheRequest.AdvisorPath;
import io.github.costwise.model.AnswerMode;
import io.github.costwise.routing.RoutingTable;

/**
 * What is known of the client that a turn is asked through. Used on one thread.
 *
 * @since 0.1.0
 */
public interface AskedClient {

	/**
	 * Returns how the answer is asked for.
	 * @return in one piece, or in chunks
	 */
	AnswerMode mode();

	/**
	 * Finds out what a hit would skip.
	 * @return what stands between the cache and the model
	 */
	AdvisorPath path();

	/**
	 * Finds out which model stands behind the client.
	 * @return what tells it from others, or {@code null} when nothing does
	 */
	@Nullable String model();

	/**
	 * Finds out what the application asks for.
	 * @param table the targets
	 * @return what it asks for
	 */
	RoutingInput.RequestedModel wish(RoutingTable table);

}

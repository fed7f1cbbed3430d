package io.github.costwise.pipeline;

import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.Attribution;

/**
 * Finds whom cost belongs to where the scope does not say, for example from the security
 * context. Called on the thread that calls {@code prompt()}; what it throws is logged
 * once and counted, and the call goes on unattributed. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AttributionResolver {

	/**
	 * Returns the attribution of the current caller.
	 * @return the attribution, or {@code null} when unknown
	 */
	@Nullable Attribution resolve();

}

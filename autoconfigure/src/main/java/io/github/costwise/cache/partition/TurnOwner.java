package io.github.costwise.cache.partition;

import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.Attribution;
import io.github.costwise.accounting.Tier;

/**
 * Whom a turn belongs to and which rules it follows. Immutable.
 *
 * @param attribution whom it belongs to
 * @param policy name of its policy
 * @param tier the tier asked for
 * @param promptVersion version of its prompt, or {@code null}
 * @param routingVersion version of the routing configuration, or {@code null}
 * @since 0.1.0
 */
public record TurnOwner(Attribution attribution, String policy, Tier tier, @Nullable String promptVersion,
		@Nullable String routingVersion) {

}

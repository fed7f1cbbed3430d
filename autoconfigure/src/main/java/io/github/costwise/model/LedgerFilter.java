package io.github.costwise.model;

import org.jspecify.annotations.Nullable;

/**
 * Which recent turns to return. A {@code null} matches everything.
 *
 * @param feature the feature
 * @param tenant the tenant
 * @param user the user
 * @param model the model that answered one of the calls
 * @param outcome how the turn ended
 * @param limit how many at the most, from 1
 * @since 0.1.0
 */
public record LedgerFilter(@Nullable String feature, @Nullable String tenant, @Nullable String user,
		@Nullable String model, TurnRecord.@Nullable TurnOutcome outcome, int limit) {

}

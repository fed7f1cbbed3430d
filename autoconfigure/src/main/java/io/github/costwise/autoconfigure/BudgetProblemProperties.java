package io.github.costwise.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the answer to requests for which a budget has no room.
 *
 * @param enabled Whether a budget that has no room makes the answer of a controller one
 * with status 429 and a problem detail. Handlers of the application come first
 * @param amounts Whether the problem detail names the budget, its limit and what is
 * spent. The owner is never named
 * @since 0.1.0
 */
@ConfigurationProperties(BudgetProblemProperties.PREFIX)
public record BudgetProblemProperties(@DefaultValue("true") boolean enabled, @DefaultValue("false") boolean amounts) {

	static final String PREFIX = BudgetProperties.PREFIX + ".problem-details";

}

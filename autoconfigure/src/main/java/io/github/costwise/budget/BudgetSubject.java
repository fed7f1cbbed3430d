package io.github.costwise.budget;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;
import io.github.costwise.Tier;
import io.github.costwise.model.RouteTarget;

/**
 * What a call belongs to and where it goes. Immutable.
 *
 * @param attribution its owner
 * @param policy the policy that applies
 * @param provider billing provider
 * @param model the model asked for
 * @param target the target, or {@code null} for a client's own model
 * @param tier its tier, or {@code null} for a client's own model
 * @param own whether Costwise makes the call for itself
 * @since 0.1.0
 */
public record BudgetSubject(Attribution attribution, String policy, String provider, String model,
		@Nullable String target, @Nullable Tier tier, boolean own) {

	/**
	 * Creates the subject of a call to a target.
	 * @param attribution its owner
	 * @param policy the policy that applies
	 * @param provider billing provider
	 * @param model the model asked for
	 * @param target the target, or {@code null} for a client's own model
	 * @param own whether Costwise makes the call for itself
	 * @return the subject
	 */
	public static BudgetSubject of(Attribution attribution, String policy, String provider, String model,
			@Nullable RouteTarget target, boolean own) {
		return new BudgetSubject(attribution, policy, provider, model, (target != null) ? target.name() : null,
				(target != null) ? target.tier() : null, own);
	}

	Map<String, String> tags() {
		return this.attribution.tags();
	}

}

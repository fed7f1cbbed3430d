package io.github.costwise.cache.partition;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;
import io.github.costwise.Owner;
import io.github.costwise.Tier;

/**
 * The owner of a turn, and which rules it follows. Immutable.
 *
 * @param attribution what it is attributed to
 * @param policy name of its policy
 * @param tier the tier asked for
 * @param promptVersion version of its prompt, or {@code null}
 * @param answerer who would answer it
 * @param identity how well the owner is known
 * @since 0.1.0
 */
public record TurnOwner(Attribution attribution, String policy, Tier tier, @Nullable String promptVersion,
		Answerer answerer, Owner identity) {

	/**
	 * Creates the owner of a turn that belongs to whomever its attribution names.
	 * @param attribution what it is attributed to
	 * @param policy name of its policy
	 * @param tier the tier asked for
	 * @param promptVersion version of its prompt, or {@code null}
	 * @param answerer who would answer it
	 */
	public TurnOwner(Attribution attribution, String policy, Tier tier, @Nullable String promptVersion,
			Answerer answerer) {
		this(attribution, policy, tier, promptVersion, answerer, Owner.named(attribution));
	}

}

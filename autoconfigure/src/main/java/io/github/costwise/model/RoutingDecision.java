package io.github.costwise.model;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Rejection;

/**
 * Where a request goes and why. Immutable and thread-safe.
 *
 * @param target the chosen target
 * @param tier name of its tier
 * @param reason why that tier
 * @param alternatives targets that are able to answer too, in the order in which a
 * fallback should try them: the rest of the same tier, then the tiers above; none of a
 * lower tier
 * @param lower targets of lower tiers that would be able to answer, in the order in which
 * a fallback that is allowed to go down should try them
 * @param rejections what spoke against each of the other targets
 * @since 0.1.0
 */
public record RoutingDecision(RouteTarget target, String tier, RoutingReason reason, List<RouteTarget> alternatives,
		List<RouteTarget> lower, List<Rejection> rejections) {

	/** Copies its lists. */
	public RoutingDecision {
		alternatives = List.copyOf(alternatives);
		lower = List.copyOf(lower);
		rejections = List.copyOf(rejections);
	}

	/**
	 * Returns every target that is able to answer.
	 * @return the chosen one, then the alternatives, then those of lower tiers
	 */
	public Stream<RouteTarget> able() {
		return Stream.of(List.of(this.target), this.alternatives, this.lower).flatMap(List::stream);
	}

	/**
	 * Why a tier was chosen.
	 *
	 * @param cause the kind of reason
	 * @param wanted name of the tier that the cause asked for; the target stands higher
	 * when nothing of that tier was able to answer
	 * @param score what the routing model says, or {@code null} when it was not asked or
	 * had nothing to go by
	 * @param rule name of the rule, or {@code null}
	 * @param conversation the state to keep for the next turn
	 */
	public record RoutingReason(RoutingCause cause, String wanted, @Nullable RoutingScore score, @Nullable String rule,
			RoutedConversation conversation) {

	}

}

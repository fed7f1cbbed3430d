package io.github.costwise.routing;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.RequestNeeds;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.RoutedConversation;
import io.github.costwise.model.RoutingCause;
import io.github.costwise.model.RoutingRequest;
import io.github.costwise.model.RoutingScore;
import io.github.costwise.model.TargetPrice;

/**
 * Holds a conversation on its tier: up at once, down only after some turns in a row for
 * which a lower tier is enough, and not while the provider's prompt cache makes the more
 * expensive target the cheaper one.
 */
final class Momentum {

	private final RoutingTable table;

	private final int quietTurns;

	Momentum(RoutingTable table, int quietTurns) {
		this.table = table;
		this.quietTurns = quietTurns;
	}

	/**
	 * Applies what is remembered.
	 * @param scored what the score asks for
	 * @param request the request
	 * @return the same, or the tier of the last turn
	 */
	RequestedTier apply(RequestedTier scored, RoutingRequest request) {
		RoutedConversation last = request.context().conversation();
		int position = position(last);
		if (position < 0) {
			return scored;
		}
		if (scored.cause() == RoutingCause.NO_SIGNAL) {
			return scored.held(position, RoutingCause.MOMENTUM, last.quietTurns());
		}
		int quiet = last.quietTurns() + 1;
		if (scored.position() < position && quiet <= this.quietTurns) {
			return scored.held(position, RoutingCause.MOMENTUM, quiet);
		}
		RouteTarget target = warm(last, scored.position(), request);
		return (target != null)
				? scored.held(this.table.position(target), RoutingCause.WARM_PROMPT_CACHE, quiet).first(target)
				: scored;
	}

	private int position(RoutedConversation last) {
		return (last.tier() == null) ? -1 : this.table.tier(last.tier()).map(this.table.tiers()::indexOf).orElse(-1);
	}

	/**
	 * Compares staying, with the warm part of the prompt at the price of cached tokens,
	 * with moving down, with none of it cached.
	 * @return the target of the last turn if it stands higher and is not more expensive
	 */
	private @Nullable RouteTarget warm(RoutedConversation last, int position, RoutingRequest request) {
		RouteTarget stay = (last.target() != null) ? this.table.target(last.target()).orElse(null) : null;
		if (last.warmTokens() == 0 || stay == null || this.table.position(stay) <= position) {
			return null;
		}
		TargetPrice warm = stay.price();
		TargetPrice cold = this.table.tiers().get(position).targets().get(0).price();
		if (warm == null || cold == null) {
			return null;
		}
		RequestNeeds.TokenNeeds tokens = request.needs().tokens();
		return (warm.cost(tokens.prompt(), last.warmTokens(), tokens.reservedOutput())
			.compareTo(cold.cost(tokens.prompt(), 0, tokens.reservedOutput())) <= 0) ? stay : null;
	}

	/**
	 * A tier that is asked for.
	 *
	 * @param position the position of the tier in the table
	 * @param first the target to try before the others, or {@code null}
	 * @param cause why
	 * @param score what the model says, or {@code null}
	 * @param note what else there is to remember
	 */
	record RequestedTier(int position, @Nullable RouteTarget first, RoutingCause cause, @Nullable RoutingScore score,
			Note note) {

		/** Asks for a tier and remembers nothing. */
		RequestedTier(int position, RoutingCause cause, @Nullable RoutingScore score) {
			this(position, null, cause, score, new Note(null, 0));
		}

		private RequestedTier held(int position, RoutingCause cause, int quiet) {
			return new RequestedTier(position, null, cause, this.score, new Note(null, quiet));
		}

		private RequestedTier first(RouteTarget target) {
			return new RequestedTier(this.position, target, this.cause, this.score, this.note);
		}

		/**
		 * What else there is to remember.
		 *
		 * @param rule name of the rule, or {@code null}
		 * @param quiet quiet turns
		 */
		record Note(@Nullable String rule, int quiet) {

		}

	}

}

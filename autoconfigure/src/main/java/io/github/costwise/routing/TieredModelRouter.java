package io.github.costwise.routing;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.NoRouteException;
import io.github.costwise.Rejection;
import io.github.costwise.Rejection.RejectionReason;
import io.github.costwise.Tier;
import io.github.costwise.model.RequestNeeds;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.RoutedConversation;
import io.github.costwise.model.RoutingCause;
import io.github.costwise.model.RoutingDecision;
import io.github.costwise.model.RoutingRequest;
import io.github.costwise.model.RoutingScore;
import io.github.costwise.routing.Momentum.RequestedTier;
import io.github.costwise.spi.ModelRouter;

/**
 * Sends a request to the cheapest tier that is good enough: what the call asks for, else
 * the first rule that fits, else the score, held by the conversation; then the first
 * target of that tier, or of the next one above, that is able to answer. A target below
 * the wanted tier is never chosen. Deterministic, immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class TieredModelRouter implements ModelRouter {

	private final RoutingTable table;

	private final RoutingModel model;

	private final List<RoutingRule> rules;

	private final RoutingSettings settings;

	private final CapabilityFilter filter;

	private final Momentum momentum;

	/**
	 * Creates a router.
	 * @param table the targets
	 * @param model what is known about requests
	 * @param rules rules of the user, the first that fits wins
	 * @param settings what the user decides
	 * @throws CostwiseConfigurationException if a rule names no tier or target of the
	 * table
	 */
	public TieredModelRouter(RoutingTable table, RoutingModel model, List<RoutingRule> rules,
			RoutingSettings settings) {
		rules.forEach((rule) -> check(rule, table));
		this.table = table;
		this.model = model;
		this.rules = List.copyOf(rules);
		this.settings = settings;
		this.filter = new CapabilityFilter(settings.contextMargin());
		this.momentum = new Momentum(table, settings.quietTurns());
	}

	private static void check(RoutingRule rule, RoutingTable table) {
		if (table.tier(rule.destination()).isEmpty() && table.target(rule.destination()).isEmpty()) {
			throw new CostwiseConfigurationException(
					"Routing rule " + rule.name() + " sends to \"" + rule.destination() + "\", which does not exist.",
					"Name one of the tiers " + table.tiers().stream().map(RouteTier::name).toList() + " or the targets "
							+ table.targets().stream().map(RouteTarget::name).toList() + ".");
		}
	}

	/**
	 * Returns the targets.
	 * @return the table
	 */
	public RoutingTable table() {
		return this.table;
	}

	/**
	 * Returns what is known about requests.
	 * @return the routing model
	 */
	public RoutingModel model() {
		return this.model;
	}

	@Override
	public RoutingDecision route(RoutingRequest request) {
		RequestedTier wish = wish(request);
		Search search = new Search(wish, request.needs());
		return search.decide();
	}

	private RequestedTier wish(RoutingRequest request) {
		RequestedTier pinned = pinned(request.context());
		if (pinned != null) {
			return pinned;
		}
		for (RoutingRule rule : this.rules) {
			if (rule.fits(request)) {
				return to(rule.destination(), RoutingCause.RULE, rule.name());
			}
		}
		return this.momentum.apply(scored(request), request);
	}

	private @Nullable RequestedTier pinned(RoutingRequest.Context context) {
		String target = context.target();
		if (target != null && this.table.target(target).isPresent()) {
			return to(target, RoutingCause.PINNED, null);
		}
		return (context.tier() != Tier.AUTO)
				? new RequestedTier(this.table.position(context.tier()), RoutingCause.PINNED, null) : null;
	}

	private RequestedTier to(String destination, RoutingCause cause, @Nullable String rule) {
		RouteTarget target = this.table.target(destination).orElse(null);
		int position = (target != null) ? this.table.position(target)
				: this.table.tiers().indexOf(this.table.tier(destination).orElseThrow());
		return new RequestedTier(position, target, cause, null, new RequestedTier.Note(rule, 0));
	}

	private RequestedTier scored(RoutingRequest request) {
		RoutingScore score = this.model.score(request.text(), request.vector());
		if (score == null) {
			return new RequestedTier(this.table.position(Tier.STANDARD), RoutingCause.NO_SIGNAL, null);
		}
		Tier tier = score.probabilities().cheapest(this.settings.target());
		return new RequestedTier(this.table.position(tier), RoutingCause.SCORE, score);
	}

	/** One walk over the table. */
	private final class Search {

		private final RequestedTier wish;

		private final RequestNeeds needs;

		private final List<RouteTarget> able = new ArrayList<>();

		private final List<RouteTarget> lower = new ArrayList<>();

		private final List<Rejection> rejections = new ArrayList<>();

		private Search(RequestedTier wish, RequestNeeds needs) {
			this.wish = wish;
			this.needs = needs;
		}

		private RoutingDecision decide() {
			List<RouteTier> tiers = TieredModelRouter.this.table.tiers();
			String wanted = tiers.get(this.wish.position()).name();
			for (int i = this.wish.position() - 1; i >= 0; i--) {
				below(tiers.get(i), wanted);
			}
			if (this.wish.first() != null) {
				consider(this.wish.first());
			}
			tiers.subList(this.wish.position(), tiers.size()).forEach((tier) -> tier.targets().forEach(this::consider));
			if (this.able.isEmpty()) {
				throw new NoRouteException(this.rejections);
			}
			return decision(this.able.get(0), wanted);
		}

		private void below(RouteTier tier, String wanted) {
			for (RouteTarget target : tier.targets()) {
				this.rejections.add(new Rejection(target.name(), RejectionReason.TIER, "is below tier " + wanted));
				if (TieredModelRouter.this.filter.check(target, this.needs) == null) {
					this.lower.add(target);
				}
			}
		}

		private void consider(RouteTarget target) {
			if (this.able.contains(target)) {
				return;
			}
			Rejection rejection = TieredModelRouter.this.filter.check(target, this.needs);
			if (rejection == null) {
				this.able.add(target);
			}
			else if (!this.rejections.contains(rejection)) {
				this.rejections.add(rejection);
			}
		}

		private RoutingDecision decision(RouteTarget target, String wanted) {
			RoutingTable table = TieredModelRouter.this.table;
			String tier = table.tiers().get(table.position(target)).name();
			RoutedConversation next = new RoutedConversation(wanted, target.name(), this.wish.note().quiet(), 0);
			return new RoutingDecision(target, tier,
					new RoutingDecision.RoutingReason(this.wish.cause(), wanted, this.wish.score(),
							this.wish.note().rule(), next),
					this.able.subList(1, this.able.size()), this.lower, this.rejections);
		}

	}

}

package io.github.costwise.routing;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.Money;
import io.github.costwise.NoRouteException;
import io.github.costwise.Rejection;
import io.github.costwise.Tier;
import io.github.costwise.model.Capability;
import io.github.costwise.model.RequestNeeds;
import io.github.costwise.model.RequestNeeds.TokenNeeds;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.RouteTarget.Abilities;
import io.github.costwise.model.RoutedConversation;
import io.github.costwise.model.RoutingDecision;
import io.github.costwise.model.RoutingRequest;
import io.github.costwise.model.RoutingRequest.Context;
import io.github.costwise.model.RoutingScore;
import io.github.costwise.model.TargetPrice;
import io.github.costwise.model.TierProbabilities;

import static org.assertj.core.api.Assertions.assertThat;

/** 10,000 random requests against random tables. */
@Tag("thorough")
class RandomRoutingTests {

	private static final int TABLES = 200;

	private static final int REQUESTS = 50;

	private static final double MARGIN = RoutingSettings.defaults().contextMargin();

	private int routed;

	private int refused;

	@Test
	void neverBreaksACapabilityOrGoesDownAndDecidesTheSameAgain() {
		for (int seed = 0; seed < TABLES; seed++) {
			List<String> first = run(seed);
			assertThat(run(seed)).isEqualTo(first);
		}
		assertThat(this.routed).isGreaterThan(TABLES * REQUESTS / 2);
		assertThat(this.refused).isGreaterThan(TABLES * REQUESTS / 20);
	}

	private List<String> run(int seed) {
		Random random = new Random(seed);
		RoutingTable table = table(random);
		TieredModelRouter router = new TieredModelRouter(table, TestModels.random(random), rules(random, table),
				new RoutingSettings(.05 + .9 * random.nextDouble(), random.nextInt(4), MARGIN));
		List<String> decisions = new ArrayList<>();
		RoutedConversation conversation = RoutedConversation.start();
		for (int i = 0; i < REQUESTS; i++) {
			RoutingRequest request = request(random, table, conversation);
			try {
				RoutingDecision decision = router.route(request);
				check(decision, request, table);
				conversation = decision.reason().conversation().warm(random.nextInt(3) * random.nextInt(5_000));
				decisions.add(decision.toString());
				this.routed++;
			}
			catch (NoRouteException ex) {
				checkRefusal(ex, request, table);
				decisions.add(ex.getMessage());
				this.refused++;
			}
		}
		return decisions;
	}

	private void check(RoutingDecision decision, RoutingRequest request, RoutingTable table) {
		int wanted = table.tiers().indexOf(table.tier(decision.reason().wanted()).orElseThrow());
		List<RouteTarget> chain = new ArrayList<>(List.of(decision.target()));
		chain.addAll(decision.alternatives());
		for (RouteTarget target : chain) {
			assertThat(able(target, request.needs())).as("%s for %s", target, request.needs()).isTrue();
			assertThat(table.position(target)).isGreaterThanOrEqualTo(wanted);
		}
		assertThat(chain).doesNotHaveDuplicates();
		List<Integer> positions = chain.stream().skip(1).map(table::position).toList();
		assertThat(positions).isSorted();
		if (request.context().tier() != Tier.AUTO && request.context().target() == null) {
			Tier highest = table.tiers().get(table.tiers().size() - 1).level();
			Tier pinned = request.context().tier();
			assertThat(decision.target().tier())
				.isGreaterThanOrEqualTo((pinned.compareTo(highest) > 0) ? highest : pinned);
		}
		assertThat(chain.size() + decision.rejections().size()).isEqualTo(table.targets().size());
		probabilities(decision.reason().score());
	}

	private static void probabilities(RoutingScore score) {
		if (score != null) {
			TierProbabilities probabilities = score.probabilities();
			assertThat(probabilities.light()).isBetween(0.0, probabilities.standard());
			assertThat(probabilities.standard()).isLessThanOrEqualTo(probabilities.premium());
		}
	}

	/**
	 * Only targets at or above the wanted tier were asked; all of them must be unable.
	 */
	private void checkRefusal(NoRouteException ex, RoutingRequest request, RoutingTable table) {
		assertThat(ex.rejections()).hasSize(table.targets().size());
		for (Rejection rejection : ex.rejections()) {
			RouteTarget target = table.target(rejection.target()).orElseThrow();
			assertThat(rejection.reason() == Rejection.RejectionReason.TIER || !able(target, request.needs())).isTrue();
		}
	}

	/** Written apart from the filter. */
	private static boolean able(RouteTarget target, RequestNeeds needs) {
		boolean able = !needs.unavailable().contains(target.name());
		for (Capability capability : needs.capabilities()) {
			able &= target.abilities().capabilities().contains(capability);
		}
		TokenNeeds tokens = needs.tokens();
		int output = Math.max(tokens.reservedOutput(), tokens.minOutput());
		able &= tokens.minOutput() <= target.abilities().maxOutput();
		able &= tokens.prompt() + output <= target.abilities().contextWindow() * (1 - MARGIN);
		able &= needs.regions().isEmpty() || needs.regions().contains(String.valueOf(target.region()));
		if (needs.maxCost() != null) {
			TargetPrice price = target.price();
			able &= price != null && (Math
				.ceil((tokens.prompt() * (double) price.inputNanos() + output * (double) price.outputNanos())
						/ 1e6) <= needs.maxCost().nanos());
		}
		return able;
	}

	private static RoutingTable table(Random random) {
		List<RouteTarget> targets = new ArrayList<>();
		int count = 1 + random.nextInt(8);
		for (int i = 0; i < count; i++) {
			targets.add(
					new RouteTarget("t" + i, "bean" + random.nextInt(3), "m" + i, Tier.values()[1 + random.nextInt(3)],
							new Abilities(capabilities(random, .8), 2_000 + random.nextInt(100_000),
									500 + random.nextInt(10_000)),
							random.nextInt(4) == 0 ? null : "region" + random.nextInt(3),
							random.nextInt(5) == 0 ? null
									: new TargetPrice(1_000L * random.nextInt(1_000_000),
											100L * random.nextInt(1_000_000), 4_000L * random.nextInt(1_000_000)),
							null));
		}
		return RoutingTable.of(targets);
	}

	private static Set<Capability> capabilities(Random random, double chance) {
		Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
		for (Capability capability : Capability.values()) {
			if (random.nextDouble() < chance) {
				capabilities.add(capability);
			}
		}
		return capabilities;
	}

	private static List<RoutingRule> rules(Random random, RoutingTable table) {
		RouteTarget target = table.targets().get(random.nextInt(table.targets().size()));
		RouteTier tier = table.tiers().get(random.nextInt(table.tiers().size()));
		return List.of(new RoutingRule("a", Map.of("feature", "f0"), Set.of(), target.name()),
				new RoutingRule("b", Map.of(), Set.of("w1"), tier.name()));
	}

	private static RoutingRequest request(Random random, RoutingTable table, RoutedConversation conversation) {
		RequestNeeds needs = RequestNeeds.none()
			.needing(capabilities(random, .15).toArray(Capability[]::new))
			.sized(new TokenNeeds(random.nextInt(20_000), random.nextInt(3_000),
					random.nextInt(4) * random.nextInt(1_000)))
			.within(random.nextInt(5) == 0 ? Set.of("region0", "region1") : Set.of())
			.upTo(random.nextInt(5) == 0 ? Money.ofNanos(random.nextInt(20_000_000)) : null)
			.without(random.nextInt(3) == 0 ? Set.of("t0") : Set.of());
		Context context = Context.none()
			.in(random.nextBoolean() ? conversation : RoutedConversation.start())
			.with(Map.of("feature", "f" + random.nextInt(10)))
			.pinnedTo(Tier.values()[Math.max(0, random.nextInt(12) - 8)])
			.pinnedTo(random.nextInt(10) == 0 ? table.targets().get(0).name() : null);
		return new RoutingRequest(text(random), random.nextBoolean() ? TestModels.vector(random) : null, needs,
				context);
	}

	private static String text(Random random) {
		StringBuilder text = new StringBuilder();
		String signs = "abc XYZ 0189 .,;?! \n ()[]{} \\+-*/= _'\" \u4f60\u597d \u0416\u0434 \u2026";
		int length = random.nextInt(4) * random.nextInt(200);
		for (int i = 0; i < length; i++) {
			text.append(signs.charAt(random.nextInt(signs.length())));
		}
		return random.nextInt(20) == 0 ? text + " w1" : text.toString();
	}

}

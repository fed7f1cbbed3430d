package io.github.costwise.benchmarks.eval.routing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.HdrHistogram.Histogram;

import io.github.costwise.Tier;
import io.github.costwise.model.Capability;
import io.github.costwise.model.RequestNeeds;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.RouteTarget.Abilities;
import io.github.costwise.model.RoutingRequest;
import io.github.costwise.model.TargetPrice;
import io.github.costwise.routing.RoutingModel;
import io.github.costwise.routing.RoutingSettings;
import io.github.costwise.routing.RoutingTable;
import io.github.costwise.routing.TieredModelRouter;
import io.github.costwise.spi.ModelRouter;

/** Times whole decisions, the vector given, over a table of six targets. */
final class DecisionTimer {

	private static final int WARM_UP = 20_000;

	private static final int DECISIONS = 50_000;

	private static final long LONGEST_NANOS = 60_000_000_000L;

	private static final double NANOS_PER_MICRO = 1000;

	private final ModelRouter router;

	DecisionTimer(RoutingModel model) {
		this.router = router(model);
	}

	static ModelRouter router(RoutingModel model) {
		List<RouteTarget> targets = List.of(target("a", Tier.LIGHT, 1), target("b", Tier.LIGHT, 2),
				target("c", Tier.STANDARD, 5), target("d", Tier.STANDARD, 6), target("e", Tier.PREMIUM, 20),
				target("f", Tier.PREMIUM, 30));
		return new TieredModelRouter(RoutingTable.of(targets), model, List.of(), RoutingSettings.defaults());
	}

	private static RouteTarget target(String name, Tier tier, int price) {
		Set<Capability> able = (price % 2 == 0) ? Set.of(Capability.values())
				: Set.of(Capability.TOOLS, Capability.STREAMING);
		return RouteTarget.of("bean", name, tier)
			.with(new Abilities(able, 128_000, 8_000))
			.at(new TargetPrice(price * 100_000_000L, price * 10_000_000L, price * 400_000_000L));
	}

	Map<String, Object> time(List<RoutingRow> rows, float[][] vectors) {
		Histogram histogram = new Histogram(LONGEST_NANOS, 3);
		RequestNeeds needs = RequestNeeds.none()
			.needing(Capability.STREAMING)
			.sized(new RequestNeeds.TokenNeeds(2_000, 1_000, 0));
		for (int i = -WARM_UP; i < DECISIONS; i++) {
			int row = Math.floorMod(i, rows.size());
			RoutingRequest request = RoutingRequest.of(rows.get(row).prompt(), vectors[row]).with(needs);
			long start = System.nanoTime();
			this.router.route(request);
			long nanos = System.nanoTime() - start;
			if (i >= 0) {
				histogram.recordValue(nanos);
			}
		}
		Map<String, Object> micros = new LinkedHashMap<>();
		micros.put("p50", histogram.getValueAtPercentile(50) / NANOS_PER_MICRO);
		micros.put("p99", histogram.getValueAtPercentile(99) / NANOS_PER_MICRO);
		return micros;
	}

}

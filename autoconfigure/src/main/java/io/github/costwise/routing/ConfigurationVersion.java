package io.github.costwise.routing;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.RouteTarget;
import io.github.costwise.text.Sha256;

/**
 * The version of a configuration: a digest of its parts in an order that does not change
 * from one start to the next, as that of sets and maps does.
 */
final class ConfigurationVersion {

	private static final int BYTES = 4;

	private final StringBuilder text = new StringBuilder();

	private ConfigurationVersion(RoutingTable table, RoutingModel model, Map<String, RoutingPolicy> policies) {
		add(model.version());
		table.tiers().forEach(this::add);
		new TreeMap<>(policies).forEach((name, policy) -> add(name, policy));
	}

	static String of(RoutingTable table, RoutingModel model, Map<String, RoutingPolicy> policies) {
		return "r" + Sha256.of(new ConfigurationVersion(table, model, policies).text.toString(), BYTES);
	}

	private void add(RouteTier tier) {
		add(tier.name(), tier.level());
		for (RouteTarget target : tier.targets()) {
			RouteTarget.Abilities abilities = target.abilities();
			add(target.name(), target.bean(), target.model(), new TreeSet<>(abilities.capabilities()),
					abilities.contextWindow(), abilities.maxOutput(), target.region(), target.price(), target.origin());
		}
	}

	private void add(String name, RoutingPolicy policy) {
		add(name, policy.mode(), policy.settings(), new TreeSet<>(policy.bounds().regions()),
				policy.bounds().maxCallCost(), policy.overridesModel());
		policy.rules()
			.forEach((rule) -> add(rule.name(), new TreeMap<>(rule.attributes()), new TreeSet<>(rule.words()),
					rule.destination()));
	}

	/** Lengths keep parts apart, whatever they contain. */
	private void add(@Nullable Object... parts) {
		for (Object part : parts) {
			String text = String.valueOf(part);
			this.text.append(text.length()).append(':').append(text).append('\n');
		}
	}

}

package io.github.costwise.autoconfigure;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.ListableBeanFactory;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.Tier;
import io.github.costwise.accounting.usage.Providers;
import io.github.costwise.advisor.ModelIdentities;
import io.github.costwise.autoconfigure.RoutingProperties.TargetProperties;
import io.github.costwise.autoconfigure.RoutingProperties.TierSettings;
import io.github.costwise.cache.partition.OptionsDigest;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ModelPrice;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.RouteTarget.Abilities;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TargetPrice;
import io.github.costwise.pricing.ListedPrice;
import io.github.costwise.pricing.PriceRow;
import io.github.costwise.routing.RouteTier;
import io.github.costwise.routing.RoutingTable;
import io.github.costwise.spi.PriceCatalog;

/**
 * Makes a routing table of properties, and refuses what it cannot mean.
 */
final class RoutingTableFactory {

	private final ListableBeanFactory beans;

	private final @Nullable String defaultBean;

	private final PriceCatalog catalog;

	private final Providers providers;

	private final ModelIdentities identities;

	private final Clock clock;

	RoutingTableFactory(ListableBeanFactory beans, @Nullable String defaultBean, PriceCatalog catalog,
			Providers providers, ModelIdentities identities, Clock clock) {
		this.identities = identities;
		this.clock = clock;
		this.beans = beans;
		this.defaultBean = defaultBean;
		this.catalog = catalog;
		this.providers = providers;
	}

	RoutingTable create(Map<String, TierSettings> properties, String prefix) {
		List<RouteTier> tiers = new ArrayList<>();
		properties.forEach((name, tier) -> tiers.add(tier(name, tier, prefix + "." + name)));
		tiers.sort(Comparator.comparing(RouteTier::level));
		try {
			return new RoutingTable(tiers);
		}
		catch (IllegalArgumentException ex) {
			throw new CostwiseConfigurationException("'" + prefix + "' is not usable: " + ex.getMessage() + ".",
					"Configure at least one tier, and give each target a 'name' of its own.", ex);
		}
	}

	private RouteTier tier(String name, TierSettings settings, String path) {
		Tier level = (settings.level() != null) ? settings.level() : level(name, path);
		if (settings.targets().isEmpty() || level == Tier.AUTO) {
			throw new CostwiseConfigurationException(
					"'" + path + "' has " + (settings.targets().isEmpty() ? "no targets." : "the level AUTO."),
					"Give it targets with a 'model' each, and one of the levels light, standard and premium.");
		}
		List<RouteTarget> targets = new ArrayList<>();
		for (int i = 0; i < settings.targets().size(); i++) {
			targets.add(target(settings.targets().get(i), level, path + ".targets[" + i + "]"));
		}
		return new RouteTier(name, level, targets);
	}

	private static Tier level(String name, String path) {
		return Arrays.stream(Tier.values())
			.filter((tier) -> tier.name().equals(name.toUpperCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow(() -> new CostwiseConfigurationException("'" + path + "' has no level.",
					"Set '" + path + ".level' to light, standard or premium."));
	}

	private RouteTarget target(TargetProperties settings, Tier level, String path) {
		String model = settings.model();
		if (model == null || model.isBlank()) {
			throw new CostwiseConfigurationException("'" + path + "' names no model.",
					"Set '" + path + ".model' to a model or deployment of its provider.");
		}
		String bean = bean(settings, path);
		try {
			RouteTarget target = RouteTarget.of(bean, model, level).with(abilities(settings)).in(settings.region());
			target = target.at(price(settings, bean, model)).servedBy(origin(bean));
			return (settings.name() != null) ? target.named(settings.name()) : target;
		}
		catch (IllegalArgumentException ex) {
			throw new CostwiseConfigurationException("'" + path + "' is not usable: " + ex.getMessage() + ".",
					"Give windows and outputs of at least one token, and a name that is not blank.", ex);
		}
	}

	/**
	 * Where the options cannot be distinguished from others, each start is a version of
	 * its own.
	 */
	private String origin(String bean) {
		ChatModel model = this.beans.getBean(bean, ChatModel.class);
		String options = OptionsDigest.of(model.getOptions());
		return this.identities.of(bean, model) + ((options != null) ? options : UUID.randomUUID());
	}

	private static Abilities abilities(TargetProperties settings) {
		return new Abilities(settings.capabilities(),
				(settings.contextWindow() != null) ? settings.contextWindow() : Integer.MAX_VALUE,
				(settings.maxOutput() != null) ? settings.maxOutput() : Integer.MAX_VALUE);
	}

	private String bean(TargetProperties settings, String path) {
		String named = (settings.bean() != null) ? settings.bean() : this.defaultBean;
		List<String> names = List.of(this.beans.getBeanNamesForType(ChatModel.class));
		if (named == null && names.size() == 1) {
			return names.get(0);
		}
		if (named == null || !names.contains(named)) {
			throw new CostwiseConfigurationException(
					(named == null) ? "'" + path + "' does not say which ChatModel bean it uses."
							: "'" + path + "' uses the bean '" + named + "', which is no ChatModel.",
					"Set '" + path + ".bean' to one of the ChatModel beans: " + String.join(", ", names) + ".");
		}
		return named;
	}

	/** A target without a known price is never within a bound of cost. */
	private @Nullable TargetPrice price(TargetProperties settings, String bean, String model) {
		String provider = (settings.provider() != null) ? settings.provider()
				: this.providers.of(this.beans.getBean(bean, ChatModel.class));
		ModelPrice found = this.catalog.find(new ModelId(provider, model), this.clock.instant());
		PriceRow row = ListedPrice.rowOf(found);
		if (row == null) {
			return null;
		}
		long input = nanos(row, BilledUnit.INPUT);
		BigDecimal cached = row.rate(ServiceTier.STANDARD, 0, BilledUnit.CACHE_READ);
		return new TargetPrice(input, (cached != null) ? nanos(row, BilledUnit.CACHE_READ) : input,
				nanos(row, BilledUnit.OUTPUT));
	}

	/** US dollars a million tokens as nano-dollars a million tokens. */
	private static long nanos(PriceRow row, BilledUnit unit) {
		BigDecimal rate = row.rate(ServiceTier.STANDARD, 0, unit);
		return (rate != null) ? rate.movePointRight(9).longValue() : 0;
	}

}

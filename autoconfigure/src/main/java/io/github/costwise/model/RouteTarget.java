package io.github.costwise.model;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Tier;

/**
 * A model that requests can be sent to. Immutable and thread-safe.
 *
 * @param name what configuration, decisions and pins call it; unique in a table
 * @param bean name of the {@code ChatModel} bean
 * @param model name of the model or deployment at the provider
 * @param tier its class, never {@link Tier#AUTO}
 * @param abilities what it can do
 * @param region where it runs, or {@code null} when that is not known
 * @param price what its tokens cost, or {@code null} when that is not known
 * @param origin digest of the server and options behind the bean, or {@code null} when
 * that is not known
 * @since 0.1.0
 */
public record RouteTarget(String name, String bean, String model, Tier tier, Abilities abilities,
		@Nullable String region, @Nullable TargetPrice price, @Nullable String origin) {

	/**
	 * Creates a target.
	 * @throws IllegalArgumentException if a name is blank or the tier is
	 * {@link Tier#AUTO}
	 */
	public RouteTarget {
		if (name.isBlank() || bean.isBlank() || model.isBlank()) {
			throw new IllegalArgumentException("A target needs a name, a bean and a model");
		}
		if (tier == Tier.AUTO) {
			throw new IllegalArgumentException("Target " + name + " needs a tier of its own, not AUTO");
		}
	}

	/**
	 * Starts a target that is named after its model, can do all that
	 * {@link Abilities#text()} can, and whose region and price are not known.
	 * @param bean name of the {@code ChatModel} bean
	 * @param model name of the model
	 * @param tier its class
	 * @return the target
	 */
	public static RouteTarget of(String bean, String model, Tier tier) {
		return new RouteTarget(bean + "/" + model, bean, model, tier, Abilities.text(), null, null, null);
	}

	/**
	 * Returns this target under another name.
	 * @param name the name
	 * @return a target
	 */
	public RouteTarget named(String name) {
		return new RouteTarget(name, this.bean, this.model, this.tier, this.abilities, this.region, this.price,
				this.origin);
	}

	/**
	 * Returns this target with other abilities.
	 * @param abilities what it can do
	 * @return a target
	 */
	public RouteTarget with(Abilities abilities) {
		return new RouteTarget(this.name, this.bean, this.model, this.tier, abilities, this.region, this.price,
				this.origin);
	}

	/**
	 * Returns this target in a region.
	 * @param region where it runs, or {@code null}
	 * @return a target
	 */
	public RouteTarget in(@Nullable String region) {
		return new RouteTarget(this.name, this.bean, this.model, this.tier, this.abilities, region, this.price,
				this.origin);
	}

	/**
	 * Returns this target with a price.
	 * @param price what its tokens cost, or {@code null}
	 * @return a target
	 */
	public RouteTarget at(@Nullable TargetPrice price) {
		return new RouteTarget(this.name, this.bean, this.model, this.tier, this.abilities, this.region, price,
				this.origin);
	}

	/**
	 * Returns this target with what is known of the bean.
	 * @param origin digest of the server and options behind it, or {@code null}
	 * @return a target
	 */
	public RouteTarget servedBy(@Nullable String origin) {
		return new RouteTarget(this.name, this.bean, this.model, this.tier, this.abilities, this.region, this.price,
				origin);
	}

	/**
	 * What a target can do.
	 *
	 * @param capabilities what it can do beyond text
	 * @param contextWindow most tokens of prompt and answer together, at least 1
	 * @param maxOutput most tokens of an answer, at least 1
	 */
	public record Abilities(Set<Capability> capabilities, int contextWindow, int maxOutput) {

		/**
		 * Creates abilities.
		 * @throws IllegalArgumentException if a limit is below 1
		 */
		public Abilities {
			if (contextWindow < 1 || maxOutput < 1) {
				throw new IllegalArgumentException("Context window and most output must be at least 1");
			}
			capabilities = Set.copyOf(capabilities);
		}

		/**
		 * Returns what most chat models can do: tools and streaming, with limits that are
		 * not known and therefore not checked.
		 * @return the abilities
		 */
		public static Abilities text() {
			return new Abilities(Set.of(Capability.TOOLS, Capability.STREAMING), Integer.MAX_VALUE, Integer.MAX_VALUE);
		}

	}

}

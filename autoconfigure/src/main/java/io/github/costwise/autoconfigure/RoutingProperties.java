package io.github.costwise.autoconfigure;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;
import org.springframework.util.unit.DataSize;

import io.github.costwise.Tier;
import io.github.costwise.model.Capability;

/**
 * Settings of the targets that requests are routed over.
 *
 * @param tiers Tiers by name; 'light', 'standard' and 'premium' need no level
 * @param weights File of a routing model that was calibrated, instead of the one that
 * comes with Costwise
 * @param gateWeights File of a quality gate that was calibrated together with the
 * 'weights', instead of plain agreement of two answers
 * @param labels Labels of the application's own requests, which the routing model can be
 * calibrated on.
 * @param candidate Configuration on trial, for a share of the traffic or in shadow
 * @since 0.1.0
 */
@ConfigurationProperties(RoutingProperties.PREFIX)
public record RoutingProperties(Map<String, TierSettings> tiers, @Nullable Resource weights,
		@Nullable Resource gateWeights, @Nullable Labels labels, @Nullable CandidateProperties candidate) {

	static final String PREFIX = CostwiseProperties.PREFIX + ".routing";

	@SuppressWarnings("ConstantValue")
	public RoutingProperties {
		tiers = (tiers != null) ? new LinkedHashMap<>(tiers) : Map.of();
	}

	/**
	 * One tier.
	 *
	 * @param level How capable its targets are; known for tiers that are named after a
	 * level
	 * @param targets Its models, the one to prefer first
	 */
	public record TierSettings(@Nullable Tier level, @DefaultValue List<TargetProperties> targets) {

	}

	/**
	 * A model that requests can be sent to.
	 *
	 * @param name What decisions and rules call it; the bean and the model unless set
	 * @param bean Name of the ChatModel bean; 'costwise.chat.default-model' or the only
	 * one unless set
	 * @param model Name of the model or deployment
	 * @param provider Billing provider, where the bean does not tell
	 * @param capabilities What it can do beyond text
	 * @param contextWindow Most tokens of prompt and answer together
	 * @param maxOutput Most tokens of an answer
	 * @param region Where it runs
	 */
	public record TargetProperties(@Nullable String name, @Nullable String bean, @Nullable String model,
			@Nullable String provider, @DefaultValue( {
					"tools", "streaming" }) Set<Capability> capabilities,
			@Nullable Integer contextWindow, @Nullable Integer maxOutput, @Nullable String region){

	}

	/**
	 * Labels of the application's own requests.
	 *
	 * @param file File of labels, a JSON object a line. It holds what users asked.
	 * @param maxSize Size from which on nothing is appended.
	 * @param share Share of the turns of which another model is asked too, to make labels
	 * @param weights File that a calibrated model is written to, for the next start
	 */
	public record Labels(@Nullable Path file, @DefaultValue("50MB") DataSize maxSize, @DefaultValue("0") double share,
			@Nullable Path weights) {

	}

	/**
	 * A configuration on trial.
	 *
	 * @param share Share of users that it applies to
	 * @param shadow Whether it only says what it would do
	 * @param leastQuality Share of good answers below which it goes back
	 * @param mostDrop How much smaller than the stable share of good answers its own may
	 * be before it goes back
	 * @param leastTurns Turns before it may be judged
	 * @param tiers Tiers by name, instead of the stable ones
	 * @param weights File of a routing model, instead of the stable one
	 */
	public record CandidateProperties(@DefaultValue("0.1") double share, @DefaultValue("false") boolean shadow,
			@DefaultValue("0") double leastQuality, @DefaultValue("0.05") double mostDrop,
			@DefaultValue("200") int leastTurns, @Nullable Map<String, TierSettings> tiers,
			@Nullable Resource weights) {

	}

}

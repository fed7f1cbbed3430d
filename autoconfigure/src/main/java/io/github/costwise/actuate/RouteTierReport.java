package io.github.costwise.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;
import io.github.costwise.fallback.TargetState;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.TargetPrice;
import io.github.costwise.routing.RouteTier;

/**
 * A tier that requests are routed over. Immutable.
 *
 * @param name its name
 * @param level how capable its targets are: {@code light}, {@code standard} or
 * {@code premium}
 * @param targets its targets, the one to prefer first
 * @since 0.1.0
 */
record RouteTierReport(String name, String level, List<TargetReport> targets) {

	static List<RouteTierReport> of(List<RouteTier> tiers, Map<String, TargetState> states) {
		return tiers.stream()
			.map((tier) -> new RouteTierReport(tier.name(), CostCacheReports.lower(tier.level()),
					tier.targets()
						.stream()
						.map((target) -> TargetReport.of(target, states.get(target.name())))
						.toList()))
			.toList();
	}

	/**
	 * A model that requests can be sent to.
	 *
	 * @param name its name
	 * @param bean name of the {@code ChatModel} bean
	 * @param model name of the model or deployment
	 * @param capabilities what it can do beyond text
	 * @param contextWindowTokens most tokens of prompt and answer together, or
	 * {@code null} when that is not known
	 * @param maxOutputTokens most tokens of an answer, or {@code null} when that is not
	 * known
	 * @param region where it runs, or {@code null}
	 * @param price what its tokens cost, or {@code null} when that is not known
	 * @param health how it is doing
	 */
	public record TargetReport(String name, String bean, String model, List<String> capabilities,
			@Nullable Integer contextWindowTokens, @Nullable Integer maxOutputTokens, @Nullable String region,
			@Nullable PriceReport price, TargetHealthReport health) {

		static TargetReport of(RouteTarget target, @Nullable TargetState state) {
			RouteTarget.Abilities abilities = target.abilities();
			return new TargetReport(target.name(), target.bean(), target.model(),
					abilities.capabilities().stream().sorted().map(CostCacheReports::lower).toList(),
					known(abilities.contextWindow()), known(abilities.maxOutput()), target.region(),
					(target.price() != null) ? PriceReport.of(target.price()) : null, TargetHealthReport.of(state));
		}

		private static @Nullable Integer known(int limit) {
			return (limit != Integer.MAX_VALUE) ? limit : null;
		}

	}

	/**
	 * What the tokens of a target cost at the standard rate of short prompts, in dollars
	 * as decimal text.
	 *
	 * @param inputUsdPerMillionTokens uncached input
	 * @param cachedInputUsdPerMillionTokens input read from the provider's prompt cache
	 * @param outputUsdPerMillionTokens output
	 */
	public record PriceReport(String inputUsdPerMillionTokens, String cachedInputUsdPerMillionTokens,
			String outputUsdPerMillionTokens) {

		static PriceReport of(TargetPrice price) {
			return new PriceReport(usd(price.inputNanos()), usd(price.cachedInputNanos()), usd(price.outputNanos()));
		}

		private static String usd(long nanos) {
			return CostReport.usd(Money.ofNanos(nanos));
		}

	}

	/**
	 * How a target is doing. A target that was never called is {@code available} since
	 * {@code null}.
	 *
	 * @param state {@code available}, {@code failing}, {@code waiting} or {@code probing}
	 * @param failureRate share of the latest calls that failed, 0 to 1, or {@code null}
	 * while too few are known
	 * @param recentCalls how many of the latest calls are known
	 * @param since when it came into this state, or {@code null}
	 * @param until when it is tried again, or {@code null} unless its circuit is open
	 */
	public record TargetHealthReport(String state, @Nullable Double failureRate, int recentCalls,
			@Nullable String since, @Nullable String until) {

		static TargetHealthReport of(@Nullable TargetState state) {
			if (state == null) {
				return new TargetHealthReport(CostCacheReports.lower(TargetState.CircuitState.AVAILABLE), null, 0, null,
						null);
			}
			Instant until = state.until();
			return new TargetHealthReport(CostCacheReports.lower(state.state()), state.failureRate(), state.calls(),
					state.since().toString(), (until != null) ? until.toString() : null);
		}

	}

}

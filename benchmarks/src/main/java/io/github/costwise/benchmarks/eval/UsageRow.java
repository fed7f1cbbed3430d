package io.github.costwise.benchmarks.eval;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.github.costwise.benchmarks.eval.JsonLines.Line;

/**
 * A real usage body with what another project expects of it.
 *
 * @param line where it stands
 * @param provider who sent it
 * @param api which of the provider's APIs sent it
 * @param model the model that answered
 * @param usage the body
 * @param tokens the counts expected, by name
 * @param peerPrice the price expected, in US dollars, or {@code null} for none
 */
record UsageRow(long line, String provider, String api, String model, JsonNode usage, Map<String, Long> tokens,
		@Nullable BigDecimal peerPrice) {

	static UsageRow of(Line line) {
		Map<String, Long> tokens = new LinkedHashMap<>();
		line.object("tokens").properties().forEach((count) -> {
			if (!count.getValue().canConvertToLong()) {
				throw line.bad("the count of \"" + count.getKey() + "\" must be a whole number");
			}
			tokens.put(count.getKey(), count.getValue().longValue());
		});
		return new UsageRow(line.number(), line.text("provider"), line.text("api"), line.text("model"),
				line.object("usage"), tokens, price(line));
	}

	/**
	 * Returns whether a client of this API is in the build.
	 * @return whether the row can be served to a real client
	 */
	boolean hasClient() {
		return switch (this.provider) {
			case "openai" -> this.api.equals("chat");
			case "anthropic", "google" -> true;
			default -> false;
		};
	}

	private static @Nullable BigDecimal price(Line line) {
		if (!line.json().has("inputPrice") || !line.json().has("outputPrice")) {
			return null;
		}
		try {
			return new BigDecimal(line.text("inputPrice")).add(new BigDecimal(line.text("outputPrice")));
		}
		catch (NumberFormatException ex) {
			throw line.bad("\"inputPrice\" and \"outputPrice\" must be decimal numbers");
		}
	}

}

package io.github.costwise.pricing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.spi.CatalogFormatException;
import io.github.costwise.text.TextMatch;
import io.github.costwise.text.TextPattern;

/**
 * Reads the price list format of LiteLLM ({@code model_prices_and_context_window.json}):
 * an object by model name of rates in US dollars per unit, whose keys carry the prompt
 * size ({@code _above_200k_tokens}) and the processing class ({@code _batches},
 * {@code _flex}, {@code _priority}) as suffixes. Entries that bill otherwise than by
 * token are left out without a word, entries whose numbers cannot be right with one.
 */
final class LiteLlmReader {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final Map<String, BilledUnit> KEYS = Map.ofEntries(
			Map.entry("input_cost_per_token", BilledUnit.INPUT),
			Map.entry("input_cost_per_audio_token", BilledUnit.INPUT_AUDIO),
			Map.entry("input_cost_per_image_token", BilledUnit.INPUT_IMAGE),
			Map.entry("input_cost_per_video_token", BilledUnit.INPUT_VIDEO),
			Map.entry("cache_read_input_token_cost", BilledUnit.CACHE_READ),
			Map.entry("cache_read_input_audio_token_cost", BilledUnit.CACHE_READ_AUDIO),
			Map.entry("cache_read_input_image_token_cost", BilledUnit.CACHE_READ_IMAGE),
			Map.entry("cache_creation_input_token_cost", BilledUnit.CACHE_WRITE_5M),
			Map.entry("cache_creation_input_token_cost_above_1hr", BilledUnit.CACHE_WRITE_1H),
			Map.entry("output_cost_per_token", BilledUnit.OUTPUT),
			Map.entry("output_cost_per_reasoning_token", BilledUnit.OUTPUT_REASONING),
			Map.entry("output_cost_per_audio_token", BilledUnit.OUTPUT_AUDIO),
			Map.entry("output_cost_per_image_token", BilledUnit.OUTPUT_IMAGE));

	private static final Map<String, ServiceTier> CLASSES = Map.of("_batches", ServiceTier.BATCH, "_flex",
			ServiceTier.FLEX, "_priority", ServiceTier.PRIORITY);

	private static final TextPattern ABOVE = TextPattern.ofWhole("(.+)_above_(\\d{1,6})k_tokens");

	private static final Set<String> MODES = Set.of("chat", "completion", "responses", "embedding");

	private static final int MILLION_PLACES = 6;

	private static final int THOUSAND = 1000;

	private LiteLlmReader() {
	}

	/**
	 * Reads a price list.
	 * @param location where it comes from
	 * @param json its text in UTF-8
	 * @return the rows that make sense, and why the others do not
	 * @throws CatalogFormatException if it is no price list at all
	 */
	static LiteLlmPrices read(String location, byte[] json) {
		Map<ModelId, PriceRow> rows = new TreeMap<>(
				Comparator.comparing(ModelId::provider).thenComparing(ModelId::model));
		List<String> rejections = new ArrayList<>();
		for (Map.Entry<String, JsonNode> entry : parse(location, json).properties()) {
			PriceRow row = row(entry.getKey(), entry.getValue(), rejections);
			if (row != null) {
				rows.putIfAbsent(row.id(), row);
			}
		}
		CRC32 crc = new CRC32();
		crc.update(json);
		return new LiteLlmPrices(location, String.format("%08x", crc.getValue()), List.copyOf(rows.values()),
				List.copyOf(rejections));
	}

	private static JsonNode parse(String location, byte[] json) {
		try {
			JsonNode root = MAPPER.readTree(json);
			if (!root.isObject()) {
				throw new CatalogFormatException(location, 1, "it is not a JSON object", null);
			}
			return root;
		}
		catch (JacksonException ex) {
			int line = (ex.getLocation() != null) ? Math.max(1, ex.getLocation().getLineNr()) : 1;
			throw new CatalogFormatException(location, line, "it is not JSON: " + ex.getOriginalMessage(), ex);
		}
		catch (NumberFormatException | ArithmeticException ex) {
			throw new CatalogFormatException(location, "it holds a number that cannot be a price: " + ex.getMessage(),
					ex);
		}
	}

	private static @Nullable PriceRow row(String name, JsonNode entry, List<String> rejections) {
		String provider = entry.path("litellm_provider").asString("");
		String mode = entry.path("mode").asString("");
		BigDecimal input = number(entry.path("input_cost_per_token"));
		if (provider.isEmpty() || !MODES.contains(mode) || input == null || input.signum() == 0) {
			return null;
		}
		try {
			PriceRow row = row(provider, name, entry);
			PriceChecks.ratios(row);
			return row;
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			rejections.add(shown(name) + ": " + ex.getMessage());
			return null;
		}
	}

	private static String shown(String name) {
		return (name.length() > ModelNames.LONGEST) ? name.substring(0, ModelNames.LONGEST) + "..." : name;
	}

	private static PriceRow row(String provider, String name, JsonNode entry) {
		PriceRow.RowBuilder row = PriceRow.of(provider(provider), model(provider, name));
		boolean embedding = entry.path("mode").asString("").equals("embedding");
		if (embedding) {
			row.rate(BilledUnit.OUTPUT, BigDecimal.ZERO);
		}
		for (Map.Entry<String, JsonNode> property : entry.properties()) {
			BigDecimal rate = number(property.getValue());
			if (rate != null && (rate.signum() != 0)) {
				rate(row, property.getKey(), rate.scaleByPowerOfTen(MILLION_PLACES));
			}
		}
		BigDecimal search = number(entry.path("search_context_cost_per_query").path("search_context_size_medium"));
		if (search != null && search.signum() > 0) {
			row.rate(BilledUnit.WEB_SEARCH, search.scaleByPowerOfTen(MILLION_PLACES));
		}
		if (entry.has("off_peak_pricing") || entry.has("tiered_pricing")) {
			row.approximate();
		}
		return row.build();
	}

	private static void rate(PriceRow.RowBuilder row, String property, BigDecimal rate) {
		String key = property;
		ServiceTier tier = ServiceTier.STANDARD;
		for (Map.Entry<String, ServiceTier> suffix : CLASSES.entrySet()) {
			if (key.endsWith(suffix.getKey())) {
				key = key.substring(0, key.length() - suffix.getKey().length());
				tier = suffix.getValue();
			}
		}
		TextMatch above = ABOVE.whole(key);
		long size = 0;
		if (above != null) {
			key = above.get(1);
			size = Long.parseLong(above.get(2)) * THOUSAND;
		}
		BilledUnit unit = KEYS.get(key);
		if (unit != null) {
			row.rate(tier, size, unit, rate);
		}
	}

	private static @Nullable BigDecimal number(JsonNode node) {
		return node.isNumber() ? node.decimalValue() : null;
	}

	private static String provider(String provider) {
		if (provider.startsWith("vertex_ai")) {
			return "vertex_ai";
		}
		if (provider.startsWith("fireworks_ai")) {
			return "fireworks";
		}
		return provider.equals("text-completion-openai") ? "openai" : provider;
	}

	/** The keys of the list carry the provider, in one of several spellings. */
	private static String model(String provider, String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		String bare = lower;
		for (String prefix : List.of(provider + "/", provider(provider) + "/", "bedrock/", "converse/", "azure/",
				"cohere/")) {
			if (bare.startsWith(prefix) && bare.length() > prefix.length()) {
				bare = bare.substring(prefix.length());
				break;
			}
		}
		String fireworks = "accounts/fireworks/models/";
		return bare.startsWith(fireworks) ? bare.substring(fireworks.length()) : bare;
	}

}

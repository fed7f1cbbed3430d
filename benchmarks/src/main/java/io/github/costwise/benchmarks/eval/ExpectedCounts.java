package io.github.costwise.benchmarks.eval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.TokenUsage;

/**
 * How the counts that a row expects follow from disjoint buckets. A row counts cached
 * tokens within the input, and reasoning within the output.
 */
final class ExpectedCounts {

	private static final String INPUT_TEXT = "input_text_tokens";

	private static final Map<String, ToLongFunction<TokenUsage>> COUNTS = Map.ofEntries(
			Map.entry("input_tokens", TokenUsage::promptTokens), Map.entry("output_tokens", TokenUsage::outputTokens),
			Map.entry(INPUT_TEXT,
					sum(BilledUnit.INPUT, BilledUnit.CACHE_READ, BilledUnit.CACHE_WRITE_5M, BilledUnit.CACHE_WRITE_1H)),
			Map.entry("input_audio_tokens", sum(BilledUnit.INPUT_AUDIO, BilledUnit.CACHE_READ_AUDIO)),
			Map.entry("input_image_tokens", sum(BilledUnit.INPUT_IMAGE, BilledUnit.CACHE_READ_IMAGE)),
			Map.entry("input_video_tokens", sum(BilledUnit.INPUT_VIDEO, BilledUnit.CACHE_READ_VIDEO)),
			Map.entry("cache_read_tokens", TokenUsage::cacheReadTokens),
			Map.entry("cache_text_read_tokens", sum(BilledUnit.CACHE_READ)),
			Map.entry("cache_audio_read_tokens", sum(BilledUnit.CACHE_READ_AUDIO)),
			Map.entry("cache_image_read_tokens", sum(BilledUnit.CACHE_READ_IMAGE)),
			Map.entry("cache_video_read_tokens", sum(BilledUnit.CACHE_READ_VIDEO)),
			Map.entry("cache_write_tokens", TokenUsage::cacheWriteTokens),
			Map.entry("cache_write_5m_tokens", sum(BilledUnit.CACHE_WRITE_5M)),
			Map.entry("cache_write_1h_tokens", sum(BilledUnit.CACHE_WRITE_1H)),
			Map.entry("output_text_tokens", sum(BilledUnit.OUTPUT)),
			Map.entry("output_reasoning_tokens", sum(BilledUnit.OUTPUT_REASONING)),
			Map.entry("output_audio_tokens", sum(BilledUnit.OUTPUT_AUDIO)),
			Map.entry("output_image_tokens", sum(BilledUnit.OUTPUT_IMAGE)),
			Map.entry("web_searches", sum(BilledUnit.WEB_SEARCH)));

	private ExpectedCounts() {
	}

	/**
	 * Finds the counts that differ.
	 * @param expected the counts by name
	 * @param usage the buckets
	 * @return the buckets' own counts, by the names of those that differ
	 */
	static Map<String, Long> differences(Map<String, Long> expected, TokenUsage usage) {
		Map<String, Long> differences = new LinkedHashMap<>();
		expected.forEach((name, count) -> {
			ToLongFunction<TokenUsage> ours = COUNTS.get(name);
			long billedAs = count + (name.equals(INPUT_TEXT) ? withoutModality(expected) : 0);
			if (ours != null && ours.applyAsLong(usage) != billedAs) {
				differences.put(name, ours.applyAsLong(usage));
			}
		});
		return differences;
	}

	/**
	 * Returns whether buckets tell a count: not so for what is billed like other input.
	 * @param name the name of the count
	 * @return whether it is compared
	 */
	static boolean isCompared(String name) {
		return COUNTS.containsKey(name);
	}

	/**
	 * Returns the input that a body says no modality of. It is billed like text, and so
	 * it is in the bucket of text.
	 */
	private static long withoutModality(Map<String, Long> expected) {
		long stated = 0;
		for (String modality : List.of("text", "audio", "image", "video")) {
			stated += expected.getOrDefault("input_" + modality + "_tokens", 0L);
		}
		return Math.max(0, expected.getOrDefault("input_tokens", stated) - stated);
	}

	private static ToLongFunction<TokenUsage> sum(BilledUnit... units) {
		return (usage) -> {
			long sum = 0;
			for (BilledUnit unit : units) {
				sum += usage.get(unit);
			}
			return sum;
		};
	}

}

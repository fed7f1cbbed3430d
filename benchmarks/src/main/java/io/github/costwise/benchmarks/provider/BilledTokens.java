package io.github.costwise.benchmarks.provider;

import java.util.SplittableRandom;

/**
 * What one answer used, as the provider counts it. The counts are disjoint.
 *
 * @param input input tokens at the full rate
 * @param cacheRead input tokens read from the cache
 * @param cacheWrite5m input tokens written to the cache for five minutes
 * @param cacheWrite1h input tokens written to the cache for one hour
 * @param output output tokens that are shown
 * @param reasoning output tokens that are not shown
 * @since 0.1.0
 */
public record BilledTokens(long input, long cacheRead, long cacheWrite5m, long cacheWrite1h, long output,
		long reasoning) {

	private static final int MOST = 60_000;

	/**
	 * Draws counts, from nothing to tens of thousands.
	 * @param random the source
	 * @param oneHour whether the request asks to cache for one hour, so that five minutes
	 * do not occur
	 * @return the counts
	 */
	public static BilledTokens draw(SplittableRandom random, boolean oneHour) {
		long write = oneHour ? count(random) + 1 : sometimes(random, .2);
		return new BilledTokens(count(random) + 1, sometimes(random, .4), oneHour ? 0 : write, oneHour ? write : 0,
				count(random) + 1, sometimes(random, .3));
	}

	/**
	 * Returns the usage as OpenAI's chat completions, and those compatible with them,
	 * report it.
	 * @param extras what else is billed
	 * @return a JSON object
	 */
	public String toOpenAi(Extras extras) {
		StringBuilder usage = new StringBuilder(toOpenAi());
		usage.setLength(usage.length() - 1);
		if (extras.searches() > 0) {
			usage.append(",\"num_search_queries\":").append(extras.searches());
		}
		if (extras.reported() != null) {
			usage.append(",\"cost\":").append(extras.reported().toPlainString());
		}
		return usage.append('}').toString();
	}

	private String toOpenAi() {
		long prompt = this.input + this.cacheRead + this.cacheWrite5m + this.cacheWrite1h;
		long completion = this.output + this.reasoning;
		return """
				{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,\
				"prompt_tokens_details":{"cached_tokens":%d,"cache_write_tokens":%d,"audio_tokens":0},\
				"completion_tokens_details":{"reasoning_tokens":%d,"audio_tokens":0,\
				"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}""".formatted(prompt, completion,
				prompt + completion, this.cacheRead, this.cacheWrite5m + this.cacheWrite1h, this.reasoning);
	}

	/**
	 * Returns the usage as Anthropic's messages report it.
	 * @param extras what else is billed
	 * @param other the model of a further round, where that is another one
	 * @return a JSON object
	 */
	public String toAnthropic(Extras extras, String other) {
		String tier = (extras.kind() == Extras.ExtraKind.CLASS) ? "priority" : "standard";
		StringBuilder usage = new StringBuilder("{").append(anthropicCounts())
			.append(",\"service_tier\":\"" + tier + "\"");
		if (extras.searches() > 0) {
			usage.append(",\"server_tool_use\":{\"web_search_requests\":" + extras.searches() + "}");
		}
		if (extras.kind() == Extras.ExtraKind.REGION) {
			usage.append(",\"inference_geo\":\"us\"");
		}
		if (extras.round() != null) {
			String named = (extras.kind() == Extras.ExtraKind.ADVISOR)
					? "\"type\":\"advisor_message\",\"model\":\"" + other + "\"," : "\"type\":\"compaction\",";
			usage.append(",\"iterations\":[{" + named + extras.round().anthropicCounts() + "},{\"type\":\"message\","
					+ anthropicCounts() + "}]");
		}
		return usage.append('}').toString();
	}

	private String anthropicCounts() {
		return """
				"input_tokens":%d,"cache_read_input_tokens":%d,"cache_creation_input_tokens":%d,\
				"cache_creation":{"ephemeral_5m_input_tokens":%d,"ephemeral_1h_input_tokens":%d},\
				"output_tokens":%d""".formatted(this.input, this.cacheRead, this.cacheWrite5m + this.cacheWrite1h,
				this.cacheWrite5m, this.cacheWrite1h, this.output + this.reasoning);
	}

	private static long sometimes(SplittableRandom random, double share) {
		return (random.nextDouble() < share) ? count(random) + 1 : 0;
	}

	private static long count(SplittableRandom random) {
		return random.nextInt(random.nextInt(1, MOST));
	}

}

package io.github.costwise.accounting.usage;

import java.util.Locale;

import io.github.costwise.text.Parts;

/**
 * The names that providers use in a usage body. One constant stands for the snake-case
 * name of the JSON, the camel-case name of it, and the accessor of a client's class.
 */
enum Field {

	ADDITIONAL_PROPERTIES("additional_properties"), AUDIO_TOKENS("audio_tokens"), BASE_URL("base_url"),
	BILLED_UNITS("billed_units"), CANDIDATE_COUNT("candidate_count"), CODE_INTERPRETER_CALLS("code_interpreter_calls"),
	CURRENCY("currency"), DOCUMENT_SEARCH_CALLS("document_search_calls"), FILE_SEARCH_CALLS("file_search_calls"),
	NUM_SOURCES_USED("num_sources_used"), PROMPT_AUDIO_SECONDS("prompt_audio_seconds"), ENABLE_SEARCH("enable_search"),
	GOOGLE_SEARCH_RETRIEVAL("google_search_retrieval"), MODE("mode"), SEARCH_PARAMETERS("search_parameters"),
	WEB_SEARCH_OPTIONS("web_search_options"), CACHE_CREATION("cache_creation"),
	CACHE_CREATION_INPUT_TOKENS("cache_creation_input_tokens"), CACHE_CREATION_TOKENS("cache_creation_tokens"),
	CACHE_CREATION_TOKEN_DETAILS("cache_creation_token_details"), CACHE_READ_TOKENS("cache_read_tokens"),
	CACHED_INPUT_TOKENS("cached_input_tokens"), CITATION_TOKENS("citation_tokens"), CACHE_DETAILS("cache_details"),
	CACHE_READ_INPUT_TOKENS("cache_read_input_tokens"), CACHE_READ_INPUT_TOKEN_COUNT("cache_read_input_token_count"),
	CACHE_TOKENS_DETAILS("cache_tokens_details"), CACHE_WRITE_INPUT_TOKENS("cache_write_input_tokens"),
	CACHE_WRITE_INPUT_TOKEN_COUNT("cache_write_input_token_count"), CACHE_WRITE_TOKENS("cache_write_tokens"),
	CACHED_CONTENT_TOKEN_COUNT("cached_content_token_count"), CACHED_PROMPT_TEXT_TOKENS("cached_prompt_text_tokens"),
	CACHED_TOKENS("cached_tokens"), CACHED_TOKENS_DETAILS("cached_tokens_details"),
	CANDIDATES_TOKEN_COUNT("candidates_token_count"), CANDIDATES_TOKENS_DETAILS("candidates_tokens_details"),
	COMPLETION_TOKENS("completion_tokens"), COMPLETION_TOKENS_DETAILS("completion_tokens_details"), COST("cost"),
	COST_DETAILS("cost_details"), COST_IN_USD_TICKS("cost_in_usd_ticks"),
	EPHEMERAL_1H_INPUT_TOKENS("ephemeral_1h_input_tokens", "ephemeral1hInputTokens"),
	EPHEMERAL_5M_INPUT_TOKENS("ephemeral_5m_input_tokens", "ephemeral5mInputTokens"), EVAL_COUNT("eval_count"),
	EXTRA_BODY("extra_body"), IMAGE_TOKENS("image_tokens"), INFERENCE_GEO("inference_geo"),
	INPUT_TOKENS("input_tokens"), INPUT_TOKEN_DETAILS("input_token_details"),
	INPUT_TOKENS_DETAILS("input_tokens_details"), IS_BYOK("is_byok"), ITERATIONS("iterations"), MODEL("model"),
	MODALITY("modality"), N("n"), NUM_CACHED_TOKENS("num_cached_tokens"), NUM_SEARCH_QUERIES("num_search_queries"),
	OUTPUT_TOKENS("output_tokens"), OUTPUT_TOKEN_DETAILS("output_token_details"),
	OUTPUT_TOKENS_DETAILS("output_tokens_details"), PROMPT_CACHE_HIT_TOKENS("prompt_cache_hit_tokens"),
	PROMPT_EVAL_COUNT("prompt_eval_count"), PROMPT_TOKEN_COUNT("prompt_token_count"), PROMPT_TOKENS("prompt_tokens"),
	PROMPT_TOKENS_DETAILS("prompt_tokens_details"), REASONING_TOKENS("reasoning_tokens"),
	RESPONSE_TOKEN_COUNT("response_token_count"), RESPONSE_TOKENS_DETAILS("response_tokens_details"),
	SEARCH_UNITS("search_units"), SERVER_SIDE_TOOL_USAGE_DETAILS("server_side_tool_usage_details"),
	SERVER_TOOL_USE("server_tool_use"), SERVICE_TIER("service_tier"), SPEED("speed"),
	THINKING_TOKENS("thinking_tokens"), THOUGHTS_TOKEN_COUNT("thoughts_token_count"), TOKEN_COUNT("token_count"),
	TOKENS("tokens"), TOOL_USE_PROMPT_TOKEN_COUNT("tool_use_prompt_token_count"),
	TOOL_USE_PROMPT_TOKENS_DETAILS("tool_use_prompt_tokens_details"), TOTAL_COST("total_cost"),
	TOTAL_TOKEN_COUNT("total_token_count"), TOTAL_TOKENS("total_tokens"), TRAFFIC_TYPE("traffic_type"), TTL("ttl"),
	TYPE("type"), UPSTREAM_INFERENCE_COST("upstream_inference_cost"),
	UPSTREAM_INFERENCE_COMPLETIONS_COST("upstream_inference_completions_cost"),
	UPSTREAM_INFERENCE_PROMPT_COST("upstream_inference_prompt_cost"), VIDEO_TOKENS("video_tokens"),
	WEB_SEARCH_CALLS("web_search_calls"), WEB_SEARCH_REQUESTS("web_search_requests"), X_SEARCH_CALLS("x_search_calls");

	private final String snake;

	private final String camel;

	Field(String snake) {
		this(snake, camel(snake));
	}

	Field(String snake, String camel) {
		this.snake = snake;
		this.camel = camel;
	}

	String snake() {
		return this.snake;
	}

	String camel() {
		return this.camel;
	}

	String getter() {
		return "get" + this.camel.substring(0, 1).toUpperCase(Locale.ROOT) + this.camel.substring(1);
	}

	private static String camel(String snake) {
		String[] words = Parts.of(snake, "_");
		StringBuilder name = new StringBuilder(words[0]);
		for (int i = 1; i < words.length; i++) {
			name.append(words[i].substring(0, 1).toUpperCase(Locale.ROOT)).append(words[i].substring(1));
		}
		return name.toString();
	}

}

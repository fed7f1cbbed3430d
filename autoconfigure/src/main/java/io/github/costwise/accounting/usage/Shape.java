package io.github.costwise.accounting.usage;

import java.util.Map;
import java.util.Set;

import org.springframework.ai.chat.metadata.Usage;

import io.github.costwise.accounting.wire.WireReading;
import io.github.costwise.spi.UsageNormalizer.UsageContext;

/** The forms of usage bodies, told by the class of the native usage or by its fields. */
enum Shape {

	/** OpenAI, and all that are compatible: cached tokens are part of the prompt. */
	OPENAI,

	/** Anthropic and Bedrock: cached tokens are counted apart from the input. */
	ANTHROPIC,

	/** Gemini: thoughts and tool results are counted apart. */
	GOOGLE,

	/** Ollama. */
	OLLAMA,

	/** Cohere: billed units beside the tokens processed. */
	COHERE,

	/** No native usage, or one of a form not known. */
	COMMON;

	private static final Set<String> CACHE_APART = Set.of("anthropic", "bedrock");

	static Shape of(Usage usage, UsageContext context) {
		Object body = usage.getNativeUsage();
		if (body == null || body instanceof Map<?, ?> map && map.isEmpty()) {
			return COMMON;
		}
		if (usage instanceof WireReading wire && wire.anthropic()) {
			return ANTHROPIC;
		}
		Shape typed = NativeViews.shapeOf(body);
		if (typed != null) {
			return typed;
		}
		UsageFields fields = NativeViews.view(body);
		return (fields != null) ? of(fields, context) : COMMON;
	}

	/** Returns whether a provider counts cached tokens apart from the input. */
	static boolean isCacheApart(UsageContext context) {
		return CACHE_APART.contains(context.provider())
				|| context.provider().equals("vertex_ai") && context.model().contains("claude");
	}

	private static Shape of(UsageFields fields, UsageContext context) {
		if (anyOf(fields, Field.PROMPT_TOKENS, Field.COMPLETION_TOKENS)) {
			return OPENAI;
		}
		if (anyOf(fields, Field.PROMPT_TOKEN_COUNT, Field.CANDIDATES_TOKEN_COUNT, Field.TOTAL_TOKEN_COUNT)) {
			return GOOGLE;
		}
		if (anyOf(fields, Field.INPUT_TOKENS, Field.OUTPUT_TOKENS)) {
			return isAnthropic(fields, context) ? ANTHROPIC : OPENAI;
		}
		if (anyOf(fields, Field.PROMPT_EVAL_COUNT, Field.EVAL_COUNT)) {
			return OLLAMA;
		}
		return anyOf(fields, Field.BILLED_UNITS) ? COHERE : COMMON;
	}

	private static boolean isAnthropic(UsageFields fields, UsageContext context) {
		return isCacheApart(context) || anyOf(fields, Field.CACHE_CREATION_INPUT_TOKENS, Field.CACHE_READ_INPUT_TOKENS,
				Field.CACHE_WRITE_INPUT_TOKENS, Field.CACHE_CREATION, Field.CACHE_DETAILS);
	}

	private static boolean anyOf(UsageFields fields, Field... names) {
		for (Field name : names) {
			if (fields.has(name)) {
				return true;
			}
		}
		return false;
	}

}

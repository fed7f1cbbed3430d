package io.github.costwise.accounting.usage;

import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.ModalityTokenCount;

/** Reads the usage of Google's Java client. Only this class sees the client. */
final class GoogleFields {

	private GoogleFields() {
	}

	static UsageFields of(Object usage) {
		GenerateContentResponseUsageMetadata body = (GenerateContentResponseUsageMetadata) usage;
		return (field) -> switch (field) {
			case PROMPT_TOKEN_COUNT -> body.promptTokenCount().orElse(null);
			case CANDIDATES_TOKEN_COUNT -> body.candidatesTokenCount().orElse(null);
			case THOUGHTS_TOKEN_COUNT -> body.thoughtsTokenCount().orElse(null);
			case CACHED_CONTENT_TOKEN_COUNT -> body.cachedContentTokenCount().orElse(null);
			case TOOL_USE_PROMPT_TOKEN_COUNT -> body.toolUsePromptTokenCount().orElse(null);
			case TOTAL_TOKEN_COUNT -> body.totalTokenCount().orElse(null);
			case PROMPT_TOKENS_DETAILS -> body.promptTokensDetails().orElse(null);
			case CANDIDATES_TOKENS_DETAILS -> body.candidatesTokensDetails().orElse(null);
			case CACHE_TOKENS_DETAILS -> body.cacheTokensDetails().orElse(null);
			case TOOL_USE_PROMPT_TOKENS_DETAILS -> body.toolUsePromptTokensDetails().orElse(null);
			case TRAFFIC_TYPE -> body.trafficType().orElse(null);
			default -> null;
		};
	}

	static UsageFields ofModality(Object count) {
		ModalityTokenCount body = (ModalityTokenCount) count;
		return (field) -> switch (field) {
			case MODALITY -> body.modality().orElse(null);
			case TOKEN_COUNT -> body.tokenCount().orElse(null);
			default -> null;
		};
	}

}

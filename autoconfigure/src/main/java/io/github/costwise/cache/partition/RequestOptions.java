package io.github.costwise.cache.partition;

import java.util.List;
import java.util.Set;

import org.springframework.ai.chat.prompt.ChatOptions;

import io.github.costwise.cache.partition.DigestedValues.UnreadableException;
import io.github.costwise.cache.partition.Properties.Getter;

/**
 * Adds the options of a request to a digest: every property that the options of any
 * provider have, but for those that cannot change an answer.
 */
final class RequestOptions {

	/**
	 * How the request is sent, not what is asked; tools are added by their definitions,
	 * and their context where tools may run.
	 */
	private static final Set<String> WITHOUT_EFFECT = Set.of("toolCallbacks", "toolContext", "timeout", "maxRetries",
			"proxy", "credential", "streamOptions", "streamUsage", "cacheOptions", "promptCacheKey", "serviceTier",
			"internalToolExecutionEnabled");

	private RequestOptions() {
	}

	static void add(ChatOptions options, FieldDigest digest) throws UnreadableException {
		List<Getter> getters = Properties.of(options.getClass()).getters();
		digest.add(getters.size());
		for (Getter getter : getters) {
			if (!WITHOUT_EFFECT.contains(getter.name())) {
				digest.add(getter.name());
				DigestedValues.add(getter.get(options), digest);
			}
		}
	}

}

package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * Tells which options a request loses when it is sent to a model that refuses them: once
 * for each model and option. Thread-safe.
 */
final class LeftOutOptions {

	private static final Log logger = LogFactory.getLog(LeftOutOptions.class);

	private static final int MOST_TOLD = 500;

	private static final Map<String, Function<ChatOptions, @Nullable Object>> COMMON = new LinkedHashMap<>();

	static {
		COMMON.put("temperature", ChatOptions::getTemperature);
		COMMON.put("top-p", ChatOptions::getTopP);
		COMMON.put("top-k", ChatOptions::getTopK);
		COMMON.put("frequency penalty", ChatOptions::getFrequencyPenalty);
		COMMON.put("presence penalty", ChatOptions::getPresencePenalty);
		COMMON.put("stop sequences", ChatOptions::getStopSequences);
	}

	private final Set<String> told = ConcurrentHashMap.newKeySet();

	/**
	 * Returns what is lost, by name.
	 * @param before the options as they were asked for
	 * @param after the options as they are sent
	 * @param provider whose options both are
	 */
	static List<String> between(ChatOptions before, ChatOptions after, ProviderOptions provider) {
		List<String> lost = new ArrayList<>();
		COMMON.forEach((name, value) -> {
			Object asked = value.apply(before);
			if (asked != null && isLost(asked, value.apply(after))
					&& !asked.equals(value.apply(provider.classDefaults(before)))) {
				lost.add(name);
			}
		});
		provider.refusable().forEach((name, value) -> {
			if (isLost(value.apply(before), value.apply(after))) {
				lost.add(name);
			}
		});
		return lost;
	}

	private static boolean isLost(@Nullable Object before, @Nullable Object after) {
		return before != null && size(after) < size(before);
	}

	private static int size(@Nullable Object value) {
		if (value instanceof Collection<?> values) {
			return values.size();
		}
		return (value instanceof Map<?, ?> map) ? map.size() : (value != null) ? 1 : 0;
	}

	void tell(String model, List<String> lost) {
		List<String> fresh = lost.stream()
			.filter((name) -> this.told.size() < MOST_TOLD && this.told.add(model + '\n' + name))
			.toList();
		if (!fresh.isEmpty()) {
			logger.warn("Costwise: requests for the model '" + model + "' are sent without what it or its server would "
					+ "refuse: " + String.join(", ", fresh));
		}
	}

}

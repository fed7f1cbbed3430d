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

	private static final ClassValue<Shape> SHAPES = new ClassValue<>() {

		@Override
		protected Shape computeValue(Class<?> type) {
			return shape(type);
		}

	};

	private RequestOptions() {
	}

	static void add(ChatOptions options, FieldDigest digest) throws UnreadableException {
		Shape shape = SHAPES.get(options.getClass());
		digest.add(shape.digest());
		for (Getter getter : shape.getters()) {
			DigestedValues.add(getter.get(options), digest);
		}
	}

	private static Shape shape(Class<?> type) {
		List<Getter> getters = Properties.of(type)
			.getters()
			.stream()
			.filter((getter) -> !WITHOUT_EFFECT.contains(getter.name()))
			.toList();
		FieldDigest digest = new FieldDigest().add(type.getName()).add(getters.size());
		getters.forEach((getter) -> digest.add(getter.name()));
		return new Shape(getters, digest.toHex());
	}

	/**
	 * What all options of a class have in common. Immutable.
	 *
	 * @param getters the properties that can change an answer
	 * @param digest of the name of the class and those of the properties
	 */
	private record Shape(List<Getter> getters, String digest) {

	}

}

package io.github.costwise.cache.partition;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

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

	private static final ClassValue<OptionsShape> SHAPES = new ClassValue<>() {

		@Override
		protected OptionsShape computeValue(Class<?> type) {
			return shape(type);
		}

	};

	private RequestOptions() {
	}

	static void add(ChatOptions options, FieldDigest digest) throws UnreadableException {
		OptionsShape shape = SHAPES.get(options.getClass());
		@Nullable Object[] values = shape.read(options);
		KnownOptions last = shape.last().get();
		if (last != null && last.are(values)) {
			digest.add(last.digest());
			return;
		}
		String own = digest(shape, values);
		digest.add(own);
		KnownOptions known = KnownOptions.of(values, own);
		if (known != null) {
			shape.last().lazySet(known);
		}
	}

	private static String digest(OptionsShape shape, @Nullable Object[] values) throws UnreadableException {
		FieldDigest digest = new FieldDigest().add(shape.digest());
		for (Object value : values) {
			DigestedValues.add(value, digest);
		}
		return digest.toHex();
	}

	private static OptionsShape shape(Class<?> type) {
		List<Getter> getters = Properties.of(type)
			.getters()
			.stream()
			.filter((getter) -> !WITHOUT_EFFECT.contains(getter.name()))
			.toList();
		FieldDigest digest = new FieldDigest().add(type.getName()).add(getters.size());
		getters.forEach((getter) -> digest.add(getter.name()));
		return new OptionsShape(getters, digest.toHex(), new AtomicReference<>());
	}

	/**
	 * What all options of a class have in common. Thread-safe.
	 *
	 * @param getters the properties that can change an answer
	 * @param digest of the name of the class and those of the properties
	 * @param last the options that were seen last, since most requests of an application
	 * have the same
	 */
	private record OptionsShape(List<Getter> getters, String digest, AtomicReference<@Nullable KnownOptions> last) {

		@Nullable Object[] read(ChatOptions options) throws UnreadableException {
			@Nullable Object[] values = new Object[this.getters.size()];
			for (int i = 0; i < values.length; i++) {
				Object value = this.getters.get(i).get(options);
				values[i] = (value instanceof Optional<?> optional) ? optional.orElse(null) : value;
			}
			return values;
		}

	}

}

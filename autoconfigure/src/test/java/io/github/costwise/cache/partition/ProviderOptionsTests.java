package io.github.costwise.cache.partition;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatOptions;

import io.github.costwise.cache.partition.PartitionResult.Found;
import io.github.costwise.faults.Faults;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every setting of the builders of providers' options is part of the partition, unless it
 * cannot change an answer.
 */
@Tag("unit")
class ProviderOptionsTests {

	/** Settings of how a request is sent, or which the digest adds otherwise. */
	private static final Set<String> WITHOUT_EFFECT = Set.of("timeout", "maxRetries", "proxy", "credential",
			"streamOptions", "streamUsage", "cacheOptions", "promptCacheKey", "serviceTier", "toolCallbacks",
			"toolContext", "internalToolExecutionEnabled");

	private final Partitions partitions = new Partitions(null, List.of(), new Faults());

	static Stream<Arguments> providers() {
		return Stream.of(provider(OpenAiChatOptions::builder, 20), provider(AnthropicChatOptions::builder, 6),
				provider(OllamaChatOptions::builder, 20), provider(GoogleGenAiChatOptions::builder, 8));
	}

	@ParameterizedTest
	@MethodSource("providers")
	void everySettingCounts(Supplier<ChatOptions.Builder<?>> builders, int least) throws Exception {
		ChatOptions plain = builders.get().build();
		List<String> tried = new ArrayList<>();
		for (Map.Entry<String, Method> setter : setters(builders.get().getClass()).entrySet()) {
			ChatOptions changed = changed(builders.get(), setter.getValue());
			if (changed != null && !state(changed).equals(state(plain))) {
				assertThat(!partition(changed).equals(partition(plain)))
					.as("%s of %s", setter.getKey(), changed.getClass())
					.isEqualTo(!WITHOUT_EFFECT.contains(setter.getKey()));
				tried.add(setter.getKey());
			}
		}
		assertThat(tried).hasSizeGreaterThanOrEqualTo(least).contains("model", "temperature", "topP");
	}

	/** What the options hold, whether they tell it or not. */
	private static Map<String, Object> state(ChatOptions options) throws IllegalAccessException {
		Map<String, Object> state = new LinkedHashMap<>();
		for (Class<?> type = options.getClass(); type != Object.class; type = type.getSuperclass()) {
			for (Field field : type.getDeclaredFields()) {
				if (!Modifier.isStatic(field.getModifiers())) {
					field.setAccessible(true);
					state.put(type.getName() + "." + field.getName(), String.valueOf(field.get(options)));
				}
			}
		}
		return state;
	}

	private static Map<String, Method> setters(Class<?> builder) {
		Map<String, Method> setters = new LinkedHashMap<>();
		for (Method method : builder.getMethods()) {
			if (method.getParameterCount() == 1 && !Modifier.isStatic(method.getModifiers())
					&& method.getDeclaringClass() != Object.class
					&& value(method.getGenericParameterTypes()[0]) != null) {
				setters.put(method.getName(), method);
			}
		}
		return setters;
	}

	/** What the setting does, or {@code null} where it refuses the value made up here. */
	private static @Nullable ChatOptions changed(ChatOptions.Builder<?> builder, Method setter) {
		try {
			setter.setAccessible(true);
			setter.invoke(builder, value(setter.getGenericParameterTypes()[0]));
			return builder.build();
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			return null;
		}
	}

	private static @Nullable Object value(Type type) {
		if (type instanceof ParameterizedType generic) {
			Class<?> raw = (Class<?>) generic.getRawType();
			Type[] of = generic.getActualTypeArguments();
			boolean texts = Stream.of(of).allMatch((each) -> each == String.class || each == Object.class);
			if (raw == Map.class && of[0] == String.class && (texts || of[1] == Integer.class)) {
				return Map.of("7", texts ? "7" : 7);
			}
			return (raw == List.class && texts) ? List.of("7") : (raw == Set.class && texts) ? Set.of("7") : null;
		}
		if (type == Integer.class || type == int.class) {
			return 7;
		}
		if (type == Long.class || type == long.class) {
			return 7L;
		}
		if (type == Double.class || type == double.class) {
			return .77;
		}
		if (type == Float.class) {
			return .77f;
		}
		if (type == Boolean.class || type == boolean.class) {
			return true;
		}
		if (type == Duration.class) {
			return Duration.ofSeconds(77);
		}
		if (type instanceof Class<?> raw && raw.isEnum()) {
			return raw.getEnumConstants()[raw.getEnumConstants().length - 1];
		}
		return (type == String.class || type == Object.class) ? "seven" : null;
	}

	private static Arguments provider(Supplier<ChatOptions.Builder<?>> builders, int least) {
		return Arguments.of(builders, least);
	}

	private String partition(ChatOptions options) {
		PartitionResult result = this.partitions.of(Requests.plain().options(options).build(), false, null, 1000);
		assertThat(result).isInstanceOf(Found.class);
		return ((Found) result).question().key().partition();
	}

}

package io.github.costwise.accounting.usage;

import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Finds the reader of a native usage. Classes of clients that may be absent are known by
 * name, and the reader of a class is found once.
 */
final class NativeViews {

	private static final Function<Object, UsageFields> OPENAI = ClientFields.reader(new ClientFields.Json(
			(held) -> OpenAiJson.plain(held), (others, name) -> OpenAiJson.additional(others, name)));

	private static final Function<Object, UsageFields> ANTHROPIC = ClientFields.reader(new ClientFields.Json(
			(held) -> AnthropicJson.plain(held), (others, name) -> AnthropicJson.additional(others, name)));

	private static final Map<String, Kind> TYPED = Map.of("com.openai.models.completions.CompletionUsage",
			new Kind(Shape.OPENAI, OPENAI), "com.anthropic.models.messages.Usage", new Kind(Shape.ANTHROPIC, ANTHROPIC),
			"com.anthropic.models.messages.MessageDeltaUsage", new Kind(Shape.ANTHROPIC, ANTHROPIC),
			"com.google.genai.types.GenerateContentResponseUsageMetadata",
			new Kind(Shape.GOOGLE, (body) -> GoogleFields.of(body)), "com.google.genai.types.ModalityTokenCount",
			new Kind(null, (body) -> GoogleFields.ofModality(body)));

	/** What usages of these clients are made of. */
	private static final Map<String, Kind> PARTS = Map.of("com.openai.models.", new Kind(null, OPENAI),
			"com.anthropic.models.", new Kind(null, ANTHROPIC));

	private static final Kind MAP = new Kind(null, (body) -> new MapFields((Map<?, ?>) body));

	private static final Kind OBJECT = new Kind(null, ReflectiveFields::of);

	private static final ClassValue<Kind> KINDS = new ClassValue<>() {

		@Override
		protected Kind computeValue(Class<?> type) {
			return find(type);
		}

	};

	private NativeViews() {
	}

	/** Returns the reader of a body, or {@code null} when there is none to read. */
	static @Nullable UsageFields view(@Nullable Object body) {
		if (body == null) {
			return null;
		}
		return (body instanceof UsageFields fields) ? fields : KINDS.get(body.getClass()).reader().apply(body);
	}

	/** Returns the shape that the class of a body tells, or {@code null} for none. */
	static @Nullable Shape shapeOf(Object body) {
		return KINDS.get(body.getClass()).shape();
	}

	private static Kind find(Class<?> type) {
		for (Class<?> ancestor = type; ancestor != null; ancestor = ancestor.getSuperclass()) {
			Kind typed = TYPED.get(ancestor.getName());
			if (typed != null) {
				return typed;
			}
		}
		for (Map.Entry<String, Kind> client : PARTS.entrySet()) {
			if (type.getName().startsWith(client.getKey())) {
				return client.getValue();
			}
		}
		return Map.class.isAssignableFrom(type) ? MAP : OBJECT;
	}

	private record Kind(@Nullable Shape shape, Function<Object, UsageFields> reader) {

	}

}

package io.github.costwise.accounting.usage;

import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Finds the reader of a native usage. Classes of clients that may be absent are known by
 * name, and the reader of a class is found once.
 */
final class NativeViews {

	private static final Function<Object, UsageFields> OPENAI = ClientFields.reader(new ClientFields.ClientJson(
			(held) -> OpenAiJson.plain(held), (others, name) -> OpenAiJson.additional(others, name)));

	private static final Function<Object, UsageFields> ANTHROPIC = ClientFields.reader(new ClientFields.ClientJson(
			(held) -> AnthropicJson.plain(held), (others, name) -> AnthropicJson.additional(others, name)));

	private static final Map<String, NativeKind> TYPED = Map.of("com.openai.models.completions.CompletionUsage",
			new NativeKind(Shape.OPENAI, OPENAI), "com.anthropic.models.messages.Usage",
			new NativeKind(Shape.ANTHROPIC, ANTHROPIC), "com.anthropic.models.messages.MessageDeltaUsage",
			new NativeKind(Shape.ANTHROPIC, ANTHROPIC), "com.google.genai.types.GenerateContentResponseUsageMetadata",
			new NativeKind(Shape.GOOGLE, (body) -> GoogleFields.of(body)), "com.google.genai.types.ModalityTokenCount",
			new NativeKind(null, (body) -> GoogleFields.ofModality(body)));

	/** What usages of these clients are made of. */
	private static final Map<String, NativeKind> PARTS = Map.of("com.openai.models.", new NativeKind(null, OPENAI),
			"com.anthropic.models.", new NativeKind(null, ANTHROPIC));

	private static final NativeKind MAP = new NativeKind(null, (body) -> new MapFields((Map<?, ?>) body));

	private static final NativeKind OBJECT = new NativeKind(null, ReflectiveFields::of);

	private static final ClassValue<NativeKind> KINDS = new ClassValue<>() {

		@Override
		protected NativeKind computeValue(Class<?> type) {
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

	private static NativeKind find(Class<?> type) {
		for (Class<?> ancestor = type; ancestor != null; ancestor = ancestor.getSuperclass()) {
			NativeKind typed = TYPED.get(ancestor.getName());
			if (typed != null) {
				return typed;
			}
		}
		for (Map.Entry<String, NativeKind> client : PARTS.entrySet()) {
			if (type.getName().startsWith(client.getKey())) {
				return client.getValue();
			}
		}
		return Map.class.isAssignableFrom(type) ? MAP : OBJECT;
	}

	private record NativeKind(@Nullable Shape shape, Function<Object, UsageFields> reader) {

	}

}

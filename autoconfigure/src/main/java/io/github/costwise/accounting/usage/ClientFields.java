package io.github.costwise.accounting.usage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Reads a usage body of the Java clients of OpenAI and Anthropic as the JSON that it came
 * from: a field has the same value whether the version of the client has an accessor for
 * it or keeps it among its additional properties.
 *
 * @param body an object of the client
 * @param accessors its accessors of JSON fields
 * @param others its additional properties, or {@code null} when it has none
 * @param json how the client holds JSON
 */
record ClientFields(Object body, Accessors accessors, @Nullable Object others, ClientJson json) implements UsageFields {

	private static final ClassValue<Accessors> ACCESSORS = new ClassValue<>() {

		@Override
		protected Accessors computeValue(Class<?> type) {
			return Accessors.of(type, (field) -> Stream.of("_" + field.camel()));
		}

	};

	static Function<Object, UsageFields> reader(ClientJson json) {
		return (body) -> {
			Accessors accessors = ACCESSORS.get(body.getClass());
			Object others = accessors.read(body, Field.ADDITIONAL_PROPERTIES);
			boolean any = others instanceof Map<?, ?> map && !map.isEmpty();
			return new ClientFields(body, accessors, any ? others : null, json);
		};
	}

	@Override
	public @Nullable Object value(Field field) {
		if (this.accessors.has(field)) {
			Object held = this.accessors.read(this.body, field);
			return (held != null) ? this.json.plain().apply(held) : null;
		}
		return (this.others != null) ? this.json.additional().apply(this.others, field.snake()) : null;
	}

	@Override
	public Map<String, Object> untyped() {
		Map<String, Object> others = new LinkedHashMap<>();
		if (this.others instanceof Map<?, ?> map) {
			for (Object name : map.keySet()) {
				Object value = this.json.additional().apply(map, String.valueOf(name));
				if (value != null) {
					others.put(String.valueOf(name), value);
				}
			}
		}
		return others;
	}

	/**
	 * How a client holds JSON.
	 *
	 * @param plain returns what a field holds
	 * @param additional returns one of its additional properties
	 */
	record ClientJson(Function<Object, @Nullable Object> plain,
			BiFunction<Object, String, @Nullable Object> additional) {

	}

}

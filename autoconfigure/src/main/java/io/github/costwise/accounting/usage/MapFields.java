package io.github.costwise.accounting.usage;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Reads a usage body that is the provider's own JSON. */
record MapFields(Map<?, ?> body) implements UsageFields {

	@Override
	public @Nullable Object value(Field field) {
		Object value = this.body.get(field.snake());
		return (value != null) ? value : this.body.get(field.camel());
	}

	@Override
	public Map<String, Object> untyped() {
		Map<String, Object> others = new LinkedHashMap<>();
		this.body.forEach((name, value) -> {
			if (value != null) {
				others.put(String.valueOf(name), value);
			}
		});
		return others;
	}

}

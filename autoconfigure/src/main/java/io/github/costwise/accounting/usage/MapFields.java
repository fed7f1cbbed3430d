package io.github.costwise.accounting.usage;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Reads a usage body that is the provider's own JSON. */
record MapFields(Map<?, ?> body) implements UsageFields {

	@Override
	public @Nullable Object value(Field field) {
		Object value = this.body.get(field.snake());
		return (value != null) ? value : this.body.get(field.camel());
	}

}

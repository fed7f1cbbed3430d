package io.github.costwise.accounting.usage;

import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Reads a usage body that is an object of a client which need not be on the class path,
 * by the names of its public accessors. They are looked up once per class.
 */
record ReflectiveFields(Object body, Accessors accessors) implements UsageFields {

	private static final ClassValue<Accessors> ACCESSORS = new ClassValue<>() {

		@Override
		protected Accessors computeValue(Class<?> type) {
			return Accessors.of(type, (field) -> Stream.of(field.camel(), field.getter()));
		}

	};

	static ReflectiveFields of(Object body) {
		return new ReflectiveFields(body, ACCESSORS.get(body.getClass()));
	}

	@Override
	public @Nullable Object value(Field field) {
		Object value = this.accessors.read(this.body, field);
		return (value instanceof Optional<?> optional) ? optional.orElse(null) : value;
	}

}

package io.github.costwise.accounting.usage;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Reads a usage body that is an object of a client which need not be on the class path,
 * by the names of its public accessors. They are looked up once per class.
 */
record ReflectiveFields(Object body, Map<Field, MethodHandle> accessors) implements UsageFields {

	private static final MethodType ACCESSOR = MethodType.methodType(Object.class, Object.class);

	private static final ClassValue<Map<Field, MethodHandle>> ACCESSORS = new ClassValue<>() {

		@Override
		protected Map<Field, MethodHandle> computeValue(Class<?> type) {
			return lookUp(type);
		}

	};

	static ReflectiveFields of(Object body) {
		return new ReflectiveFields(body, ACCESSORS.get(body.getClass()));
	}

	@Override
	public @Nullable Object value(Field field) {
		MethodHandle accessor = this.accessors.get(field);
		if (accessor == null) {
			return null;
		}
		try {
			Object value = (Object) accessor.invokeExact(this.body);
			return (value instanceof Optional<?> optional) ? optional.orElse(null) : value;
		}
		catch (Throwable ex) {
			rethrowFatal(ex);
			return null;
		}
	}

	private static void rethrowFatal(Throwable ex) {
		if (ex instanceof VirtualMachineError fatal) {
			throw fatal;
		}
	}

	private static Map<Field, MethodHandle> lookUp(Class<?> type) {
		Map<String, Method> methods = new HashMap<>();
		for (Method method : type.getMethods()) {
			if (method.getParameterCount() == 0 && !Modifier.isStatic(method.getModifiers())) {
				methods.putIfAbsent(method.getName(), method);
			}
		}
		Map<Field, MethodHandle> accessors = new EnumMap<>(Field.class);
		for (Field field : Field.values()) {
			Method method = methods.getOrDefault(field.camel(), methods.get(field.getter()));
			MethodHandle handle = (method != null) ? handle(method, type) : null;
			if (handle != null) {
				accessors.put(field, handle);
			}
		}
		return accessors;
	}

	private static @Nullable MethodHandle handle(Method method, Class<?> type) {
		try {
			Method open = ClassUtils.getPubliclyAccessibleMethodIfPossible(method, type);
			return MethodHandles.publicLookup().unreflect(open).asType(ACCESSOR);
		}
		catch (IllegalAccessException ex) {
			return null;
		}
	}

}

package io.github.costwise.accounting.usage;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/** The public accessors of a class, by the fields that they read. Immutable. */
final class Accessors {

	private static final MethodType READ = MethodType.methodType(Object.class, Object.class);

	private final @Nullable MethodHandle[] byField = new MethodHandle[Field.values().length];

	private Accessors() {
	}

	/**
	 * Finds the accessors of a class.
	 * @param type the class
	 * @param names names that the accessor of a field may have, the first one first
	 */
	static Accessors of(Class<?> type, Function<Field, Stream<String>> names) {
		Map<String, Method> methods = methods(type);
		Accessors accessors = new Accessors();
		for (Field field : Field.values()) {
			names.apply(field).map(methods::get).filter((method) -> method != null).findFirst().ifPresent((method) -> {
				accessors.byField[field.ordinal()] = handle(method, type);
			});
		}
		return accessors;
	}

	private static Map<String, Method> methods(Class<?> type) {
		Map<String, Method> methods = new HashMap<>();
		for (Method method : type.getMethods()) {
			if (method.getParameterCount() == 0 && !Modifier.isStatic(method.getModifiers())) {
				methods.putIfAbsent(method.getName(), method);
			}
		}
		return methods;
	}

	private static @Nullable MethodHandle handle(Method method, Class<?> type) {
		try {
			Method open = ClassUtils.getPubliclyAccessibleMethodIfPossible(method, type);
			return MethodHandles.publicLookup().unreflect(open).asType(READ);
		}
		catch (IllegalAccessException ex) {
			return null;
		}
	}

	/** Returns whether the class has an accessor for a field. */
	boolean has(Field field) {
		return this.byField[field.ordinal()] != null;
	}

	/** Reads a field; one without accessor, or whose accessor throws, is absent. */
	@Nullable Object read(Object body, Field field) {
		MethodHandle accessor = this.byField[field.ordinal()];
		if (accessor == null) {
			return null;
		}
		try {
			return (Object) accessor.invokeExact(body);
		}
		catch (Throwable ex) {
			if (ex instanceof VirtualMachineError fatal) {
				throw fatal;
			}
			return null;
		}
	}

}

package io.github.costwise.cache.partition;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

import io.github.costwise.cache.partition.DigestedValues.UnreadableException;

/**
 * The properties of a class, by its getters, sorted by name, or the components of a
 * record. Immutable.
 *
 * @param getters the getters
 * @param complete whether they tell every field
 * @param described whether the text of an object says what it holds
 */
record Properties(List<Getter> getters, boolean complete, boolean described) {

	private static final ClassValue<Properties> KNOWN = new ClassValue<>() {

		@Override
		protected Properties computeValue(Class<?> type) {
			return read(type);
		}

	};

	static Properties of(Class<?> type) {
		return KNOWN.get(type);
	}

	private static Properties read(Class<?> type) {
		return type.isRecord() ? components(type) : getters(type);
	}

	private static Properties components(Class<?> type) {
		return new Properties(Arrays.stream(type.getRecordComponents())
			.map((component) -> Getter.of(component.getName(), accessible(component.getAccessor())))
			.toList(), true, false);
	}

	/** Records inside others are often not public. */
	private static Method accessible(Method accessor) {
		accessor.trySetAccessible();
		return accessor;
	}

	private static Properties getters(Class<?> type) {
		List<Getter> getters = new ArrayList<>();
		Set<String> names = new HashSet<>();
		for (Method method : type.getMethods()) {
			String name = property(method);
			if (name != null) {
				getters.add(Getter.of(name, ClassUtils.getPubliclyAccessibleMethodIfPossible(method, type)));
				names.add(name);
			}
		}
		getters.sort(Comparator.comparing(Getter::name));
		return new Properties(List.copyOf(getters), !names.isEmpty() && names.containsAll(fields(type)),
				isDescribed(type));
	}

	private static Set<String> fields(Class<?> type) {
		Set<String> fields = new HashSet<>();
		for (Class<?> each = type; each != null; each = each.getSuperclass()) {
			for (Field field : each.getDeclaredFields()) {
				if (!Modifier.isStatic(field.getModifiers())) {
					fields.add(field.getName());
				}
			}
		}
		return fields;
	}

	private static boolean isDescribed(Class<?> type) {
		try {
			return !type.isArray() && type.getMethod("toString").getDeclaringClass() != Object.class;
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException("Every object has a text", ex);
		}
	}

	private static @Nullable String property(Method method) {
		if (method.getParameterCount() > 0 || Modifier.isStatic(method.getModifiers()) || method.isBridge()
				|| method.getDeclaringClass() == Object.class) {
			return null;
		}
		String name = method.getName();
		if (name.startsWith("get") && name.length() > 3) {
			return Character.toLowerCase(name.charAt(3)) + name.substring(4);
		}
		boolean flag = method.getReturnType() == boolean.class || method.getReturnType() == Boolean.class;
		return (flag && name.startsWith("is") && name.length() > 2)
				? Character.toLowerCase(name.charAt(2)) + name.substring(3) : null;
	}

	/**
	 * A property.
	 *
	 * @param name its name
	 * @param handle reads it, or {@code null} where that is not allowed
	 */
	record Getter(String name, @Nullable MethodHandle handle) {

		private static final MethodType READ = MethodType.methodType(Object.class, Object.class);

		static Getter of(String name, Method method) {
			try {
				return new Getter(name, MethodHandles.publicLookup().unreflect(method).asType(READ));
			}
			catch (IllegalAccessException ex) {
				return new Getter(name, null);
			}
		}

		@Nullable Object get(Object target) throws UnreadableException {
			try {
				if (this.handle != null) {
					return this.handle.invokeExact(target);
				}
			}
			catch (Error ex) {
				throw ex;
			}
			catch (Throwable ex) {
				throw unreadable(target);
			}
			throw unreadable(target);
		}

		private UnreadableException unreadable(Object target) {
			return new UnreadableException("'" + this.name + "' of " + target.getClass().getName());
		}

	}

}

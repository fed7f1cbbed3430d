package io.github.costwise.advisor;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

import org.jspecify.annotations.Nullable;

/**
 * Reads fields by what they hold, where a class of a library has no accessor. Names of
 * fields change, what a class cannot do without stays.
 *
 * @since 0.1.0
 */
public final class TypedFields {

	private TypedFields() {
	}

	/**
	 * Reads the first field of a type.
	 * @param <T> the type
	 * @param owner the object
	 * @param declaring its class, or one of those it extends
	 * @param type what the field holds
	 * @return its value
	 * @throws IllegalStateException if there is no such field, it cannot be read, or it
	 * is empty
	 */
	public static <T> T read(Object owner, Class<?> declaring, Class<T> type) {
		try {
			Object value = getter(declaring, type).invokeExact(owner);
			if (value != null) {
				return type.cast(value);
			}
		}
		catch (Error | RuntimeException ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
		throw new IllegalStateException(declaring.getName() + " holds no " + type.getSimpleName());
	}

	/**
	 * Reads the first field of a type, if there is one.
	 * @param <T> the type
	 * @param owner the object
	 * @param type what the field holds
	 * @return its value, or {@code null}
	 * @throws IllegalStateException if it cannot be read
	 */
	public static <T> @Nullable T readIfPresent(Object owner, Class<T> type) {
		return (find(owner.getClass(), type) != null) ? read(owner, owner.getClass(), type) : null;
	}

	/**
	 * Finds the first field of a type.
	 * @param declaring the class that declares it
	 * @param type what the field holds
	 * @return reads the field, from an {@link Object} to an {@link Object}
	 * @throws IllegalStateException if there is no such field, or it cannot be read
	 */
	static MethodHandle getter(Class<?> declaring, Class<?> type) {
		Field field = find(declaring, type);
		if (field == null) {
			throw new IllegalStateException(declaring.getName() + " has no field for a " + type.getSimpleName());
		}
		try {
			return MethodHandles.privateLookupIn(declaring, MethodHandles.lookup())
				.unreflectGetter(field)
				.asType(MethodType.methodType(Object.class, Object.class));
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("Fields of " + declaring.getName() + " cannot be read", ex);
		}
	}

	private static @Nullable Field find(Class<?> declaring, Class<?> type) {
		for (Field field : declaring.getDeclaredFields()) {
			if (type.isAssignableFrom(field.getType())) {
				return field;
			}
		}
		return null;
	}

}

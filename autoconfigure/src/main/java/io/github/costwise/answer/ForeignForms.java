package io.github.costwise.answer;

import java.util.List;
import java.util.ServiceLoader;

import org.jspecify.annotations.Nullable;

/**
 * Knows how values of providers' own classes are written. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ForeignForms {

	private static final List<ForeignForm> FORMS = ServiceLoader
		.load(ForeignForm.class, ForeignForm.class.getClassLoader())
		.stream()
		.map(ServiceLoader.Provider::get)
		.toList();

	private ForeignForms() {
	}

	/**
	 * Returns under which name the class of a value is written.
	 * @param value the value
	 * @return the name of its class, or of its enum
	 */
	public static String name(Object value) {
		return (value instanceof Enum<?> constant) ? constant.getDeclaringClass().getName()
				: value.getClass().getName();
	}

	/**
	 * Writes a value.
	 * @param value the value
	 * @return its text
	 * @throws IllegalArgumentException if no form knows its class
	 */
	public static String write(Object value) {
		return required(name(value)).write(value);
	}

	/**
	 * Reads a value.
	 * @param className the name of its class
	 * @param text what {@link #write} returned
	 * @return the value
	 * @throws IllegalArgumentException if it cannot be read here
	 */
	public static Object read(String className, String text) {
		try {
			return required(className).read(className, text);
		}
		catch (RuntimeException | LinkageError ex) {
			throw new IllegalArgumentException("A value of " + className + " cannot be read", ex);
		}
	}

	static boolean repeats(Object value) {
		ForeignForm form = find(name(value));
		try {
			return form != null && (value instanceof Enum || repeats(form, value));
		}
		catch (RuntimeException | LinkageError ex) {
			return false;
		}
	}

	private static boolean repeats(ForeignForm form, Object value) {
		String text = form.write(value);
		return FieldValues.isWellFormed(text) && form.isSame(value, form.read(name(value), text));
	}

	private static ForeignForm required(String className) {
		ForeignForm form = find(className);
		if (form == null) {
			throw new IllegalArgumentException("No form knows " + className);
		}
		return form;
	}

	private static @Nullable ForeignForm find(String className) {
		return FORMS.stream().filter((form) -> form.knows(className)).findFirst().orElse(null);
	}

}

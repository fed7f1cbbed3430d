package io.github.costwise.benchmarks.eval.text;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import io.github.costwise.text.TextPattern;

/**
 * Finds the functions of the text package, and every pattern of the library, by looking
 * at its classes.
 *
 * @since 0.1.0
 */
public final class PatternFunctions {

	private static final String CLASSES = "classpath*:io/github/costwise/**/*.class";

	private static final String TEXT = TextPattern.class.getPackageName();

	/** Stands for limits on lengths and parts. */
	private static final int LIMIT = 1000;

	private PatternFunctions() {
	}

	/**
	 * Returns what is found.
	 * @return functions in the order of their names
	 */
	public static List<TextFunction> all() {
		TreeMap<String, TextFunction> functions = new TreeMap<>();
		for (Class<?> type : types()) {
			List<TextFunction> found = new ArrayList<>(
					type.getPackageName().equals(TEXT) ? functions(type) : List.of());
			found.addAll(patterns(type));
			found.forEach((function) -> functions.put(function.name(), function));
		}
		return List.copyOf(functions.values());
	}

	private static List<Class<?>> types() {
		List<Class<?>> types = new ArrayList<>();
		try {
			for (Resource resource : new PathMatchingResourcePatternResolver().getResources(CLASSES)) {
				try (InputStream stream = resource.getInputStream()) {
					String code = new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
					if (code.contains(TEXT.replace('.', '/'))) {
						types.add(load(resource.getURL().getPath()));
					}
				}
			}
			return types;
		}
		catch (IOException | ClassNotFoundException ex) {
			throw new IllegalStateException("The library's classes cannot be read", ex);
		}
	}

	private static Class<?> load(String path) throws ClassNotFoundException {
		String name = path.substring(path.lastIndexOf("io/github/costwise/"), path.length() - ".class".length());
		return Class.forName(name.replace('/', '.'), false, PatternFunctions.class.getClassLoader());
	}

	private static List<TextFunction> functions(Class<?> type) {
		List<TextFunction> functions = new ArrayList<>();
		for (Method method : type.getDeclaredMethods()) {
			boolean shown = Modifier.isPublic(type.getModifiers()) && Modifier.isPublic(method.getModifiers());
			if (shown && Modifier.isStatic(method.getModifiers()) && method.getReturnType() != TextPattern.class
					&& takesTextAlone(method)) {
				String name = type.getSimpleName() + "." + method.getName()
						+ Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
				functions.add(new TextFunction(name, (text) -> call(method, text)));
			}
		}
		return functions;
	}

	/** What writes into an array of its caller is used by a function that does not. */
	private static boolean takesTextAlone(Method method) {
		Class<?>[] types = method.getParameterTypes();
		return types.length > 0 && types[0].isAssignableFrom(String.class)
				&& Arrays.stream(types).allMatch((type) -> type == int.class || type.isAssignableFrom(String.class));
	}

	/** A text that is refused was read, too. */
	private static @Nullable Object call(Method method, String text) {
		Object[] arguments = Arrays.stream(method.getParameterTypes())
			.map((type) -> (type == int.class) ? (Object) LIMIT : " ")
			.toArray();
		arguments[0] = text;
		try {
			return method.invoke(null, arguments);
		}
		catch (InvocationTargetException ex) {
			if (ex.getCause() instanceof IllegalArgumentException) {
				return null;
			}
			throw new IllegalStateException(ex);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<TextFunction> patterns(Class<?> type) {
		List<TextFunction> functions = new ArrayList<>();
		for (Field field : type.getDeclaredFields()) {
			if (field.getType() == TextPattern.class && Modifier.isStatic(field.getModifiers())) {
				add(functions, type.getSimpleName() + "." + field.getName(), pattern(field));
			}
		}
		return functions;
	}

	private static TextPattern pattern(Field field) {
		try {
			field.setAccessible(true);
			return (TextPattern) field.get(null);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void add(List<TextFunction> functions, String name, TextPattern pattern) {
		functions.add(new TextFunction(name + " whole", pattern::whole));
		functions.add(new TextFunction(name + " isAt", (text) -> pattern.isAt(text, 0)));
		if (pattern.isSearchable()) {
			functions.add(new TextFunction(name + " all", pattern::all));
			functions.add(new TextFunction(name + " replaceAll", (text) -> pattern.replaceAll(text, "")));
		}
	}

}

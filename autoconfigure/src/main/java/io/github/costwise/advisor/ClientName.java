package io.github.costwise.advisor;

import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NativeDetector;

/**
 * Names the class of a chat model by a text that is stable over restarts. Lambdas,
 * proxies and other classes that are made while the application runs are called something
 * else each time, so that the class which they were made of stands for them.
 */
final class ClientName {

	/** The name of what was made of no class. */
	static final String NONE = "";

	private static final ClassValue<String> NAMES = new ClassValue<>() {

		@Override
		protected String computeValue(Class<?> type) {
			@Nullable Class<?> written = type;
			while (written != null && isMade(written)) {
				written = written.getSuperclass();
			}
			return (written == null || written == Object.class) ? NONE : written.getName();
		}

	};

	private ClientName() {
	}

	static String of(Class<?> type) {
		return NAMES.get(type);
	}

	/** A native image makes no classes, and keeps no class files. */
	private static boolean isMade(Class<?> type) {
		return type.isHidden() || type.isSynthetic() || Proxy.isProxyClass(type)
				|| (!NativeDetector.inNativeImage() && !hasFile(type));
	}

	private static boolean hasFile(Class<?> type) {
		ClassLoader loader = type.getClassLoader();
		String file = type.getName().replace('.', '/') + ".class";
		return loader == null || loader.getResource(file) != null || type.getResource('/' + file) != null;
	}

}

package io.github.costwise.autoconfigure;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

import io.github.costwise.CostwiseConfigurationException;

/**
 * Reads a property that is one of several values before any bean is there, as it is read
 * later: in every spelling that binding takes, which includes YAML's {@code off} for a
 * value of that name.
 */
final class Choices {

	private Choices() {
	}

	/**
	 * Reads a property.
	 * @param <E> type of the value
	 * @param environment the properties
	 * @param name name of the property
	 * @param unset the value if it is not set
	 * @return the value
	 * @throws CostwiseConfigurationException if it is no such value
	 */
	static <E extends Enum<E>> E of(Environment environment, String name, E unset) {
		try {
			return Binder.get(environment).bind(name, unset.getDeclaringClass()).orElse(unset);
		}
		catch (BindException ex) {
			String choices = Arrays.stream(unset.getDeclaringClass().getEnumConstants())
				.map((choice) -> dashed(choice.name()))
				.collect(Collectors.joining(", "));
			throw new CostwiseConfigurationException(
					"'" + name + "' is '" + value(environment, name) + "', which it cannot be.",
					"Set it to one of: " + choices + ".", ex);
		}
	}

	private static Object value(Environment environment, String name) {
		return Binder.get(environment).bind(name, Object.class).orElse("");
	}

	private static String dashed(String constant) {
		return constant.toLowerCase(Locale.ROOT).replace('_', '-');
	}

}

package io.github.costwise.autoconfigure;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.Environment;

/**
 * Tells whether an application sets properties of a group.
 */
final class Configured {

	private Configured() {
	}

	/** A source that cannot be listed may hold such a property, so it counts as one. */
	static boolean anyOf(Environment environment, String prefix) {
		ConfigurationPropertyName group = ConfigurationPropertyName.of(prefix);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source.containsDescendantOf(group) != ConfigurationPropertyState.ABSENT) {
				return true;
			}
		}
		return false;
	}

}

package io.github.costwise.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.autoconfigure.SettingName.Unknown;

/**
 * Refuses properties below {@code costwise} that are no settings, since a setting that
 * does nothing was meant to do something. Of environment variables it warns only:
 * platforms set some for services of that name.
 */
final class UnknownSettings implements BeanFactoryPostProcessor {

	private static final Log logger = LogFactory.getLog(UnknownSettings.class);

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(CostwiseProperties.PREFIX);

	private final Environment environment;

	UnknownSettings(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		if (!Configured.anyOf(this.environment, CostwiseProperties.PREFIX)) {
			return;
		}
		SettingNode root = SettingTypes.tree(beanFactory.getBeanClassLoader());
		Map<ConfigurationPropertyName, UnknownSetting> unknown = new LinkedHashMap<>();
		Map<String, UnknownSetting> variables = new TreeMap<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				boolean environmental = isEnvironment(source);
				iterable.filter(PREFIX::isAncestorOf).forEach((name) -> {
					UnknownSetting found = find(name, iterable, root);
					if (found != null && environmental) {
						variables.put(name.toString(), found);
					}
					else if (found != null) {
						unknown.putIfAbsent(name, found);
					}
				});
			}
		}
		report(List.copyOf(unknown.values()), variables);
	}

	private static boolean isEnvironment(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
	}

	private static @Nullable UnknownSetting find(ConfigurationPropertyName name,
			IterableConfigurationPropertySource source, SettingNode root) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		boolean empty = property == null || property.getValue() == null || property.getValue().toString().isBlank();
		Unknown unknown = new SettingName(name, isEnvironment(source)).lookUp(root, empty);
		return (unknown != null) ? new UnknownSetting(name, unknown, Origin.from(property)) : null;
	}

	private static void report(List<UnknownSetting> unknown, Map<String, UnknownSetting> variables) {
		if (!variables.isEmpty()) {
			logger.warn("Costwise: environment variables that are no settings of Costwise are ignored: "
					+ variables.values().stream().map(UnknownSetting::inEnvironment).collect(Collectors.joining(", ")));
		}
		if (!unknown.isEmpty()) {
			throw new CostwiseConfigurationException(
					unknown.stream().map(UnknownSetting::problem).collect(Collectors.joining("\n")),
					unknown.stream().map(UnknownSetting::action).distinct().collect(Collectors.joining("\n")));
		}
	}

	/**
	 * A property that is no setting.
	 *
	 * @param name its name
	 * @param unknown where it leaves the settings
	 * @param origin where it is set, if known
	 */
	private record UnknownSetting(ConfigurationPropertyName name, Unknown unknown, @Nullable Origin origin) {

		String problem() {
			boolean group = this.unknown.at() == this.name.getNumberOfElements();
			return "'" + this.name + "' "
					+ (group ? "is a group of settings and takes no value" : "names no setting of Costwise")
					+ ((this.origin != null) ? ". It is set by " + this.origin + "." : ".");
		}

		String action() {
			String near = NearestSetting.to(this.name, this.unknown);
			if (near != null) {
				return "Did you mean '" + near + "'? Remove it, or correct its name.";
			}
			ConfigurationPropertyName place = this.name.chop(this.unknown.at());
			if (this.unknown.node().element() != null) {
				return "Number the elements of the list, such as '" + place + "[0]'.";
			}
			String known = String.join(", ", this.unknown.node().children().keySet());
			return known.isEmpty() ? "Remove it: there is nothing below '" + place + "'."
					: "Remove it, or correct its name. Known below '" + place + "' are: " + known
							+ ". Settings of a module are known where the module is on the class path.";
		}

		String inEnvironment() {
			String near = NearestSetting.to(this.name, this.unknown);
			return (this.origin != null) ? this.origin + ((near != null) ? " (did you mean '" + near + "'?)" : "")
					: "'" + this.name + "'";
		}

	}

}

package io.github.costwise.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Leaves out the infrastructure of Actuator's endpoints where only Costwise brought it
 * and nothing could be read through it: the application does not have Spring Boot's
 * Actuator starter, sets no {@code management.*} property, and so exposes no endpoint.
 */
final class UnusedEndpointsFilter implements AutoConfigurationImportFilter, EnvironmentAware, BeanClassLoaderAware {

	private static final List<String> STARTER = List.of("org.springframework.boot.health.contributor.HealthIndicator",
			"org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration");

	private static final List<String> ENDPOINTS = List.of("EndpointAutoConfiguration",
			"EndpointExtensionAutoConfiguration", "ManagementContextAutoConfiguration", "MappingsAutoConfiguration",
			"InfoContributorAutoConfiguration", "CostwiseInfoAutoConfiguration");

	/**
	 * What shows Cloud Foundry, which reads endpoints that no property exposes. Asking
	 * {@code CloudPlatform} takes longer than all else here.
	 */
	private static final List<String> PLATFORM = List.of("spring.main.cloud-platform", "VCAP_APPLICATION",
			"VCAP_SERVICES");

	private @Nullable Environment environment;

	private @Nullable ClassLoader classLoader;

	/** Known from the first question on; each class of a configuration is one. */
	private @Nullable Boolean wanted;

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void setBeanClassLoader(ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	@Override
	public boolean[] match(@Nullable String[] candidates, AutoConfigurationMetadata metadata) {
		boolean[] matches = new boolean[candidates.length];
		for (int i = 0; i < candidates.length; i++) {
			matches[i] = candidates[i] == null || !isForEndpoints(candidates[i]) || areWanted();
		}
		return matches;
	}

	private boolean areWanted() {
		if (this.wanted == null) {
			this.wanted = wanted();
		}
		return this.wanted;
	}

	private boolean wanted() {
		return !(this.environment instanceof ConfigurableEnvironment environment)
				|| STARTER.stream().anyMatch((name) -> ClassUtils.isPresent(name, this.classLoader))
				|| Configured.anyOf(environment, "management")
				|| PLATFORM.stream().anyMatch(environment::containsProperty);
	}

	private static boolean isForEndpoints(String name) {
		return (name.contains(".actuate.") || name.startsWith("io.github.costwise.autoconfigure."))
				&& ENDPOINTS.stream().anyMatch(name::endsWith);
	}

}

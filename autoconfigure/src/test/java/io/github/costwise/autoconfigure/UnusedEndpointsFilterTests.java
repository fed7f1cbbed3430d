package io.github.costwise.autoconfigure;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/** Tests for {@link UnusedEndpointsFilter}. */
@Tag("chain")
class UnusedEndpointsFilterTests {

	private static final String[] ENDPOINTS = {
			"org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration",
			"org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration",
			"org.springframework.boot.actuate.autoconfigure.info.InfoContributorAutoConfiguration",
			"org.springframework.boot.webmvc.autoconfigure.actuate.web.mappings.WebMvcMappingsAutoConfiguration",
			CostsEndpointAutoConfiguration.class.getName(), CostwiseInfoAutoConfiguration.class.getName() };

	private static final String[] OTHERS = {
			"org.springframework.boot.actuate.autoconfigure.audit.AuditAutoConfiguration",
			"org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration",
			"com.example.OwnEndpointAutoConfiguration", CostwiseAutoConfiguration.class.getName(), null };

	private final ClassLoader withoutStarter = new FilteredClassLoader("org.springframework.boot.health",
			"org.springframework.boot.micrometer.metrics");

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void leavesOutWhatNothingCouldBeReadThrough() {
		assertThat(match(this.withoutStarter, this.environment, ENDPOINTS)).containsOnly(false);
		assertThat(match(this.withoutStarter, this.environment, OTHERS)).containsOnly(true);
	}

	@Test
	void anyManagementPropertyKeepsAllOfIt() {
		this.environment.setProperty("management.endpoints.web.exposure.include", "costs");
		assertThat(match(this.withoutStarter, this.environment, ENDPOINTS)).containsOnly(true);
	}

	@Test
	void actuatorStarterKeepsAllOfIt() {
		assertThat(match(getClass().getClassLoader(), this.environment, ENDPOINTS)).containsOnly(true);
		assertThat(match(new FilteredClassLoader("org.springframework.boot.health"), this.environment, ENDPOINTS))
			.containsOnly(true);
	}

	@Test
	void cloudPlatformKeepsAllOfIt() {
		this.environment.setProperty("spring.main.cloud-platform", "cloud_foundry");
		assertThat(match(this.withoutStarter, this.environment, ENDPOINTS)).containsOnly(true);
	}

	@Test
	void cloudFoundryKeepsAllOfIt() {
		this.environment.setProperty("VCAP_SERVICES", "{}");
		assertThat(match(this.withoutStarter, this.environment, ENDPOINTS)).containsOnly(true);
	}

	@Test
	void unknownEnvironmentKeepsAllOfIt() {
		assertThat(match(this.withoutStarter, mock(Environment.class), ENDPOINTS)).containsOnly(true);
	}

	@Test
	void isRegistered() {
		assertThat(SpringFactoriesLoader.loadFactoryNames(AutoConfigurationImportFilter.class, null))
			.contains(UnusedEndpointsFilter.class.getName());
	}

	private static boolean[] match(ClassLoader classLoader, Environment environment, String[] candidates) {
		UnusedEndpointsFilter filter = new UnusedEndpointsFilter();
		filter.setBeanClassLoader(classLoader);
		filter.setEnvironment(environment);
		return filter.match(candidates, mock());
	}

}

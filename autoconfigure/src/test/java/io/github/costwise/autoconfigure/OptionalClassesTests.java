package io.github.costwise.autoconfigure;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.autoconfigure.AutoConfigurationImportSelector;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;

import io.github.costwise.actuate.ListLedger;
import io.github.costwise.pipeline.TurnRouter;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an application starts when an optional part of Boot is not on the class
 * path, through the same filters that an application uses.
 */
@Tag("chain")
class OptionalClassesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(Application.class)
		.withPropertyValues("management.endpoints.web.exposure.include=*");

	@Test
	void shouldActWhenEverythingIsThere() {
		this.runner.run((context) -> assertThat(context).hasBean("costsEndpoint"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.boot.actuate", "org.springframework.boot.health",
			"org.springframework.boot.micrometer.metrics", "org.springframework.boot.micrometer.observation" })
	void shouldStartWithout(String packageName) {
		this.runner.withClassLoader(new FilteredClassLoader(packageName))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.boot.actuate", "org.springframework.boot.micrometer.metrics",
			"io.micrometer.context" })
	void shouldRouteWithout(String packageName) {
		try (LoopbackProvider provider = new LoopbackProvider()) {
			this.runner.withBean("openAi", ChatModel.class, () -> LoopbackModels.openAi(provider))
				.withPropertyValues("costwise.routing.tiers.light.targets[0].model=gpt-5-nano")
				.withClassLoader(new FilteredClassLoader(packageName))
				.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(TurnRouter.class));
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Import(CostwiseOnly.class)
	static class Application {

		@Bean
		UsageLedger ledger() {
			return new ListLedger();
		}

	}

	static class CostwiseOnly extends AutoConfigurationImportSelector {

		@Override
		protected AnnotationAttributes getAttributes(AnnotationMetadata metadata) {
			return new AnnotationAttributes(Map.of("exclude", new String[0], "excludeName", new String[0]));
		}

		@Override
		protected List<String> getCandidateConfigurations(AnnotationMetadata metadata,
				AnnotationAttributes attributes) {
			return super.getCandidateConfigurations(metadata, attributes).stream()
				.filter((name) -> name.startsWith("io.github.costwise."))
				.toList();
		}

	}

}

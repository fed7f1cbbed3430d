package io.github.costwise.autoconfigure;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.accounting.usage.Providers;
import io.github.costwise.accounting.usage.UsageEstimator;
import io.github.costwise.accounting.usage.UsageNormalizers;
import io.github.costwise.spi.TokenCounter;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link UsageAutoConfiguration}. */
@Tag("chain")
class UsageAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(UsageAutoConfiguration.class));

	@Test
	void isOnByDefault() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(UsageNormalizers.class)
			.hasSingleBean(TokenCounter.class)
			.hasSingleBean(UsageEstimator.class)
			.hasSingleBean(Providers.class));
	}

	@Test
	void backsOff() {
		this.runner.withUserConfiguration(OwnCounter.class)
			.run((context) -> assertThat(context).hasSingleBean(TokenCounter.class).hasBean("ownCounter"));
	}

	@Test
	void worksWithoutAnyClientOfAProvider() {
		this.runner.withClassLoader(new FilteredClassLoader("com.openai", "com.anthropic", "com.google.genai",
				"org.springframework.ai.openai", "org.springframework.ai.anthropic", "org.springframework.ai.google"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(UsageNormalizers.class));
	}

	@Test
	void mapsHostsToProviders() {
		this.runner.withPropertyValues("costwise.accounting.providers[gateway.example.com]=groq")
			.run((context) -> assertThat(context.getBean(Providers.class).ofUrl("https://gateway.example.com"))
				.isEqualTo("groq"));
	}

	@Test
	void takesTheCommonBaseUrlOfOpenAi() {
		this.runner.withPropertyValues("spring.ai.openai.base-url=https://openrouter.ai/api/v1")
			.run((context) -> assertThat(context.getBean(Providers.class).of(OpenAiChatOptions.builder().build()))
				.isEqualTo("openrouter"));
	}

	@Test
	void aBadProviderStopsTheStart() {
		this.runner.withPropertyValues("costwise.accounting.providers[gateway.example.com]=Not A Provider")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(CostwiseConfigurationException.class)
				.hasMessageContaining("gateway.example.com"));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnCounter {

		@Bean
		TokenCounter ownCounter() {
			return (text, model) -> text.length();
		}

	}

}

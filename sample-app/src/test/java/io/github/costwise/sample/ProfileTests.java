package io.github.costwise.sample;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.costwise.CostwiseConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The profiles that use real models: each starts with its key, and says when it lacks it.
 */
@Tag("chain")
class ProfileTests {

	@ParameterizedTest
	@CsvSource({ "openai, OPENAI_API_KEY, openAiChatModel", "anthropic, ANTHROPIC_API_KEY, anthropicChatModel",
			"ollama, OLLAMA_URL, ollamaChatModel", "local, COSTWISE_LOCAL_URL, openAiChatModel" })
	void startsWithItsOneModel(String profile, String variable, String model) {
		try (ConfigurableApplicationContext context = start(profile, "--" + variable + "=http://127.0.0.1:9/v1")) {
			assertThat(context.getBeanNamesForType(ChatModel.class)).containsExactly(model);
			assertThat(context.getBean(AboutController.class).about().simulated()).isFalse();
		}
	}

	@ParameterizedTest
	@CsvSource({ "openai, OPENAI_API_KEY", "anthropic, ANTHROPIC_API_KEY", "local, COSTWISE_LOCAL_URL" })
	void namesTheVariableThatIsMissing(String profile, String variable) {
		assertThatExceptionOfType(CostwiseConfigurationException.class)
			.isThrownBy(() -> start(profile, "--" + variable + "=").close())
			.satisfies((failure) -> assertThat(failure.problem())
				.isEqualTo("The profile '" + profile + "' needs the environment variable " + variable + "."))
			.satisfies((failure) -> assertThat(failure.action()).startsWith("Set " + variable + " to "));
	}

	@Test
	void theDemoNeedsNothing() {
		try (ConfigurableApplicationContext context = start("demo")) {
			assertThat(context.getBeanNamesForType(ChatModel.class)).containsExactlyInAnyOrder("openAiChatModel",
					"anthropicChatModel");
			assertThat(context.getBean(AboutController.class).about().models()).containsExactlyInAnyOrder("gpt-5-mini",
					"claude-haiku-4-5");
		}
	}

	private static ConfigurableApplicationContext start(String profile, String... arguments) {
		return new SpringApplicationBuilder(SampleApplication.class).profiles(profile)
			.properties("server.port=0")
			.run(arguments);
	}

}

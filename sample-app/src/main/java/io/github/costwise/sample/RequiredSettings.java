package io.github.costwise.sample;

import java.util.List;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.util.StringUtils;

import io.github.costwise.CostwiseConfigurationException;

/** Says at start, in words, which setting a profile lacks. */
final class RequiredSettings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final List<Setting> SETTINGS = List.of(
			new Setting("openai", "spring.ai.openai.api-key", "OPENAI_API_KEY", "your OpenAI key"),
			new Setting("anthropic", "spring.ai.anthropic.api-key", "ANTHROPIC_API_KEY", "your Anthropic key"),
			new Setting("local", "spring.ai.openai.base-url", "COSTWISE_LOCAL_URL",
					"the address of your server, such as http://localhost:8000/v1"));

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		SETTINGS.forEach((setting) -> setting.require(context.getEnvironment()));
	}

	/**
	 * A setting without which a profile cannot work.
	 *
	 * @param profile the profile
	 * @param property the property that holds the setting
	 * @param variable the environment variable to set
	 * @param meaning what the variable must hold
	 */
	private record Setting(String profile, String property, String variable, String meaning) {

		void require(Environment environment) {
			if (environment.acceptsProfiles(Profiles.of(this.profile))
					&& !StringUtils.hasText(environment.getProperty(this.property))) {
				throw new CostwiseConfigurationException(
						"The profile '" + this.profile + "' needs the environment variable " + this.variable + ".",
						"Set " + this.variable + " to " + this.meaning
								+ ", or start without a profile to use the simulated models.");
			}
		}

	}

}

package io.github.costwise.sample.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/**
 * Starts the simulated provider before any bean is made, in the profile {@code demo}, and
 * tells its address as {@code demo.provider.url}.
 */
final class DemoInitializer implements ApplicationContextInitializer<GenericApplicationContext> {

	private static final Log logger = LogFactory.getLog(DemoInitializer.class);

	private static final Duration PACE = Duration.ofMillis(25);

	@Override
	public void initialize(GenericApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		if (!environment.acceptsProfiles(Profiles.of("demo"))) {
			return;
		}
		DemoProvider provider = start(environment.getProperty("demo.provider.pace", Duration.class, PACE));
		environment.getPropertySources()
			.addFirst(new MapPropertySource("demoProvider", Map.of("demo.provider.url", provider.url())));
		context.registerBean(DemoProvider.class, () -> provider);
		logger.info("SIMULATED MODELS: " + provider.url() + " stands in for OpenAI and Anthropic. "
				+ "Answers are canned, token counts are approximate, prices are real.");
	}

	private static DemoProvider start(Duration pace) {
		try {
			return DemoProvider.start(pace);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The simulated provider cannot open a port", ex);
		}
	}

}

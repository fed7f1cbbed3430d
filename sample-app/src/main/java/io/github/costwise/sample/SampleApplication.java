package io.github.costwise.sample;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * A support desk whose every answer is accounted.
 *
 * @since 0.1.0
 */
@SpringBootApplication(proxyBeanMethods = false)
public class SampleApplication {

	private static final Log logger = LogFactory.getLog(SampleApplication.class);

	/**
	 * Starts the application.
	 * @param args Spring Boot's arguments, such as
	 * {@code --spring.profiles.active=openai}
	 */
	public static void main(String[] args) {
		SpringApplication.run(SampleApplication.class, args);
	}

	@EventListener
	void announce(ApplicationReadyEvent ready) {
		logger.info("Open http://localhost:"
				+ ready.getApplicationContext().getEnvironment().getProperty("local.server.port", "8080"));
	}

}

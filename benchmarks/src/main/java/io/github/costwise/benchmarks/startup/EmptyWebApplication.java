package io.github.costwise.benchmarks.startup;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * A web application without a bean of its own. It says so on standard output once it is
 * ready.
 *
 * @since 0.1.0
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class EmptyWebApplication {

	/** What is printed once the application is ready. */
	public static final String READY = "READY";

	/**
	 * Starts the application.
	 * @param args settings
	 */
	public static void main(String[] args) {
		SpringApplication.run(EmptyWebApplication.class, args);
		System.out.println(READY);
	}

}

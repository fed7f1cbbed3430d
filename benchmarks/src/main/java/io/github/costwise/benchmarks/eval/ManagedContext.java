package io.github.costwise.benchmarks.eval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.springframework.ai.anthropic.http.okhttp.AnthropicHttpClientBuilderCustomizer;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/**
 * A Spring Boot application with the shipped auto-configuration, so that its chat clients
 * are managed as in any application.
 */
final class ManagedContext implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private ManagedContext(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts the application.
	 * @param properties its settings
	 * @param beans registers beans of its own
	 * @return the running application
	 */
	static ManagedContext start(Map<String, Object> properties, Consumer<GenericApplicationContext> beans) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setBannerMode(Banner.Mode.OFF);
		application.setLogStartupInfo(false);
		application.setRegisterShutdownHook(false);
		application.setDefaultProperties(withoutEmbedding(properties));
		application.addInitializers((ApplicationContextInitializer<GenericApplicationContext>) beans::accept);
		return new ManagedContext(application.run());
	}

	/** The model would be loaded in the background while something else is timed. */
	private static Map<String, Object> withoutEmbedding(Map<String, Object> properties) {
		Map<String, Object> all = new HashMap<>(properties);
		all.putIfAbsent("costwise.embedding.enabled", "false");
		return all;
	}

	/**
	 * Registers a model and a chat client for it, as {@code @Bean} methods would.
	 * @param context the application that is being built
	 * @param name the name of the bean
	 * @param model makes the model
	 */
	static void addClient(GenericApplicationContext context, String name, Supplier<ChatModel> model) {
		String modelName = name + "Model";
		context.registerBean(modelName, ChatModel.class, model);
		context.registerBean(name, ChatClient.class,
				() -> ChatClient.create(context.getBean(modelName, ChatModel.class)));
	}

	static List<OpenAiHttpClientBuilderCustomizer> openAiCustomizers(GenericApplicationContext context) {
		return context.getBeanProvider(OpenAiHttpClientBuilderCustomizer.class).orderedStream().toList();
	}

	static List<AnthropicHttpClientBuilderCustomizer> anthropicCustomizers(GenericApplicationContext context) {
		return context.getBeanProvider(AnthropicHttpClientBuilderCustomizer.class).orderedStream().toList();
	}

	ChatClient client(String name) {
		return this.context.getBean(name, ChatClient.class);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** The application. */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(excludeName = { "com.redis.om.spring.RedisModulesConfiguration",
			"com.redis.om.spring.EntraIDConfiguration" })
	static class Application {

	}

}

package io.github.costwise.autoconfigure;

import java.util.Arrays;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

import io.github.costwise.CostwiseConfigurationException;

/**
 * Makes the chat model named by {@code costwise.chat.default-model} the primary one, so
 * that it is the one behind the injectable builder.
 */
final class DefaultChatModelPostProcessor implements BeanFactoryPostProcessor {

	static final String PROPERTY = "costwise.chat.default-model";

	private final Environment environment;

	DefaultChatModelPostProcessor(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		String chosen = Binder.get(this.environment).bind(PROPERTY, String.class).orElse(null);
		if (chosen == null || chosen.isBlank()) {
			return;
		}
		String[] models = beanFactory.getBeanNamesForType(ChatModel.class, true, false);
		if (!Arrays.asList(models).contains(chosen)) {
			throw new CostwiseConfigurationException("'" + PROPERTY + "' is '" + chosen
					+ "', but no chat model bean has " + "that name. There are: " + String.join(", ", models) + ".",
					"Name one of these beans.");
		}
		for (String model : models) {
			if (beanFactory.containsBeanDefinition(model)) {
				beanFactory.getBeanDefinition(model).setPrimary(model.equals(chosen));
			}
		}
	}

}

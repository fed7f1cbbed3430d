package io.github.costwise.autoconfigure;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

import io.github.costwise.advisor.ChatClientManager;

/**
 * Manages the ChatClient and builder beans that are Spring AI's own, however they were
 * made. Others stay unchanged: what they ask of a model is seen by observation only.
 */
final class ManagedChatClientPostProcessor implements BeanPostProcessor {

	private static final Log logger = LogFactory.getLog(ManagedChatClientPostProcessor.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final ObjectProvider<ChatClientManager> manager;

	ManagedChatClientPostProcessor(ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<ChatClientManager> manager) {
		this.beanFactory = beanFactory;
		this.manager = manager;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof ChatClient client) {
			return manage(client, beanName);
		}
		return (bean instanceof ChatClient.Builder builder) ? manage(builder, beanName) : bean;
	}

	private ChatClient manage(ChatClient client, String beanName) {
		ChatClient managed = isDeclaredAs(ChatClient.class, beanName) ? this.manager.getObject().manage(client)
				: client;
		tellIfIgnored(managed, beanName);
		return managed;
	}

	private ChatClient.Builder manage(ChatClient.Builder builder, String beanName) {
		ChatClient.Builder managed = isDeclaredAs(ChatClient.Builder.class, beanName)
				? this.manager.getObject().manage(builder) : builder;
		tellIfIgnored(managed, beanName);
		return managed;
	}

	private void tellIfIgnored(Object bean, String beanName) {
		if (!this.manager.getObject().isManaged(bean)) {
			logger.info("The bean '" + beanName + "' (" + bean.getClass().getName()
					+ ") is ignored, since it is not Spring AI's own ChatClient or builder, or not declared as "
					+ "such: calls that only it makes are reported as unmanaged");
		}
	}

	/**
	 * A bean that is declared as a class of its own may be injected as that, which the
	 * managed one is not.
	 */
	private boolean isDeclaredAs(Class<?> type, String beanName) {
		Class<?> declared = declared(beanName);
		return declared == null || declared == type || !type.isAssignableFrom(declared);
	}

	private @Nullable Class<?> declared(String beanName) {
		return this.beanFactory.containsBeanDefinition(beanName)
				? this.beanFactory.getMergedBeanDefinition(beanName).getResolvableType().resolve() : null;
	}

}

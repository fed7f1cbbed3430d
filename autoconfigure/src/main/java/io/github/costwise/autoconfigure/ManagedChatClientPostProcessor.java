package io.github.costwise.autoconfigure;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

import io.github.costwise.advisor.ChatClientManager;

/**
 * Manages every ChatClient bean and every builder bean, however it was made.
 */
final class ManagedChatClientPostProcessor implements BeanPostProcessor {

	private final ObjectProvider<ChatClientManager> manager;

	ManagedChatClientPostProcessor(ObjectProvider<ChatClientManager> manager) {
		this.manager = manager;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof ChatClient client) {
			return this.manager.getObject().manage(client);
		}
		return (bean instanceof ChatClient.Builder builder) ? this.manager.getObject().manage(builder) : bean;
	}

}

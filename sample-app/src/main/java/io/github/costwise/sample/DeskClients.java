package io.github.costwise.sample;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

/**
 * Two clients side by side: the injected builder leads to the model that
 * {@code costwise.chat.default-model} names, and a second client is made from the
 * concrete model of another provider. Costwise accounts for both.
 */
@Configuration(proxyBeanMethods = false)
class DeskClients {

	@Bean
	ChatClient answeringClient(ChatClient.Builder builder, @Value("classpath:support-handbook.md") Resource handbook) {
		return builder.defaultSystem(handbook).build();
	}

	@Bean
	ChatClient readingClient(ObjectProvider<AnthropicChatModel> anthropic, ChatClient.Builder builder) {
		AnthropicChatModel model = anthropic.getIfAvailable();
		return (model != null) ? ChatClient.create(model) : builder.build();
	}

}

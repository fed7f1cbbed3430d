package io.github.costwise.autoconfigure;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

import io.github.costwise.advisor.CallRequests;
import io.github.costwise.advisor.openai.OpenAiAttempts;
import io.github.costwise.advisor.openai.OpenAiModelServer;
import io.github.costwise.advisor.openai.OpenAiProviderOptions;
import io.github.costwise.faults.Faults;

/**
 * Auto-configuration of what is particular about the OpenAI client.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = CostwiseAutoConfiguration.class)
@ConditionalOnClass({ OpenAiChatModel.class, ChatClient.class })
@ConditionalOnCostwise
public final class OpenAiAutoConfiguration {

	@Bean
	OpenAiProviderOptions costwiseOpenAiProviderOptions() {
		return new OpenAiProviderOptions();
	}

	@Bean
	OpenAiModelServer costwiseOpenAiModelServer() {
		return new OpenAiModelServer();
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "costwise.accounting.http-attempts", matchIfMissing = true)
	OpenAiAttempts costwiseOpenAiAttempts(CallRequests requests, CostwiseProperties properties, Faults faults) {
		return new OpenAiAttempts(requests, properties.getAccounting().reading(faults));
	}

}

package io.github.costwise.autoconfigure;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

import io.github.costwise.advisor.CallRequests;
import io.github.costwise.advisor.anthropic.AnthropicAttempts;
import io.github.costwise.advisor.anthropic.AnthropicModelServer;
import io.github.costwise.advisor.anthropic.AnthropicProviderOptions;
import io.github.costwise.faults.Faults;

/**
 * Auto-configuration of what is particular about the Anthropic client.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = CostwiseAutoConfiguration.class)
@ConditionalOnClass({ AnthropicChatModel.class, ChatClient.class })
@ConditionalOnCostwise
public final class AnthropicAutoConfiguration {

	@Bean
	AnthropicProviderOptions costwiseAnthropicProviderOptions() {
		return new AnthropicProviderOptions();
	}

	@Bean
	AnthropicModelServer costwiseAnthropicModelServer() {
		return new AnthropicModelServer();
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "costwise.accounting.http-attempts", matchIfMissing = true)
	AnthropicAttempts costwiseAnthropicAttempts(CallRequests requests, CostwiseProperties properties, Faults faults) {
		return new AnthropicAttempts(requests, properties.getAccounting().reading(faults));
	}

}

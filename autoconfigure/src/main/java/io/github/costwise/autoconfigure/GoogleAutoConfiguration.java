package io.github.costwise.autoconfigure;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.google.genai.GoogleGenAiChatModel;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

import io.github.costwise.advisor.google.GoogleModelServer;

/**
 * Auto-configuration of what is particular about the Google GenAI client.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = CostwiseAutoConfiguration.class)
@ConditionalOnClass({ GoogleGenAiChatModel.class, ChatClient.class })
@ConditionalOnCostwise
public final class GoogleAutoConfiguration {

	@Bean
	GoogleModelServer costwiseGoogleModelServer() {
		return new GoogleModelServer();
	}

}

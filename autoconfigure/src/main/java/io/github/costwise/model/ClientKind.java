package io.github.costwise.model;

/**
 * The client of Spring AI that made an answer, by the fields that only it fills.
 *
 * @since 0.1.0
 */
public enum ClientKind {

	/** {@code OpenAiChatModel}, whatever server it asks. */
	OPENAI,

	/** {@code AnthropicChatModel}. */
	ANTHROPIC,

	/** {@code GoogleGenAiChatModel}. */
	GOOGLE,

	/** {@code OllamaChatModel}. */
	OLLAMA,

	/** Another client, or an unknown one. */
	OTHER

}

package io.github.costwise.fallback.classify;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.Failure;
import io.github.costwise.model.FailureKind;
import io.github.costwise.spi.FailureClassifier;

/**
 * What HTTP clients throw when the exchange failed, for a reason that no classifier
 * before this one knows.
 */
final class ClientErrors implements FailureClassifier {

	private static final Set<String> NAMES = Set.of("com.openai.errors.OpenAIIoException",
			"com.openai.errors.OpenAIRetryableException", "com.anthropic.errors.AnthropicIoException",
			"com.anthropic.errors.AnthropicRetryableException", "com.google.genai.errors.GenAiIOException",
			"org.springframework.web.client.ResourceAccessException",
			"org.springframework.web.reactive.function.client.WebClientRequestException",
			"reactor.netty.channel.AbortedException", "io.netty.channel.ChannelException");

	@Override
	public @Nullable Failure classify(Throwable error) {
		return TypeNames.isA(error, NAMES) ? Failure.of(FailureKind.CONNECTION) : null;
	}

}

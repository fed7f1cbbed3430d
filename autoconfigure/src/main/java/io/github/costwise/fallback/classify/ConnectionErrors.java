package io.github.costwise.fallback.classify;

import java.io.IOException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.fallback.Failure;
import io.github.costwise.fallback.FailureClassifier;
import io.github.costwise.fallback.FailureKind;

/**
 * Connections that could not be made or broke off. A call that was cancelled at the HTTP
 * client, without a time-out, is a stop.
 */
final class ConnectionErrors implements FailureClassifier {

	private static final Set<String> CONNECTION = Set.of("com.openai.errors.OpenAIIoException",
			"com.openai.errors.OpenAIRetryableException", "com.anthropic.errors.AnthropicIoException",
			"com.anthropic.errors.AnthropicRetryableException", "com.google.genai.errors.GenAiIOException",
			"org.springframework.web.client.ResourceAccessException",
			"org.springframework.web.reactive.function.client.WebClientRequestException",
			"reactor.netty.channel.AbortedException", "io.netty.channel.ChannelException");

	@Override
	public @Nullable Failure classify(Throwable error) {
		if (isCancelled(error) || isCancelled(error.getCause())) {
			return Failure.of(FailureKind.STOPPED);
		}
		boolean io = error instanceof IOException && !UnreadableAnswers.isJson(error);
		return (io || TypeNames.isA(error, CONNECTION)) ? Failure.of(FailureKind.CONNECTION) : null;
	}

	/** So OkHttp says it. */
	private static boolean isCancelled(@Nullable Throwable error) {
		return error instanceof IOException && "Canceled".equals(error.getMessage());
	}

}

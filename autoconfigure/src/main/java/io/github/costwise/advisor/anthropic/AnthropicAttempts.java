package io.github.costwise.advisor.anthropic;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.http.okhttp.AnthropicHttpClientBuilderCustomizer;
import org.springframework.ai.anthropic.http.okhttp.SpringAiAnthropicHttpClient;

import io.github.costwise.advisor.CallRequests;
import io.github.costwise.advisor.http.AttemptInterceptor;
import io.github.costwise.faults.Faults;

/**
 * Makes the attempts of Anthropic clients visible. Thread-safe.
 *
 * @since 0.1.0
 */
public final class AnthropicAttempts implements AnthropicHttpClientBuilderCustomizer {

	private final CallRequests calls;

	private final @Nullable Faults reading;

	/**
	 * Creates the customizer.
	 * @param calls knows the streamed calls in flight
	 * @param reading told when the usage in a body cannot be read along, or {@code null}
	 * to leave bodies unread
	 */
	public AnthropicAttempts(CallRequests calls, @Nullable Faults reading) {
		this.calls = calls;
		this.reading = reading;
	}

	@Override
	public void customize(SpringAiAnthropicHttpClient.Builder builder) {
		builder.interceptor(new AttemptInterceptor(this.calls, this.reading));
		this.calls.showsAttempts(AnthropicChatOptions.class);
	}

}

package io.github.costwise.advisor.anthropic;

import org.springframework.ai.anthropic.http.okhttp.AnthropicHttpClientBuilderCustomizer;
import org.springframework.ai.anthropic.http.okhttp.SpringAiAnthropicHttpClient;

import io.github.costwise.advisor.CallRequests;
import io.github.costwise.advisor.http.AttemptInterceptor;

/**
 * Makes the attempts of Anthropic clients visible. Thread-safe.
 *
 * @since 0.1.0
 */
public final class AnthropicAttempts implements AnthropicHttpClientBuilderCustomizer {

	private final CallRequests calls;

	/**
	 * Creates the customizer.
	 * @param calls knows the streamed calls under way
	 */
	public AnthropicAttempts(CallRequests calls) {
		this.calls = calls;
	}

	@Override
	public void customize(SpringAiAnthropicHttpClient.Builder builder) {
		builder.interceptor(new AttemptInterceptor(this.calls));
	}

}

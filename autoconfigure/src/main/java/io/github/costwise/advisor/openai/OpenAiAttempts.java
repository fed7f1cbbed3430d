package io.github.costwise.advisor.openai;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;
import org.springframework.ai.openai.http.okhttp.SpringAiOpenAiHttpClient;

import io.github.costwise.advisor.CallRequests;
import io.github.costwise.advisor.http.AttemptInterceptor;
import io.github.costwise.faults.Faults;

/**
 * Makes the attempts of OpenAI clients visible. Thread-safe.
 *
 * @since 0.1.0
 */
public final class OpenAiAttempts implements OpenAiHttpClientBuilderCustomizer {

	private final CallRequests calls;

	private final @Nullable Faults reading;

	/**
	 * Creates the customizer.
	 * @param calls knows the streamed calls in flight
	 * @param reading told when the usage in a body cannot be read along, or {@code null}
	 * to leave bodies unread
	 */
	public OpenAiAttempts(CallRequests calls, @Nullable Faults reading) {
		this.calls = calls;
		this.reading = reading;
	}

	@Override
	public void customize(SpringAiOpenAiHttpClient.Builder builder) {
		builder.interceptor(new AttemptInterceptor(this.calls, this.reading));
		this.calls.showsAttempts(OpenAiChatOptions.class);
	}

}

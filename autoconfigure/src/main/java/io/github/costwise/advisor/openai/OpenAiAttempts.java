package io.github.costwise.advisor.openai;

import org.springframework.ai.openai.http.okhttp.OpenAiHttpClientBuilderCustomizer;
import org.springframework.ai.openai.http.okhttp.SpringAiOpenAiHttpClient;

import io.github.costwise.advisor.CallRequests;
import io.github.costwise.advisor.http.AttemptInterceptor;

/**
 * Makes the attempts of OpenAI clients visible. Thread-safe.
 *
 * @since 0.1.0
 */
public final class OpenAiAttempts implements OpenAiHttpClientBuilderCustomizer {

	private final CallRequests calls;

	/**
	 * Creates the customizer.
	 * @param calls knows the streamed calls under way
	 */
	public OpenAiAttempts(CallRequests calls) {
		this.calls = calls;
	}

	@Override
	public void customize(SpringAiOpenAiHttpClient.Builder builder) {
		builder.interceptor(new AttemptInterceptor(this.calls));
	}

}

package io.github.costwise.accounting.usage;

import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.spi.TokenCounter;

/** Counts the tokens of a request by its parts. Not thread-safe. */
final class RequestCount implements PromptWalk.PromptVisitor {

	private final TokenCounter counter;

	private final String model;

	private long sum;

	private RequestCount(TokenCounter counter, String model) {
		this.counter = counter;
		this.model = model;
	}

	static long of(Prompt prompt, TokenCounter counter, String model) {
		RequestCount count = new RequestCount(counter, model);
		PromptWalk.of(prompt, count);
		return count.sum;
	}

	@Override
	public void text(String text) {
		this.sum += this.counter.count(text, this.model);
	}

	@Override
	public void tokens(int count) {
		this.sum += count;
	}

}

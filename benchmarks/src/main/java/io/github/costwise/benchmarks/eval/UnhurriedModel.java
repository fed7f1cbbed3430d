package io.github.costwise.benchmarks.eval;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;

/**
 * A model that takes 50 ms for an answer of about 1,000 tokens to a question of 1,000,
 * that writes no more than it may, and that keeps its own bill. Thread-safe.
 */
final class UnhurriedModel implements ChatModel {

	static final String NAME = "unhurried";

	private static final String WHOLE = "stop";

	private static final int INPUT = 1_000;

	private static final int LEAST = 900;

	private static final int SPREAD = 200;

	private static final int LONGEST = 16_384;

	private static final long INPUT_NANOS = 1_000;

	private static final long OUTPUT_NANOS = 19_000;

	private static final long MILLIS = 50;

	private final ChatOptions options = OpenAiChatOptions.builder().model(NAME).build();

	private final Random random;

	private long billed;

	private int cut;

	UnhurriedModel(long seed) {
		this.random = new Random(seed);
	}

	static String question(int number) {
		return "Question " + number + ":" + " word".repeat(INPUT - 8);
	}

	static boolean isWhole(@Nullable ChatResponse response) {
		return response != null && WHOLE.equals(response.getResult().getMetadata().getFinishReason());
	}

	@Override
	public ChatResponse call(Prompt prompt) {
		int output = output(limit(prompt.getOptions()));
		try {
			TimeUnit.MILLISECONDS.sleep(MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return answer(Math.abs(output), (output > 0) ? WHOLE : "length");
	}

	/** The tokens that are written, below zero when they are not the whole answer. */
	private synchronized int output(int limit) {
		int wanted = LEAST + this.random.nextInt(SPREAD + 1);
		int written = Math.min(wanted, limit);
		this.billed += INPUT * INPUT_NANOS + written * OUTPUT_NANOS;
		this.cut += (written < wanted) ? 1 : 0;
		return (written < wanted) ? -written : written;
	}

	private static int limit(@Nullable ChatOptions options) {
		Integer most = (options != null) ? options.getMaxTokens() : null;
		if (options instanceof OpenAiChatOptions openAi && openAi.getMaxCompletionTokens() != null) {
			most = openAi.getMaxCompletionTokens();
		}
		return (most != null) ? most : LONGEST;
	}

	private static ChatResponse answer(int output, String finish) {
		ChatResponseMetadata metadata = ChatResponseMetadata.builder()
			.model(NAME)
			.usage(new DefaultUsage(INPUT, output, INPUT + output))
			.build();
		return new ChatResponse(List.of(new Generation(new AssistantMessage("Yes."),
				ChatGenerationMetadata.builder().finishReason(finish).build())), metadata);
	}

	@Override
	public ChatOptions getOptions() {
		return this.options;
	}

	synchronized long billedNanos() {
		return this.billed;
	}

	synchronized int cut() {
		return this.cut;
	}

}

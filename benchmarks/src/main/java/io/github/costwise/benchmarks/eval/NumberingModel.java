package io.github.costwise.benchmarks.eval;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Flux;

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

/** A model that gives no answer twice. Thread-safe. */
final class NumberingModel implements ChatModel {

	private static final String MODEL = "gpt-5-mini";

	private final ChatOptions options = OpenAiChatOptions.builder().model(MODEL).build();

	private final AtomicInteger answers = new AtomicInteger();

	@Override
	public ChatResponse call(Prompt prompt) {
		return response("It is sharpened by method " + this.answers.incrementAndGet() + ".", true);
	}

	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		return Flux.defer(() -> Flux.just(response("It is sharpened in ", false),
				response("method " + this.answers.incrementAndGet() + ".", true)));
	}

	@Override
	public ChatOptions getOptions() {
		return this.options;
	}

	private static ChatResponse response(String text, boolean end) {
		ChatGenerationMetadata metadata = end ? ChatGenerationMetadata.builder().finishReason("STOP").build()
				: ChatGenerationMetadata.NULL;
		return new ChatResponse(List.of(new Generation(new AssistantMessage(text), metadata)),
				ChatResponseMetadata.builder().model(MODEL).usage(new DefaultUsage(20, 10, 30)).build());
	}

}

package io.github.costwise.benchmarks.eval;

import java.util.ArrayList;
import java.util.List;

import com.openai.models.completions.CompletionUsage;
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

/**
 * A model that answers at once from memory, with the options and the usage that OpenAI's
 * client gives. Thread-safe.
 */
final class ScriptedModel implements ChatModel {

	static final int CHUNKS = 300;

	private static final String MODEL = "gpt-5-mini";

	private final ChatOptions options = OpenAiChatOptions.builder().model(MODEL).build();

	private final ChatResponse answer = response("Yes, and here is why: ".repeat(10), usage());

	private final List<ChatResponse> chunks = chunks();

	@Override
	public ChatResponse call(Prompt prompt) {
		return this.answer;
	}

	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		return Flux.fromIterable(this.chunks);
	}

	@Override
	public ChatOptions getOptions() {
		return this.options;
	}

	private static List<ChatResponse> chunks() {
		List<ChatResponse> chunks = new ArrayList<>();
		for (int i = 1; i < CHUNKS; i++) {
			chunks.add(response("word ", new DefaultUsage(0, 0, 0)));
		}
		chunks.add(response("end.", usage()));
		return chunks;
	}

	private static ChatResponse response(String text, DefaultUsage usage) {
		ChatResponseMetadata metadata = ChatResponseMetadata.builder().model(MODEL).usage(usage).build();
		return new ChatResponse(List.of(new Generation(new AssistantMessage(text),
				ChatGenerationMetadata.builder().finishReason("stop").build())), metadata);
	}

	private static DefaultUsage usage() {
		CompletionUsage usage = CompletionUsage.builder()
			.promptTokens(1200)
			.completionTokens(350)
			.totalTokens(1550)
			.promptTokensDetails(CompletionUsage.PromptTokensDetails.builder().cachedTokens(1024).build())
			.completionTokensDetails(CompletionUsage.CompletionTokensDetails.builder().reasoningTokens(120).build())
			.build();
		return new DefaultUsage(1200, 350, 1550, usage, 1024L, null);
	}

}

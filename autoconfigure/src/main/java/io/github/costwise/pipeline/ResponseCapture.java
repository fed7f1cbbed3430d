package io.github.costwise.pipeline;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;

import io.github.costwise.answer.Answer;
import io.github.costwise.answer.AnswerReader;
import io.github.costwise.answer.AnswerVerdict;
import io.github.costwise.model.AnswerMode;
import io.github.costwise.time.Ticker;

/**
 * What was seen of the answer to one call, whole or in chunks. Chunks come one after
 * another; not thread-safe.
 */
final class ResponseCapture {

	private final boolean streamed;

	private final StringBuilder received = new StringBuilder(0);

	private final Ticker ticker;

	private long firstTokenNanos;

	private @Nullable Usage usage;

	private @Nullable String model;

	private @Nullable ChatResponse last;

	private final AnswerMode mode;

	private final AnswerReader reader;

	ResponseCapture(boolean streamed, Ticker ticker) {
		this.ticker = ticker;
		this.streamed = streamed;
		this.mode = streamed ? AnswerMode.STREAM : AnswerMode.CALL;
		this.reader = new AnswerReader(this.mode);
	}

	/** The answer, as far as it was seen. */
	Answer answer() {
		return this.reader.answer();
	}

	/** What the answer is worth, as far as it was seen. */
	AnswerVerdict verdict(Prompt prompt) {
		return AnswerVerdict.of(answer(), this.mode, prompt);
	}

	/** The answer first: usage of a client's own that cannot be read is no bad answer. */
	void see(ChatResponse response) {
		this.last = response;
		this.reader.see(response);
		if (this.streamed) {
			int before = this.received.length();
			append(response);
			if (this.firstTokenNanos == 0 && this.received.length() > before) {
				this.firstTokenNanos = this.ticker.read() | 1;
			}
		}
		seeMetadata(response.getMetadata());
	}

	private void seeMetadata(ChatResponseMetadata metadata) {
		if (this.model == null) {
			String named = metadata.getModel();
			this.model = (named != null && !named.isEmpty()) ? named : null;
		}
		Usage reported = metadata.getUsage();
		if (reported != null && (this.usage == null || reported.getTotalTokens() > 0)) {
			this.usage = reported;
		}
	}

	private void append(ChatResponse response) {
		List<Generation> generations = response.getResults();
		for (int i = 0; i < generations.size(); i++) {
			AssistantMessage output = generations.get(i).getOutput();
			if (output.getText() != null) {
				this.received.append(output.getText());
			}
			for (AssistantMessage.ToolCall toolCall : output.getToolCalls()) {
				this.received.append(toolCall.name()).append(toolCall.arguments());
			}
		}
	}

	@Nullable Usage usage() {
		return this.usage;
	}

	/** The id of the answer, as far as the client tells it. */
	@Nullable String id() {
		ChatResponse response = this.last;
		String id = (response != null) ? response.getMetadata().getId() : null;
		return (id != null && !id.isEmpty()) ? id : null;
	}

	/** The model that answered, as far as the answer says. */
	@Nullable String model() {
		return this.model;
	}

	/** The text that came, calls of tools included. */
	CharSequence received() {
		if (!this.streamed && this.last != null && this.received.isEmpty()) {
			append(this.last);
		}
		return this.received;
	}

	/** When the first content of a stream came, or 0. */
	long firstTokenNanos() {
		return this.firstTokenNanos;
	}

}

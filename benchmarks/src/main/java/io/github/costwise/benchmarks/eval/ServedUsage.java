package io.github.costwise.benchmarks.eval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.observation.ObservationRegistry;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.context.support.GenericApplicationContext;

import io.github.costwise.model.CallRecord;
import io.github.costwise.spi.UsageLedger;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

/**
 * Serves usage bodies to real, managed clients and reads the ledger. Not thread-safe.
 */
final class ServedUsage implements AutoCloseable {

	private final LoopbackProvider server = new LoopbackProvider();

	private final ManagedContext context;

	ServedUsage() {
		this.server.recorder((exchange) -> {
		});
		this.context = ManagedContext.start(Overrides.openAiOnLoopback(), this::register);
	}

	private void register(GenericApplicationContext context) {
		ManagedContext.addClient(context, "openai", () -> LoopbackModels.openAi(this.server, (options) -> options,
				ObservationRegistry.NOOP, ManagedContext.openAiCustomizers(context)));
		ManagedContext.addClient(context, "anthropic", () -> LoopbackModels.anthropic(this.server, (options) -> options,
				ObservationRegistry.NOOP, ManagedContext.anthropicCustomizers(context)));
		ManagedContext.addClient(context, "google", () -> LoopbackModels.google(this.server));
	}

	ManagedContext context() {
		return this.context;
	}

	/**
	 * Serves a row, once.
	 * @param row the row
	 * @param stream whether as a stream
	 * @return what the ledger has of it
	 * @throws IllegalStateException if that is not one call
	 */
	CallRecord serve(UsageRow row, boolean stream) {
		this.server.enqueue(Answer.chunks("The ", "answer").model(row.model()).usage(row.usage().toString()));
		Instant before = Instant.now();
		ChatClientRequestSpec request = this.context.client(row.provider())
			.prompt("What does line " + row.line() + " cost?")
			.options(options(row));
		if (stream) {
			request.stream().chatResponse().blockLast();
		}
		else {
			request.call().chatResponse();
		}
		List<CallRecord> records = new ArrayList<>();
		this.context.bean(UsageLedger.class).forEachCall(before, Instant.now().plusSeconds(1), records::add);
		if (records.size() != 1) {
			throw new IllegalStateException("Line " + row.line() + " made " + records.size() + " calls in the ledger");
		}
		return records.get(0);
	}

	private static ChatOptions.Builder<?> options(UsageRow row) {
		return switch (row.provider()) {
			case "openai" -> OpenAiChatOptions.builder().model(row.model());
			case "anthropic" -> AnthropicChatOptions.builder().model(row.model());
			default -> GoogleGenAiChatOptions.builder().model(row.model());
		};
	}

	@Override
	public void close() {
		this.context.close();
		this.server.close();
	}

}

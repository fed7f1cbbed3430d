package io.github.costwise.benchmarks.eval;

import java.time.Duration;
import java.util.Objects;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.util.function.Tuple2;

import org.springframework.ai.anthropic.AnthropicCacheOptions;
import org.springframework.ai.anthropic.AnthropicCacheStrategy;
import org.springframework.ai.anthropic.AnthropicCacheTtl;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.client.advisor.StructuredOutputValidationAdvisor;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.context.support.GenericApplicationContext;

import io.github.costwise.benchmarks.eval.BillTurn.Api;
import io.github.costwise.benchmarks.eval.BillTurn.Mishap;
import io.github.costwise.benchmarks.provider.BilledCall;
import io.github.costwise.benchmarks.provider.Extras;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

/** Takes turns through real, managed chat clients. Thread-safe. */
final class BillClients {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Duration IMPATIENCE = Duration.ofMillis(300);

	private static final int EVERYTHING = 1000;

	private static final ToolCallback LOOKUP = FunctionToolCallback
		.builder("lookup", (Key key) -> "The value of " + key.key() + " is 7")
		.description("Looks up a value")
		.inputType(Key.class)
		.build();

	private final ManagedContext context;

	BillClients(ManagedContext context) {
		this.context = context;
	}

	static void register(GenericApplicationContext context, LoopbackProvider server) {
		for (boolean patient : new boolean[] { true, false }) {
			ManagedContext.addClient(context, name(Api.OPENAI, patient),
					() -> LoopbackModels.openAi(server,
							(options) -> options.maxRetries(retries(patient)).timeout(timeout(patient)),
							ObservationRegistry.NOOP, ManagedContext.openAiCustomizers(context)));
			ManagedContext.addClient(context, name(Api.ANTHROPIC, patient),
					() -> LoopbackModels.anthropic(server,
							(options) -> options.maxRetries(retries(patient)).timeout(timeout(patient)),
							ObservationRegistry.NOOP, ManagedContext.anthropicCustomizers(context)));
		}
	}

	/**
	 * Takes a turn to its end.
	 * @param turn the turn
	 * @return what it failed with, or {@code null} when it was answered or cancelled
	 */
	@Nullable RuntimeException take(BillTurn turn) {
		ChatClientRequestSpec request = this.context.client(name(turn.api(), turn.mishap() != Mishap.STALL))
			.prompt()
			.system("You look up values and answer in one sentence.")
			.user("Question of " + turn.model())
			.options(options(turn));
		try {
			send(turn, turn.validated() ? request : request.tools(LOOKUP));
			return null;
		}
		catch (RuntimeException ex) {
			return ex;
		}
		finally {
			open(turn, EVERYTHING);
		}
	}

	private static void send(BillTurn turn, ChatClientRequestSpec request) {
		if (turn.validated()) {
			request.advisors(StructuredOutputValidationAdvisor.builder().outputType(LabelledScore.class).build())
				.call()
				.entity(LabelledScore.class);
		}
		else if (turn.stream()) {
			Flux<String> text = request.stream().content().filter((chunk) -> !chunk.isEmpty());
			((turn.mishap() == Mishap.ABORT) ? abort(turn, text) : text).blockLast(PATIENCE);
		}
		else {
			request.call().content();
		}
	}

	private static ChatOptions.Builder<?> options(BillTurn turn) {
		if (turn.api() == Api.OPENAI) {
			OpenAiChatOptions.Builder options = OpenAiChatOptions.builder().model(turn.model());
			return turn.calls().stream().anyMatch((call) -> call.extras().kind() == Extras.ExtraKind.CLASS)
					? options.serviceTier("priority") : options;
		}
		AnthropicChatOptions.Builder options = AnthropicChatOptions.builder().model(turn.model());
		return !turn.oneHour() ? options
				: options.cacheOptions(AnthropicCacheOptions.builder()
					.strategy(AnthropicCacheStrategy.SYSTEM_ONLY)
					.messageTypeTtl(MessageType.SYSTEM, AnthropicCacheTtl.ONE_HOUR)
					.build());
	}

	/**
	 * Cancels after the first chunks. The provider goes on sending meanwhile, as real
	 * ones do: a client of Anthropic's cannot close while it waits for the next chunk.
	 */
	private static Flux<String> abort(BillTurn turn, Flux<String> text) {
		return text.index().doOnNext((chunk) -> {
			if (chunk.getT1() == BillScript.CHUNKS_BEFORE_ABORT - 1) {
				open(turn, BillScript.CHUNKS_AFTER_ABORT);
			}
		}).map(Tuple2::getT2).take(BillScript.CHUNKS_BEFORE_ABORT);
	}

	private static void open(BillTurn turn, int chunks) {
		turn.calls().stream().map(BilledCall::gate).filter(Objects::nonNull).forEach((gate) -> gate.release(chunks));
	}

	private static int retries(boolean patient) {
		return patient ? BillScript.RETRIES : 0;
	}

	private static Duration timeout(boolean patient) {
		return patient ? PATIENCE : IMPATIENCE;
	}

	private static String name(Api api, boolean patient) {
		return api.provider() + (patient ? "" : "Impatient");
	}

	/** What the tool wants to know. */
	record Key(String key) {

	}

	/** What a validated answer holds. */
	record LabelledScore(String label, int score) {

	}

}

package io.github.costwise.advisor;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.context.ApplicationContext;

import io.github.costwise.cache.admission.Refusal;
import io.github.costwise.cache.Miss;
import io.github.costwise.model.AnswerMode;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.AnswerBodies;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.SpringAi;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Half an answer is given and never stored, a thought is never taken for the answer.
 */
@Tag("chain")
class WholeAnswerTests {

	private static final String HALF = "[{\"type\":\"text\",\"text\":\"Half a sent\"}]";

	private static final String THOUGHTFUL = "[{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"c2ln\"},"
			+ "{\"type\":\"text\",\"text\":\"Paris\"}]";

	private final LoopbackProvider provider = new LoopbackProvider();

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@EnumSource
	void anthropicWithoutItsEndIsGivenAndNotStored(AnswerMode mode) {
		enqueue(mode, AnswerBodies.anthropic(HALF, null), AnswerBodies.anthropicStream(HALF, null), 2);
		assertNotStored(LoopbackModels.anthropic(this.provider), mode, "Half a sent");
	}

	@ParameterizedTest
	@EnumSource
	void openAiWithoutAKnownReasonIsGivenAndNotStored(AnswerMode mode) {
		enqueue(mode,
				AnswerBodies.openAi("{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Half a sent\"},"
						+ "\"finish_reason\":\"\"}"),
				AnswerBodies
					.openAiStream("{\"index\":0,\"delta\":{\"content\":\"Half a sent\"},\"finish_reason\":null}"),
				2);
		assertNotStored(LoopbackModels.openAi(this.provider), mode, "Half a sent");
	}

	@Test
	void ollamaStreamThatStopsIsGivenAndNotStored() {
		String line = AnswerBodies.ollama("{\"role\":\"assistant\",\"content\":\"Half a sent\"}", null);
		enqueue(AnswerMode.STREAM, line, line, 2);
		assertNotStored(LoopbackModels.ollama(this.provider), AnswerMode.STREAM, "Half a sent");
	}

	private void assertNotStored(ChatModel model, AnswerMode mode, String text) {
		run(model, false, (context) -> {
			assertThat(text(context, mode)).isEqualTo(text);
			assertThat(text(context, mode)).isEqualTo(text);
			assertThat(this.provider.requests()).hasSize(2);
			assertThat(CacheClients.counters(context).refusals(Refusal.UNMARKED)).isEqualTo(2);
		});
	}

	@ParameterizedTest
	@EnumSource
	void serversThatNeverMarkTheEndCanBeAccepted(AnswerMode mode) {
		enqueue(mode, AnswerBodies.anthropic(HALF, null), AnswerBodies.anthropicStream(HALF, null), 1);
		run(LoopbackModels.anthropic(this.provider), true, (context) -> {
			text(context, mode);
			CacheClients.awaitStored(context, 1);
			assertThat(text(context, mode)).isEqualTo("Half a sent");
			assertThat(this.provider.requests()).hasSize(1);
		});
	}

	@Test
	void hitOfACallStreamsTheTextBesideTheThought() {
		enqueue(AnswerMode.CALL, AnswerBodies.anthropic(THOUGHTFUL, "end_turn"), "", 1);
		run(LoopbackModels.anthropic(this.provider), false, (context) -> {
			text(context, AnswerMode.CALL);
			CacheClients.awaitStored(context, 1);
			List<ChatResponse> chunks = CacheClients.client(context)
				.prompt("Q?")
				.stream()
				.chatResponse()
				.collectList()
				.block();
			assertThat(this.provider.requests()).hasSize(1);
			assertThat(chunks).extracting((chunk) -> chunk.getResult().getOutput().getText())
				.containsExactly(SpringAi.showsThoughtsOfAnthropic() ? "Hm" : null, null, "Paris", "");
			assertThat(chunks.get(0).getResult().getOutput().getMetadata()).containsEntry("thinking", true);
			assertThat(chunks.get(1).getResult().getOutput().getMetadata()).containsEntry("signature", "c2ln");
			assertThat(chunks.get(3).getMetadata().getId()).isEqualTo("msg_1");
		});
	}

	/** Where a client sends thoughts back, it does so with those of a hit. */
	@ParameterizedTest
	@EnumSource
	void hitContinuesAConversationAsTheAnswerDid(AnswerMode mode) {
		enqueue(mode, AnswerBodies.anthropic(THOUGHTFUL, "end_turn"),
				AnswerBodies.anthropicStream(THOUGHTFUL, "end_turn"), 1);
		enqueue(AnswerMode.CALL, AnswerBodies.anthropic(HALF, "end_turn"), "", 2);
		ChatModel model = LoopbackModels.anthropic(this.provider);
		run(model, false, (context) -> {
			Message first = message(context, mode);
			CacheClients.awaitStored(context, 1);
			Message hit = message(context, mode);
			assertThat(this.provider.requests()).hasSize(1);
			model.call(new Prompt(new UserMessage("Q?"), first, new UserMessage("And?")));
			model.call(new Prompt(new UserMessage("Q?"), hit, new UserMessage("And?")));
			assertThat(this.provider.requests().get(2).body()).isEqualTo(this.provider.requests().get(1).body());
			assertThat(this.provider.requests().get(2).body().toString().contains("c2ln"))
				.isNotEqualTo(SpringAi.showsThoughtsOfAnthropic());
		});
	}

	private static Message message(ApplicationContext context, AnswerMode mode) {
		ChatClient.ChatClientRequestSpec spec = CacheClients.client(context).prompt("Q?");
		List<ChatResponse> responses = (mode == AnswerMode.CALL) ? List.of(spec.call().chatResponse())
				: spec.stream().chatResponse().collectList().block();
		List<Generation> last = responses.get(responses.size() - 1).getResults();
		return last.get(last.size() - 1).getOutput();
	}

	@Test
	void streamIsNoAnswerToACallThatNeedsMore() {
		enqueue(AnswerMode.STREAM, "", AnswerBodies.anthropicStream(THOUGHTFUL, "end_turn"), 1);
		enqueue(AnswerMode.CALL, AnswerBodies.anthropic(THOUGHTFUL, "end_turn"), "", 1);
		String streamed = SpringAi.showsThoughtsOfAnthropic() ? "HmParis" : "Paris";
		run(LoopbackModels.anthropic(this.provider), false, (context) -> {
			assertThat(text(context, AnswerMode.STREAM)).isEqualTo(streamed);
			CacheClients.awaitStored(context, 1);
			assertThat(text(context, AnswerMode.CALL)).isEqualTo("Paris");
			assertThat(CacheClients.counters(context).misses(Miss.MODE)).isOne();
			CacheClients.awaitStored(context, 2);
			assertThat(text(context, AnswerMode.STREAM)).isEqualTo(streamed);
			assertThat(text(context, AnswerMode.CALL)).isEqualTo("Paris");
			assertThat(this.provider.requests()).hasSize(2);
		});
	}

	private void enqueue(AnswerMode mode, String call, String stream, int times) {
		for (int i = 0; i < times; i++) {
			this.provider.enqueue(Answer.text("").body((mode == AnswerMode.CALL) ? call : stream));
		}
	}

	/** What a caller reads: the last generation, or all that is streamed. */
	private static String text(ApplicationContext context, AnswerMode mode) {
		ChatClient.ChatClientRequestSpec spec = CacheClients.client(context).prompt("Q?");
		if (mode == AnswerMode.STREAM) {
			return String.join("", spec.stream().content().collectList().block());
		}
		ChatResponse response = spec.call().chatResponse();
		return response.getResults().get(response.getResults().size() - 1).getOutput().getText();
	}

	private static void run(ChatModel model, boolean acceptUnmarked, CostwiseRunner.ContextConsumer consumer) {
		CostwiseRunner.create()
			.withBean("model", ChatModel.class, () -> model)
			.withPropertyValues(CacheClients.POLICY + "mode=enforce",
					CacheClients.POLICY + "accept-unmarked-ends=" + acceptUnmarked)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				consumer.accept(context);
			});
	}

}

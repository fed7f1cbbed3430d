package io.github.costwise.advisor;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.context.ApplicationContext;

import io.github.costwise.CacheMetadata;
import io.github.costwise.advisor.RandomAnswers.Bodies;
import io.github.costwise.cache.admission.Refusal;
import io.github.costwise.cache.Miss;
import io.github.costwise.cache.response.PolicyCounters;
import io.github.costwise.model.AnswerMode;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.AnswerBodies;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A hit gives back what the model gave, field by field, with the real clients: in the
 * mode that it was seen in, and in the other one what that mode would have given, or
 * nothing.
 */
@Tag("chain")
class AnswerFidelityTests {

	private static final int CASES = 60;

	private final LoopbackProvider provider = new LoopbackProvider();

	private int asked;

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@EnumSource
	void randomAnswersOfOpenAi(AnswerMode first) {
		RandomAnswers random = new RandomAnswers(42);
		assertThat(check(LoopbackModels.openAi(this.provider), first, random::openAi)).isGreaterThan(CASES / 4);
	}

	@ParameterizedTest
	@EnumSource
	void randomAnswersOfAnthropic(AnswerMode first) {
		RandomAnswers random = new RandomAnswers(43);
		assertThat(check(LoopbackModels.anthropic(this.provider), first, random::anthropic)).isGreaterThan(CASES / 4);
	}

	@ParameterizedTest
	@EnumSource
	void answersOfOllama(AnswerMode first) {
		String text = "{\"role\":\"assistant\",\"content\":\"Paris\"}";
		String thoughtful = "{\"role\":\"assistant\",\"content\":\"Paris\",\"thinking\":\"Hm\"}";
		String thought = "{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"Hm\"}";
		Bodies plain = new Bodies(AnswerBodies.ollama(text, "stop"),
				AnswerBodies.ollama(text, null) + AnswerBodies.ollama(text.replace("Paris", ""), "stop"));
		Bodies mixed = new Bodies(AnswerBodies.ollama(thoughtful, "stop"), AnswerBodies.ollama(thought, null)
				+ AnswerBodies.ollama(text, null) + AnswerBodies.ollama(text.replace("Paris", ""), "stop"));
		ChatModel model = LoopbackModels.ollama(this.provider);
		run(model, Map.of(), (context) -> {
			assertThat(checkOne(context, model, first, plain)).isTrue();
			assertThat(checkOne(context, model, first, mixed)).isTrue();
			assertThat(CacheClients.counters(context).misses(Miss.MODE)).isEqualTo((first == AnswerMode.CALL) ? 1 : 0);
		});
	}

	@Test
	void answersOfGoogle() {
		String thoughtful = "[{\"text\":\"Hm\",\"thought\":true},{\"text\":\"Paris\"}]";
		String signed = "[{\"text\":\"Hm\",\"thought\":true},{\"text\":\"Paris\",\"thoughtSignature\":\"YWJj\"}]";
		ChatModel model = LoopbackModels.google(this.provider);
		run(model, Map.of(), (context) -> {
			for (String parts : List.of(thoughtful, signed)) {
				String stream = AnswerBodies.googleStream(
						AnswerBodies.google("[" + parts.substring(1, parts.indexOf("},")) + "}]", null),
						AnswerBodies.google("[" + parts.substring(parts.indexOf("},") + 2), "STOP"));
				Bodies bodies = new Bodies(AnswerBodies.google(parts, "STOP"), stream);
				assertThat(checkOne(context, model, AnswerMode.CALL, bodies)).isTrue();
				assertThat(checkOne(context, model, AnswerMode.STREAM, bodies)).isFalse();
			}
			assertThat(CacheClients.counters(context).misses(Miss.MODE)).isEqualTo(1);
			assertThat(CacheClients.counters(context).refusals(Refusal.UNMARKED)).isEqualTo(5);
		});
	}

	@Test
	void googleStreamsAreServedWhereUnmarkedEndsAreAccepted() {
		ChatModel model = LoopbackModels.google(this.provider);
		run(model, Map.of(CacheClients.POLICY + "accept-unmarked-ends", "true"), (context) -> {
			Bodies bodies = new Bodies("",
					AnswerBodies.googleStream(AnswerBodies.google("[{\"text\":\"Hm\",\"thought\":true}]", null),
							AnswerBodies.google("[{\"text\":\"Paris\",\"thoughtSignature\":\"YWJj\"}]", "STOP")));
			serve(bodies);
			ask(context, "Question?", AnswerMode.STREAM);
			List<ChatResponse> hit = ask(context, "Question?", AnswerMode.STREAM);
			assertThat(isHit(hit)).isTrue();
			assertSame(AnswerMode.STREAM, hit, given(model, AnswerMode.STREAM));
		});
	}

	private int check(ChatModel model, AnswerMode first, Supplier<Bodies> bodies) {
		int[] served = new int[1];
		run(model, Map.of(), (context) -> {
			for (int i = 0; i < CASES; i++) {
				served[0] += checkOne(context, model, first, bodies.get()) ? 1 : 0;
			}
		});
		return served[0];
	}

	/** Whether the answer was stored, and given back. */
	private boolean checkOne(ApplicationContext context, ChatModel model, AnswerMode first, Bodies bodies) {
		serve(bodies);
		String question = "Question " + this.asked + "?";
		List<ChatResponse> truth = given(model, first);
		assertSame(first, ask(context, question, first), truth);
		List<ChatResponse> again = ask(context, question, first);
		assertSame(first, again, truth);
		AnswerMode other = (first == AnswerMode.CALL) ? AnswerMode.STREAM : AnswerMode.CALL;
		long misses = CacheClients.counters(context).misses(Miss.MODE);
		List<ChatResponse> otherwise = ask(context, question, other);
		assertSame(other, otherwise, given(model, other));
		assertThat(isHit(otherwise) || CacheClients.counters(context).misses(Miss.MODE) > misses)
			.isEqualTo(isHit(again));
		return isHit(again);
	}

	private void serve(Bodies bodies) {
		this.provider.handler((request) -> Answer.text("").body(request.isStream() ? bodies.stream() : bodies.call()));
	}

	private static List<ChatResponse> given(ChatModel model, AnswerMode mode) {
		Prompt prompt = new Prompt("Question?");
		return (mode == AnswerMode.CALL) ? List.of(model.call(prompt)) : model.stream(prompt).collectList().block();
	}

	private List<ChatResponse> ask(ApplicationContext context, String question, AnswerMode mode) {
		ChatClient.ChatClientRequestSpec spec = CacheClients.client(context).prompt(question);
		List<ChatResponse> answer = (mode == AnswerMode.CALL) ? List.of(spec.call().chatResponse())
				: spec.stream().chatResponse().collectList().block();
		if (!isHit(answer)) {
			this.asked++;
			CacheClients.await(() -> ended(context) >= this.asked);
		}
		return answer;
	}

	/** How many answers were stored or kept out. */
	private static long ended(ApplicationContext context) {
		PolicyCounters counters = CacheClients.counters(context);
		return counters.storedAnswers() + Arrays.stream(Refusal.values()).mapToLong(counters::refusals).sum();
	}

	private static boolean isHit(List<ChatResponse> answer) {
		return answer.get(0).getMetadata().get(CacheMetadata.HIT) != null;
	}

	private static void assertSame(AnswerMode mode, List<ChatResponse> answer, List<ChatResponse> truth) {
		if (mode == AnswerMode.CALL) {
			assertThat(GivenFields.of(answer.get(0))).isEqualTo(GivenFields.of(truth.get(0)));
		}
		else {
			assertThat(GivenFields.aggregated(answer)).isEqualTo(GivenFields.aggregated(truth));
			assertThat(GivenFields.parts(answer)).isEqualTo(GivenFields.parts(truth));
		}
	}

	private static void run(ChatModel model, Map<String, String> properties, CostwiseRunner.ContextConsumer consumer) {
		String[] pairs = properties.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + entry.getValue())
			.toArray(String[]::new);
		CostwiseRunner.create()
			.withBean("model", ChatModel.class, () -> model)
			.withPropertyValues(CacheClients.POLICY + "mode=enforce")
			.withPropertyValues(pairs)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				consumer.accept(context);
			});
	}

}

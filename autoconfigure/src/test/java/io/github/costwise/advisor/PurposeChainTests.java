package io.github.costwise.advisor;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;

import io.github.costwise.CallLimits;
import io.github.costwise.CostScope;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatRuntimeException;

/**
 * Each call of a turn has the purpose that it was made for, and a turn that Costwise
 * stopped is refused.
 */
@Tag("chain")
class PurposeChainTests {

	private final LoopbackProvider server = new LoopbackProvider();

	@AfterEach
	void close() {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource
	void whatAnAdvisorAsksOfItsOwnIsNoRepeat(Form form) {
		this.server.handler((request) -> Answer.text("fine"));
		run((client, context) -> {
			form.ask(client.prompt("Q")
				.advisors(new Critic(3, Ordered.LOWEST_PRECEDENCE - 3000, (text) -> text + "\nBetter?")));
			assertPurposes(context, Purpose.ANSWER, Purpose.FURTHER, Purpose.FURTHER);
			assertThat(CostwiseRunner.calls(context)).noneMatch(CallRecord::isRetrySpend);
			assertOutcome(context, TurnRecord.TurnOutcome.ANSWERED);
		});
	}

	@Test
	void aValidatorRepeatsAsOftenAsItComplains() {
		this.server.enqueue(Answer.text("no json"), Answer.text("{}"), Answer.text("{\"name\":\"Ada\"}"));
		run((client, context) -> {
			assertThat(client.prompt("Q").call().entity(Person.class, (entity) -> entity.validateSchema()))
				.isEqualTo(new Person("Ada"));
			assertPurposes(context, Purpose.ANSWER, Purpose.RETRY, Purpose.RETRY);
		});
	}

	@Test
	void aValidatorMakesNoRepeatOfWhatAnotherAdvisorAsks() {
		this.server.enqueue(Answer.text("{\"name\":\"Bo\"}"), Answer.text("no json"),
				Answer.text("{\"name\":\"Ada\"}"));
		run((client, context) -> {
			Critic critic = new Critic(2, Ordered.HIGHEST_PRECEDENCE + 400, (text) -> text + "\nBetter?");
			assertThat(client.prompt("Q")
				.advisors(critic)
				.call()
				.entity(Person.class, (entity) -> entity.validateSchema())).isEqualTo(new Person("Ada"));
			assertPurposes(context, Purpose.ANSWER, Purpose.FURTHER, Purpose.RETRY);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "Q", "Q\nOutput JSON validation failed because of: nothing", "Q ", "Another" })
	void whatLooksLikeAComplaintIsNone(String second) {
		this.server.enqueue(Answer.text("no json"), Answer.text("{\"name\":\"Ada\"}"));
		run((client, context) -> {
			Critic critic = new Critic(2, Ordered.LOWEST_PRECEDENCE - 1900, (text) -> text.replaceFirst("Q", second));
			client.prompt("Q").advisors(critic).call().entity(Person.class, (entity) -> entity.validateSchema());
			assertPurposes(context, Purpose.ANSWER, Purpose.FURTHER);
		});
	}

	/**
	 * Spring AI 2.0.0 sends what the tool said; 2.0.1 repeats the question before.
	 */
	@Test
	void aRepeatAfterToolsIsARepeat() {
		this.server.enqueue(Answer.tool("status", "{}"), Answer.text("no json"), Answer.text("{\"name\":\"Ada\"}"));
		run((client, context) -> {
			assertThat(client.prompt("Q")
				.tools(new StatusTool())
				.call()
				.entity(Person.class, (entity) -> entity.validateSchema())).isEqualTo(new Person("Ada"));
			boolean toolRan = this.server.requests().get(1).body().toString().contains("tool_call_id");
			assertPurposes(context, Purpose.ANSWER, toolRan ? Purpose.TOOL_ROUND : Purpose.RETRY, Purpose.RETRY);
		});
	}

	@ParameterizedTest
	@EnumSource
	void aTurnThatALimitStopsIsRefused(Form form) {
		this.server.handler((request) -> Answer.tool("status", "{}"));
		run((client, context) -> {
			CostScope scope = CostScope.builder().limits(new CallLimits(null, 2, null)).build();
			assertThatRuntimeException()
				.isThrownBy(() -> scope.run(() -> form.ask(client.prompt("Q").tools(new StatusTool()))))
				.withMessageContaining("limit maxCalls");
			assertOutcome(context, TurnRecord.TurnOutcome.REFUSED);
		});
	}

	@ParameterizedTest
	@EnumSource
	void aRefusalThatTheApplicationWrapsIsOneStill(Form form) {
		this.server.handler((request) -> Answer.text("fine"));
		run((client, context) -> {
			CostScope scope = CostScope.builder().limits(new CallLimits(null, 1, null)).build();
			Critic critic = new Critic(2, Ordered.LOWEST_PRECEDENCE - 3000, UnaryOperator.identity());
			critic.wraps = true;
			assertThatRuntimeException()
				.isThrownBy(() -> scope.run(() -> form.ask(client.prompt("Q").advisors(critic))))
				.withMessageContaining("wrapped");
			assertOutcome(context, TurnRecord.TurnOutcome.REFUSED);
		});
	}

	@ParameterizedTest
	@EnumSource
	void aProviderThatFailsRefusesNothing(Form form) {
		this.server.handler((request) -> Answer.error(400));
		run((client, context) -> {
			assertThatRuntimeException().isThrownBy(() -> form.ask(client.prompt("Q")));
			assertOutcome(context, TurnRecord.TurnOutcome.FAILED);
		});
	}

	private void run(BiConsumer<ChatClient, ApplicationContext> test) {
		CostwiseRunner.create()
			.withPropertyValues("costwise.accounting.providers.[127.0.0.1]=openai")
			.withBean("model", ChatModel.class,
					() -> LoopbackModels.openAi(this.server, (options) -> options, ObservationRegistry.NOOP, List.of()))
			.run((context) -> test.accept(context.getBean(ChatClient.Builder.class).build(), context));
	}

	private static void assertPurposes(ApplicationContext context, Purpose... purposes) {
		assertThat(CostwiseRunner.calls(context)).extracting(CallRecord::purpose).containsExactly(purposes);
	}

	private static void assertOutcome(ApplicationContext context, TurnRecord.TurnOutcome outcome) {
		assertThat(CostwiseRunner.events(context)).singleElement()
			.satisfies((event) -> assertThat(event.turn().outcome()).isEqualTo(outcome));
	}

	/** How an answer is asked for. */
	enum Form {

		CALL {

			@Override
			void ask(ChatClient.ChatClientRequestSpec spec) {
				spec.call().content();
			}

		},

		STREAM {

			@Override
			void ask(ChatClient.ChatClientRequestSpec spec) {
				spec.stream().content().blockLast();
			}

		};

		abstract void ask(ChatClient.ChatClientRequestSpec spec);

	}

	/** Asks several times, each time with other words. */
	private static final class Critic implements CallAdvisor, StreamAdvisor {

		private final int times;

		private final int order;

		private final UnaryOperator<String> further;

		private boolean wraps;

		private Critic(int times, int order, UnaryOperator<String> further) {
			this.times = times;
			this.order = order;
			this.further = further;
		}

		@Override
		public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
			ChatClientRequest next = request;
			ChatClientResponse response = null;
			try {
				for (int i = 0; i < this.times; i++) {
					response = chain.copy(this).nextCall(next);
					next = further(next);
				}
			}
			catch (RuntimeException ex) {
				throw this.wraps ? new IllegalStateException("wrapped", ex) : ex;
			}
			return response;
		}

		@Override
		public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
			Flux<ChatClientResponse> all = chain.copy(this).nextStream(request);
			ChatClientRequest next = request;
			for (int i = 1; i < this.times; i++) {
				next = further(next);
				ChatClientRequest asked = next;
				all = all.concatWith(Flux.defer(() -> chain.copy(this).nextStream(asked)));
			}
			return this.wraps ? all.onErrorMap((ex) -> new IllegalStateException("wrapped", ex)) : all;
		}

		private ChatClientRequest further(ChatClientRequest request) {
			return request.mutate()
				.prompt(request.prompt()
					.augmentUserMessage((message) -> new UserMessage(this.further.apply(message.getText()))))
				.build();
		}

		@Override
		public String getName() {
			return "critic";
		}

		@Override
		public int getOrder() {
			return this.order;
		}

	}

	static class StatusTool {

		@Tool(name = "status", description = "Status")
		String status() {
			return "up";
		}

	}

	record Person(String name) {

	}

}

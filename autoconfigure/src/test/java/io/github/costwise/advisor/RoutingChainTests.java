package io.github.costwise.advisor;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.CostScope;
import io.github.costwise.Money;
import io.github.costwise.NoRouteException;
import io.github.costwise.Rejection;
import io.github.costwise.RouteMetadata;
import io.github.costwise.Tier;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.RoutingCause;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.pipeline.Rollout;
import io.github.costwise.pipeline.RouteLog;
import io.github.costwise.pipeline.TurnRoute;
import io.github.costwise.pipeline.TurnRouter;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.LoopbackRequest;
import io.github.costwise.testsupport.LoopbackRequest.Protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Requests sent to the model that was chosen for them, on the real clients.
 */
@Timeout(60)
@Tag("chain")
class RoutingChainTests {

	private static final String HARD = "Prove that for every prime p > 3 the number p^2 - 1 is divisible by 24, and "
			+ "then derive step by step the general theorem for (p^2 - 1)(q^2 - 1) with integrals over a finite field.";

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("openAi", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
		.withBean("anthropic", ChatModel.class, () -> LoopbackModels.anthropic(this.provider))
		.withPropertyValues("costwise.chat.default-model=openAi",
				"costwise.routing.tiers.light.targets[0].model=gpt-5-nano",
				"costwise.routing.tiers.standard.targets[0].model=gpt-5-mini",
				"costwise.routing.tiers.premium.targets[0].bean=anthropic",
				"costwise.routing.tiers.premium.targets[0].model=claude-opus-4-5",
				"costwise.routing.tiers.premium.targets[0].capabilities=tools,streaming,vision,structured-output",
				"costwise.policies.default.routing.mode=enforce");

	@AfterEach
	void close() {
		this.provider.close();
	}

	private static ChatClient client(ApplicationContext context) {
		return context.getBean(ChatClient.Builder.class).build();
	}

	@Test
	void askedTierAnswersWhateverItsProvider() {
		this.provider.handler((request) -> Answer.text("answer"));
		this.runner.run((context) -> {
			for (Tier tier : List.of(Tier.LIGHT, Tier.STANDARD, Tier.PREMIUM)) {
				CostScope.builder().tier(tier).build().run(() -> client(context).prompt("Hi").call().content());
				CostScope.builder()
					.tier(tier)
					.build()
					.run(() -> client(context).prompt("Hi").stream().content().blockLast());
			}
			assertThat(this.provider.requests()).extracting(LoopbackRequest::model)
				.containsExactly("gpt-5-nano", "gpt-5-nano", "gpt-5-mini", "gpt-5-mini", "claude-opus-4-5",
						"claude-opus-4-5");
			assertThat(this.provider.requests().get(4).protocol()).isEqualTo(Protocol.ANTHROPIC);
			TurnRecord last = CostwiseRunner.events(context).get(0).turn();
			assertThat(last.route().cause()).isEqualTo("pinned: premium, anthropic/claude-opus-4-5");
			assertThat(last.versions().routing()).isEqualTo(context.getBean(Rollout.class).now().stable().version());
			assertThat(CostwiseRunner.calls(context)).extracting((call) -> call.target().provider())
				.endsWith("anthropic", "anthropic");
		});
	}

	@Test
	void easyGoesDownAndHardGoesUp() {
		this.provider.handler((request) -> Answer.text("answer"));
		this.runner.run((context) -> {
			ChatResponse easy = client(context).prompt("What is the capital of France?").call().chatResponse();
			client(context).prompt(HARD).call().content();
			assertThat(this.provider.requests().get(0).model()).isEqualTo("gpt-5-nano");
			assertThat(this.provider.requests().get(1).model()).isNotEqualTo("gpt-5-nano");
			assertThat(easy).isNotNull();
			assertThat(easy.getMetadata().<String>get(RouteMetadata.TARGET)).isEqualTo("openAi/gpt-5-nano");
			assertThat(easy.getMetadata().<String>get(RouteMetadata.CAUSE)).isEqualTo("SCORE");
			assertThat(easy.getMetadata().<Double>get(RouteMetadata.DIFFICULTY)).isNotNull();
			assertThat(easy.getMetadata().getUsage().getTotalTokens()).isPositive();
			RouteLog log = context.getBean(TurnRouter.class).log();
			assertThat(log.choices()).hasSize(2);
			assertThat(log.recent().get(0).decision().rejections()).extracting(Rejection::reason)
				.containsOnly(Rejection.RejectionReason.TIER);
		});
	}

	@Test
	void savingIsAgainstTheClientsOwnModel() {
		this.provider.handler((request) -> Answer.text("answer")
			.usage("{\"prompt_tokens\":1000,\"completion_tokens\":1000,\"total_tokens\":2000}"));
		this.runner.run((context) -> {
			client(context).prompt("What is the capital of France?").call().content();
			TurnRecord turn = CostwiseRunner.events(context).get(0).turn();
			assertThat(turn.cost().amount()).isEqualTo(Money.ofUsd(new java.math.BigDecimal("0.00045")));
			assertThat(turn.cost().saved().total()).isEqualTo(Money.ofUsd(new java.math.BigDecimal("0.00180")));
		});
	}

	@Test
	void observedDecisionChangesNothing() {
		this.provider.handler((request) -> Answer.text("answer"));
		this.runner.withPropertyValues("costwise.policies.default.routing.mode=observe").run((context) -> {
			client(context).prompt("What is the capital of France?").call().content();
			assertThat(this.provider.requests()).extracting(LoopbackRequest::model).containsExactly("gpt-5-mini");
			TurnRecord turn = CostwiseRunner.events(context).get(0).turn();
			assertThat(turn.route().cause()).isEqualTo("client-model: observed score: light, openAi/gpt-5-nano");
			assertThat(turn.versions().routing()).isNull();
			assertThat(turn.cost().saved().total()).isEqualTo(Money.ZERO);
		});
	}

	@Test
	void modelNamedByTheRequestIsKept() {
		this.provider.handler((request) -> Answer.text("answer"));
		this.runner.run((context) -> {
			ChatClient client = client(context);
			client.prompt("Hi").options(OpenAiChatOptions.builder().model("gpt-4.1")).call().content();
			client.prompt("Hi").options(OpenAiChatOptions.builder().model("gpt-5-nano")).call().content();
			client.prompt("Hi")
				.advisors((advisors) -> advisors.param(RouteMetadata.TARGET_PARAMETER, "anthropic/claude-opus-4-5"))
				.call()
				.content();
			assertThat(this.provider.requests()).extracting(LoopbackRequest::model)
				.containsExactly("gpt-4.1", "gpt-5-nano", "claude-opus-4-5");
		});
	}

	@Test
	void needsAreNeverBroken() {
		this.provider.handler((request) -> Answer.text("answer"));
		this.runner
			.withPropertyValues("costwise.routing.tiers.light.targets[0].capabilities=streaming",
					"costwise.routing.tiers.standard.targets[0].context-window=4000")
			.run((context) -> {
				CostScope.Builder light = CostScope.builder().tier(Tier.LIGHT);
				light.build().run(() -> client(context).prompt("Hi").tools(new Tools()).call().content());
				light.build()
					.run(() -> client(context).prompt("word ".repeat(4000)).tools(new Tools()).call().content());
				assertThat(this.provider.requests()).extracting(LoopbackRequest::model)
					.containsExactly("gpt-5-mini", "claude-opus-4-5");
			});
	}

	@Test
	void nothingAbleIsSaidClearlyAndCostsNothing() {
		this.runner.withPropertyValues("costwise.policies.default.routing.regions=eu").run((context) -> {
			assertThatExceptionOfType(NoRouteException.class)
				.isThrownBy(() -> client(context).prompt("Hi").call().content())
				.withMessageContaining("runs in a region that is not known");
			assertThat(this.provider.requests()).isEmpty();
			assertThat(CostwiseRunner.events(context).get(0).turn().outcome())
				.isEqualTo(TurnRecord.TurnOutcome.REFUSED);
		});
	}

	@Test
	void toolRoundsStayWithTheirTarget() {
		this.provider.enqueue(Answer.tool("time", "{}"), Answer.text("noon"), Answer.tool("time", "{}"),
				Answer.text("noon"));
		this.runner.run((context) -> {
			CostScope premium = CostScope.builder().tier(Tier.PREMIUM).build();
			premium.run(() -> assertThat(client(context).prompt("Hi").tools(new Tools()).call().content())
				.isEqualTo("noon"));
			premium.run(() -> assertThat(
					client(context).prompt("Hi").tools(new Tools()).stream().content().collectList().block())
				.containsExactly("noon"));
			assertThat(this.provider.requests()).hasSize(4)
				.allSatisfy((request) -> assertThat(request.model()).isEqualTo("claude-opus-4-5"));
			assertThat(CostwiseRunner.calls(context)).extracting(CallRecord::purpose)
				.containsExactly(CallRecord.Purpose.ANSWER, CallRecord.Purpose.TOOL_ROUND, CallRecord.Purpose.ANSWER,
						CallRecord.Purpose.TOOL_ROUND);
		});
	}

	@Test
	void conversationGoesUpAtOnceAndDownSlowly() {
		this.provider.handler((request) -> Answer.text("answer"));
		this.runner.run((context) -> {
			ChatClient client = context.getBean(ChatClient.Builder.class)
				.defaultAdvisors(MessageChatMemoryAdvisor.builder(MessageWindowChatMemory.builder().build()).build())
				.build();
			for (String text : List.of(HARD, "ok", "What is the capital of France?", "What is the capital of Spain?")) {
				client.prompt(text)
					.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, "c1"))
					.call()
					.content();
			}
			assertThat(context.getBean(TurnRouter.class).log().recent())
				.extracting((entry) -> entry.decision().reason().cause())
				.containsExactly(RoutingCause.SCORE, RoutingCause.MOMENTUM, RoutingCause.MOMENTUM, RoutingCause.SCORE);
		});
	}

	@Test
	void rulesComeFirst() {
		this.provider.handler((request) -> Answer.text("answer"));
		this.runner
			.withPropertyValues("costwise.policies.default.routing.rules[0].name=legal",
					"costwise.policies.default.routing.rules[0].when.feature=contracts",
					"costwise.policies.default.routing.rules[0].to=premium")
			.run((context) -> {
				CostScope.builder()
					.feature("contracts")
					.build()
					.run(() -> client(context).prompt("Hi there").call().content());
				assertThat(this.provider.requests()).extracting(LoopbackRequest::model)
					.containsExactly("claude-opus-4-5");
				assertThat(CostwiseRunner.events(context).get(0).turn().route().cause()).startsWith("rule: premium");
			});
	}

	@Test
	void routeTravelsInTheContextOfResponses() {
		this.provider.handler((request) -> Answer.chunks("an", "swer"));
		this.runner.run((context) -> {
			List<Map<String, Object>> contexts = client(context).prompt("What is the capital of France?")
				.stream()
				.chatClientResponse()
				.map((response) -> response.context())
				.collectList()
				.block();
			assertThat(contexts).isNotEmpty()
				.allSatisfy((values) -> assertThat(values.get(RouteMetadata.ROUTE)).isInstanceOf(TurnRoute.class));
		});
	}

	@Test
	void candidateInShadowChangesNothingEvenWhenItIsUnableToAnswer() {
		this.provider.handler((request) -> Answer.text("answer"));
		this.runner
			.withPropertyValues("costwise.routing.candidate.shadow=true",
					"costwise.routing.candidate.tiers.light.targets[0].model=gpt-4.1-nano",
					"costwise.routing.candidate.tiers.light.targets[0].capabilities=vision")
			.run((context) -> {
				client(context).prompt("What is the capital of France?").call().content();
				client(context).prompt("What is the capital of France?").tools(new Tools()).call().content();
				assertThat(this.provider.requests()).extracting(LoopbackRequest::model)
					.containsOnly("gpt-5-nano")
					.hasSize(2);
				assertThat(context.getBean(TurnRouter.class).log().shadow()).isEqualTo(new RouteLog.Shadowed(2, 2));
			});
	}

	static class Tools {

		@Tool
		String time() {
			return "noon";
		}

	}

}

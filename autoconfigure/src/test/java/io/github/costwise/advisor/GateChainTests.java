package io.github.costwise.advisor;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.CostScope;
import io.github.costwise.Money;
import io.github.costwise.Tier;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Purpose;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.pipeline.Gates;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.LoopbackRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers of a lower tier that are judged before they are given, on the real clients.
 */
@Timeout(60)
@Tag("chain")
class GateChainTests {

	private static final String EASY = "What is the capital of France?";

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("openAi", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
		.withBean("anthropic", ChatModel.class, () -> LoopbackModels.anthropic(this.provider))
		.withPropertyValues("costwise.chat.default-model=openAi",
				"costwise.routing.tiers.light.targets[0].model=gpt-5-nano",
				"costwise.routing.tiers.light.targets[1].model=gpt-4.1-nano",
				"costwise.routing.tiers.light.targets[1].name=other",
				"costwise.routing.tiers.premium.targets[0].bean=anthropic",
				"costwise.routing.tiers.premium.targets[0].model=claude-opus-4-5",
				"costwise.policies.default.routing.mode=enforce", "costwise.policies.default.gate.mode=enforce");

	private final ApplicationContextRunner doubting = this.runner.withPropertyValues(
			"costwise.policies.default.gate.second=other", "costwise.policies.default.gate.plain-above=1");

	@AfterEach
	void close() {
		this.provider.close();
	}

	private static ChatClient client(ApplicationContext context) {
		return context.getBean(ChatClient.Builder.class).build();
	}

	private void assertModels(String... models) {
		assertThat(this.provider.requests()).extracting(LoopbackRequest::model).containsExactly(models);
	}

	@Test
	void refusalIsReplacedOnce() {
		this.provider.enqueue(Answer.text("I'm sorry, but I cannot answer that."), Answer.text("Paris"));
		this.runner.run((context) -> {
			assertThat(client(context).prompt(EASY).call().content()).isEqualTo("Paris");
			assertModels("gpt-5-nano", "claude-opus-4-5");
			assertThat(CostwiseRunner.calls(context)).extracting(CallRecord::purpose)
				.containsExactly(Purpose.ANSWER, Purpose.ESCALATION);
			assertThat(context.getBean(Gates.class).rejections()).containsOnlyKeys("refusal");
		});
	}

	@Test
	void stillBadAnswerOfTheStrongerModelStands() {
		this.provider.enqueue(Answer.text(""), Answer.text("I'm sorry, but I cannot answer that."));
		this.runner.run((context) -> {
			assertThat(client(context).prompt(EASY).call().content()).startsWith("I'm sorry");
			assertModels("gpt-5-nano", "claude-opus-4-5");
		});
	}

	@Test
	void validAnswerIsKept() {
		this.provider.enqueue(Answer.text("Paris"));
		this.runner.run((context) -> {
			assertThat(client(context).prompt(EASY).call().content()).isEqualTo("Paris");
			assertModels("gpt-5-nano");
		});
	}

	@Test
	void brokenSchemaIsReplaced() {
		this.provider.enqueue(Answer.text("{\"name\": 1}"), Answer.text("{\"name\": \"Paris\", \"people\": 2}"));
		this.runner.run((context) -> {
			City city = client(context).prompt(EASY).call().entity(City.class);
			assertThat(city).isEqualTo(new City("Paris", 2));
			assertModels("gpt-5-nano", "claude-opus-4-5");
		});
	}

	@Test
	void callOfAToolThatDoesNotExistIsReplacedBeforeAnythingRuns() {
		this.provider.enqueue(Answer.tool("tyme", "{}"), Answer.tool("time", "{}"), Answer.text("noon"));
		this.runner.run((context) -> {
			assertThat(client(context).prompt("What time is it?").tools(new Tools()).call().content())
				.isEqualTo("noon");
			assertModels("gpt-5-nano", "claude-opus-4-5", "claude-opus-4-5");
		});
	}

	@Test
	void agreementKeepsTheCheapAnswer() {
		this.provider.enqueue(Answer.text("42"), Answer.text(" 42. "));
		this.doubting.run((context) -> {
			assertThat(client(context).prompt("How much is 6 times 7?").call().content()).isEqualTo("42");
			assertModels("gpt-5-nano", "gpt-4.1-nano");
			assertThat(CostwiseRunner.calls(context)).extracting(CallRecord::purpose)
				.containsExactly(Purpose.ANSWER, Purpose.GATE);
			assertThat(context.getBean(Gates.class).states().get("default").gated()).isOne();
		});
	}

	@Test
	void disagreementIsReplacedAndTheLossIsSaid() {
		this.provider.enqueue(Answer.text("The answer is 41."), Answer.text("So it is 42"), Answer.text("42"));
		this.doubting.run((context) -> {
			assertThat(client(context).prompt("How much is 6 times 7?").call().content()).isEqualTo("42");
			assertModels("gpt-5-nano", "gpt-4.1-nano", "claude-opus-4-5");
			TurnRecord turn = CostwiseRunner.events(context).get(0).turn();
			assertThat(turn.cost().calls()).isEqualTo(3);
			assertThat(turn.cost().saved().total()).isLessThan(Money.ZERO);
			assertThat(context.getBean(Gates.class).states().get("default").escalated()).isOne();
		});
	}

	@Test
	void failureBehindTheGateLeavesWhatWasPaidFor() {
		this.provider.enqueue(Answer.text("The answer is 41."), Answer.error(500));
		this.doubting.run((context) -> assertThat(client(context).prompt("How much is 6 times 7?").call().content())
			.isEqualTo("The answer is 41."));
		this.provider.reset();
		this.provider.enqueue(Answer.text("I'm sorry, but I cannot answer that."), Answer.error(500));
		this.runner.run((context) -> assertThat(client(context).prompt(EASY).call().content()).startsWith("I'm sorry"));
	}

	@Test
	void askedTierIsNotSecondGuessed() {
		this.provider.enqueue(Answer.text("I'm sorry, but I cannot answer that."));
		this.runner.run((context) -> CostScope.builder().tier(Tier.LIGHT).build().run(() -> {
			assertThat(client(context).prompt(EASY).call().content()).startsWith("I'm sorry");
			assertModels("gpt-5-nano");
		}));
	}

	@Test
	void observingCountsAndReplacesNothing() {
		this.provider.enqueue(Answer.text("I'm sorry, but I cannot answer that."));
		this.doubting.withPropertyValues("costwise.policies.default.gate.mode=observe").run((context) -> {
			assertThat(client(context).prompt(EASY).call().content()).startsWith("I'm sorry");
			assertModels("gpt-5-nano");
			assertThat(context.getBean(Gates.class).rejections()).containsEntry("refusal", 1L);
		});
	}

	@Test
	void streamsAreJudgedOnlyWhereTheyAreHeldBack() {
		this.provider.enqueue(Answer.chunks("I'm sorry, ", "but I cannot answer that."));
		this.runner.run((context) -> assertThat(text(context)).startsWith("I'm sorry"));
		this.provider.reset();
		this.provider.enqueue(Answer.chunks("I'm sorry, ", "but I cannot answer that."), Answer.chunks("Par", "is"));
		ApplicationContextRunner buffering = this.doubting
			.withPropertyValues("costwise.policies.default.gate.buffer-streams=true");
		buffering.run((context) -> {
			assertThat(text(context)).isEqualTo("Paris");
			assertModels("gpt-5-nano", "claude-opus-4-5");
		});
		this.provider.reset();
		this.provider.enqueue(Answer.chunks("Par", "is"), Answer.chunks("Pa", "ris"));
		buffering.run((context) -> {
			assertThat(text(context)).isEqualTo("Paris");
			assertModels("gpt-5-nano", "gpt-4.1-nano");
		});
		this.provider.reset();
		this.provider.enqueue(Answer.tool("time", "{}"), Answer.chunks("no", "on"), Answer.chunks("no", "on"));
		buffering.run((context) -> {
			List<String> chunks = client(context).prompt(EASY)
				.tools(new Tools())
				.stream()
				.content()
				.collectList()
				.block();
			assertThat(String.join("", chunks)).isEqualTo("noon");
		});
	}

	@Test
	void secondOpinionIsAskedOnlyOfAnotherTargetThatIsAble() {
		this.provider.handler((request) -> Answer.text("42"));
		this.doubting
			.withPropertyValues("costwise.policies.default.gate.second=openAi/gpt-5-nano",
					"costwise.routing.tiers.light.targets[1].region=us")
			.run((context) -> {
				client(context).prompt("How much is 6 times 7?").call().content();
				assertModels("gpt-5-nano");
			});
		this.provider.reset();
		this.provider.handler((request) -> Answer.text("42"));
		this.doubting
			.withPropertyValues("costwise.policies.default.routing.regions=eu",
					"costwise.routing.tiers.light.targets[0].region=eu",
					"costwise.routing.tiers.light.targets[1].region=us",
					"costwise.routing.tiers.premium.targets[0].region=eu")
			.run((context) -> {
				client(context).prompt("How much is 6 times 7?").call().content();
				assertModels("gpt-5-nano");
			});
	}

	@Test
	void turnStaysWithTheTargetThatTookOverAnEscalation() {
		this.provider.enqueue(Answer.tool("tyme", "{}"), Answer.error(500), Answer.tool("time", "{}"),
				Answer.text("noon"));
		this.runner
			.withPropertyValues("costwise.routing.tiers.premium.targets[1].model=gpt-5",
					"costwise.policies.default.fallback.enabled=true")
			.run((context) -> {
				assertThat(client(context).prompt("What time is it?").tools(new Tools()).call().content())
					.isEqualTo("noon");
				assertModels("gpt-5-nano", "claude-opus-4-5", "gpt-5", "gpt-5");
			});
	}

	private static String text(ApplicationContext context) {
		return String.join("", client(context).prompt(EASY).stream().content().collectList().block());
	}

	record City(String name, int people) {

	}

	static class Tools {

		@Tool
		String time() {
			return "noon";
		}

	}

}

package io.github.costwise.advisor;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.CostScope;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.LoopbackRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What calls hold, and what earlier ones teach of it.
 */
@Timeout(60)
@Tag("chain")
class BudgetBoundsTests {

	private static final String ALL = "costwise.budgets.limits.all.";

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ApplicationContextRunner runner = BudgetClients.runner(this.provider);

	@AfterEach
	void close() {
		this.provider.close();
	}

	private static ChatClientRequestSpec prompt(ApplicationContext context) {
		return context.getBean(ChatClient.Builder.class).build().prompt("Hello?");
	}

	private static void ask(ChatClientRequestSpec request, boolean streamed) {
		if (streamed) {
			request.stream().content().blockLast();
		}
		else {
			request.call().content();
		}
	}

	private static boolean passes(ChatClientRequestSpec request, boolean streamed) {
		try {
			ask(request, streamed);
			return true;
		}
		catch (BudgetExceededException ex) {
			return false;
		}
	}

	private int lastCap() {
		List<LoopbackRequest> requests = this.provider.requests();
		LoopbackRequest last = requests.get(requests.size() - 1);
		return last.body().path("max_tokens").asInt(0) + last.body().path("max_completion_tokens").asInt(0);
	}

	private static Answer cut() {
		return Answer.text("")
			.body("{\"id\":\"1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"p\",\"choices\":[{\"index\":0,"
					+ "\"message\":{\"role\":\"assistant\",\"content\":\"half an\"},\"finish_reason\":\"length\"}],"
					+ "\"usage\":" + BudgetClients.usage(10, 10) + "}");
	}

	/** Each of several answers may be as long as the limit says, and is paid for. */
	@ParameterizedTest
	@CsvSource({ "0.055 USD, false, false", "0.055 USD, true, false", "0.060 USD, false, true", "0.060 USD, true, true",
			"5600 output-tokens, false, false", "5700 output-tokens, true, true" })
	void severalAnswersHoldTheirLengthEach(String limit, boolean streamed, boolean passes) {
		this.provider.handler((request) -> Answer.text("yes").usage(BudgetClients.usage(1000, 3 * 1900)));
		this.runner.withPropertyValues(ALL + "limit=" + limit).run((context) -> {
			assertThat(passes(prompt(context).options(BudgetClients.asking(1900).n(3)), streamed)).isEqualTo(passes);
			assertThat(this.provider.requests()).hasSize(passes ? 1 : 0);
		});
	}

	/** Where no tier is cheaper, answers of the usual length are asked for. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void budgetThatIsNearlyUsedUpAsksForShorterAnswers(boolean streamed) {
		this.provider.handler((request) -> Answer.text("yes").usage(BudgetClients.usage(1000, 500)));
		this.runner
			.withPropertyValues(ALL + "limit=0.30 USD", ALL + "degrade-at=50", "costwise.budgets.output.assumed=800")
			.run((context) -> {
				for (int i = 0; i < 25; i++) {
					ask(prompt(context).options(BudgetClients.asking(5_000)), streamed);
					assertThat(lastCap()).as("call %d", i).isEqualTo(5_000);
				}
				ask(prompt(context).options(BudgetClients.asking(5_000)), streamed);
				assertThat(lastCap()).isEqualTo(500);
			});
	}

	/** One answer that somebody with a high limit got must not lock the others out. */
	@Test
	void longAnswerOfOneTenantRefusesNoOther() {
		this.provider.handler((request) -> Answer.text("yes")
			.usage((request.number() == 1) ? BudgetClients.usage(10, 60_000) : BudgetClients.USUAL));
		this.runner
			.withPropertyValues(ALL + "limit=0.50 USD", ALL + "per=tenant", ALL + "overrides.large=10 USD",
					"costwise.budgets.output.longest.p=64000")
			.run((context) -> {
				CostScope.builder().tenant("large").build().run(() -> {
					for (int i = 0; i < 25; i++) {
						ask(prompt(context), false);
					}
				});
				CostScope.builder()
					.tenant("small")
					.build()
					.run(() -> assertThat(passes(prompt(context), false)).isTrue());
			});
	}

	/** What callers cut short themselves tells nothing of how long answers are. */
	@Test
	void answersThatCallersCutShortTeachNoLength() {
		this.provider.handler((request) -> (request.number() <= 25) ? cut() : BudgetClients.usual());
		this.runner.withPropertyValues(ALL + "limit=0.05 USD").run((context) -> {
			for (int i = 0; i < 25; i++) {
				ask(prompt(context).options(BudgetClients.asking(10)), false);
			}
			ask(prompt(context), false);
			assertThat(lastCap()).isGreaterThanOrEqualTo(1900);
		});
	}

}

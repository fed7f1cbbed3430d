package io.github.costwise.advisor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.CostScope;
import io.github.costwise.Tier;
import io.github.costwise.budget.Budgets;
import io.github.costwise.model.BudgetAccount;
import io.github.costwise.model.BudgetSpan;
import io.github.costwise.model.RoutingCause;
import io.github.costwise.model.TurnRecord.TurnOutcome;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.LoopbackRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What budgets do to routes, fallbacks and tools, in call and stream.
 */
@Timeout(60)
@Tag("chain")
class BudgetRoutesTests {

	private static final String LIMITS = "costwise.budgets.limits.";

	private static final CostScope PREMIUM = CostScope.builder().tier(Tier.PREMIUM).build();

	private static final String ROUTING = "costwise.policies.default.routing.mode=enforce";

	private final LoopbackProvider provider = new LoopbackProvider();

	/** One tier below with a tenth of the price, and two equal targets. */
	private final ApplicationContextRunner runner = BudgetClients.runner(this.provider)
		.withPropertyValues("costwise.pricing.models[1].provider=openai", "costwise.pricing.models[1].model=p2",
				"costwise.pricing.models[1].input=1", "costwise.pricing.models[1].output=10",
				"costwise.pricing.models[2].provider=openai", "costwise.pricing.models[2].model=q",
				"costwise.pricing.models[2].input=0.1", "costwise.pricing.models[2].output=1",
				"costwise.routing.tiers.small.level=light", "costwise.routing.tiers.small.targets[0].model=q",
				"costwise.routing.tiers.small.targets[0].name=q", "costwise.routing.tiers.large.level=premium",
				"costwise.routing.tiers.large.targets[0].model=p", "costwise.routing.tiers.large.targets[0].name=p",
				"costwise.routing.tiers.large.targets[1].model=p2", "costwise.routing.tiers.large.targets[1].name=p2",
				ROUTING);

	@AfterEach
	void close() {
		this.provider.close();
	}

	private static String ask(boolean streamed, ChatClientRequestSpec request) {
		ChatClientRequestSpec asked = request.options(BudgetClients.asking(1900));
		return streamed ? String.join("", asked.stream().content().collectList().blockOptional().orElseThrow())
				: String.valueOf(asked.call().content());
	}

	private static ChatClient client(ApplicationContext context) {
		return context.getBean(ChatClient.Builder.class).build();
	}

	private static void askPremium(ApplicationContext context, boolean streamed) {
		PREMIUM.run(() -> ask(streamed, client(context).prompt("Hello?")));
	}

	private List<String> models() {
		return this.provider.requests().stream().map(LoopbackRequest::model).toList();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void budgetOfATargetMovesOnToAnEqualOne(boolean streamed) {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.withPropertyValues(LIMITS + "target.limit=0.02 USD", LIMITS + "target.per=target")
			.run((context) -> {
				askPremium(context, streamed);
				askPremium(context, streamed);
				assertThat(models()).containsExactly("p", "p2");
				assertThatExceptionOfType(BudgetExceededException.class)
					.isThrownBy(() -> askPremium(context, streamed));
				assertThat(models()).hasSize(2);
				assertThat(CostwiseRunner.events(context).get(0).turn().outcome()).isEqualTo(TurnOutcome.REFUSED);
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void budgetOfATenantFallsBackToNobody(boolean streamed) {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.withPropertyValues(LIMITS + "tenant.limit=0.02 USD", LIMITS + "tenant.per=tenant",
				"costwise.policies.default.fallback.enabled=true", "costwise.policies.default.fallback.downwards=true")
			.run((context) -> {
				askPremium(context, streamed);
				assertThatExceptionOfType(BudgetExceededException.class)
					.isThrownBy(() -> askPremium(context, streamed));
				assertThat(models()).containsExactly("p");
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void fallbackIsAdmittedByItself(boolean streamed) {
		this.provider.handler((request) -> "p".equals(request.model()) ? Answer.error(503) : BudgetClients.usual());
		this.runner
			.withPropertyValues(LIMITS + "p2.limit=0 USD", LIMITS + "p2.only.model=p2",
					"costwise.policies.default.fallback.enabled=true")
			.run((context) -> {
				assertThat(catchThrowable(() -> askPremium(context, streamed))).isNotNull();
				assertThat(models()).containsOnly("p");
				assertThat(BudgetClients.state(context, "p2").held()).isZero();
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void budgetThatIsNearlyUsedUpGoesDownATier(boolean streamed) {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner
			.withPropertyValues(LIMITS + "all.limit=0.10 USD", LIMITS + "all.degrade-at=40",
					"costwise.policies.default.routing.rules[0].name=hello",
					"costwise.policies.default.routing.rules[0].to=large",
					"costwise.policies.default.routing.rules[0].words=hello")
			.run((context) -> {
				List<String> causes = new ArrayList<>();
				for (int i = 0; i < 4; i++) {
					ask(streamed, client(context).prompt("Hello?"));
					causes.add(CostwiseRunner.events(context).get(0).turn().route().cause());
				}
				assertThat(models()).containsExactly("p", "p", "q", "q");
				assertThat(causes.get(2)).contains(RoutingCause.BUDGET.name().toLowerCase(Locale.ROOT));
			});
	}

	/** The first step is a cheaper tier, the next one, where none is left, its length. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void stepBelowTheCheapestTierIsAShorterAnswer(boolean streamed) {
		this.provider.handler((request) -> "p".equals(request.model()) ? BudgetClients.usual()
				: Answer.text("yes").usage(BudgetClients.usage(1000, 300)));
		this.runner
			.withPropertyValues(LIMITS + "all.limit=0.10 USD", LIMITS + "all.degrade-at=20, 40",
					"costwise.budgets.output.assumed=700", "costwise.policies.default.routing.rules[0].name=hello",
					"costwise.policies.default.routing.rules[0].to=large",
					"costwise.policies.default.routing.rules[0].words=hello")
			.run((context) -> {
				for (int i = 0; i < 3; i++) {
					ask(streamed, client(context).prompt("Hello?"));
				}
				assertThat(models()).containsExactly("p", "q", "q");
				assertThat(maxTokens(2)).isEqualTo(1_900);
				context.getBean(Budgets.class)
					.store()
					.adjust(new BudgetAccount("all", ""), BudgetSpan.TOTAL, Instant.now(), 0, 2 * BudgetClients.CENT);
				ask(streamed, client(context).prompt("Hello?"));
				assertThat(models()).endsWith("q", "q");
				assertThat(maxTokens(3)).isEqualTo(700);
			});
	}

	private int maxTokens(int request) {
		JsonNode body = this.provider.requests().get(request).body();
		return body.path("max_tokens").asInt(0) + body.path("max_completion_tokens").asInt(0);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void refusalInsideAToolEndsTheTurn(boolean streamed) {
		this.provider.handler((request) -> (request.number() == 1) ? Answer.tool("ask", "{}").usage(BudgetClients.USUAL)
				: BudgetClients.usual());
		this.runner.withPropertyValues(LIMITS + "all.limit=0.03 USD").run((context) -> {
			Asking tool = new Asking(context);
			assertThatExceptionOfType(BudgetExceededException.class)
				.isThrownBy(() -> PREMIUM.run(() -> ask(streamed, client(context).prompt("Hello?").tools(tool))));
			assertThat(this.provider.requests()).hasSize(1);
			assertThat(BudgetClients.state(context, "all").held()).isZero();
		});
	}

	/** A tool that asks a model. */
	static final class Asking {

		private final ApplicationContext context;

		Asking(ApplicationContext context) {
			this.context = context;
		}

		@Tool(description = "Asks")
		String ask() {
			return BudgetClients.ask(this.context);
		}

	}

}

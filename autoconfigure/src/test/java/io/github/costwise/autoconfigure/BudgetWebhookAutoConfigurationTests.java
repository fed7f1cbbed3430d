package io.github.costwise.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.budget.Budget;
import io.github.costwise.budget.BudgetActions;
import io.github.costwise.budget.BudgetChanges;
import io.github.costwise.budget.BudgetOrder;
import io.github.costwise.budget.BudgetOrder.BudgetVerb;
import io.github.costwise.budget.Budgets;
import io.github.costwise.budget.webhook.BudgetWebhook;
import io.github.costwise.budget.webhook.WebhookFormat;
import io.github.costwise.model.BudgetAlert;
import io.github.costwise.model.BudgetOverrun;
import io.github.costwise.model.CostEvent;
import io.github.costwise.spi.CostListener;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.HookServer;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.time.Time;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for who receives what happens to budgets in an application.
 */
@Timeout(60)
@Tag("chain")
class BudgetWebhookAutoConfigurationTests {

	private final LoopbackProvider provider = new LoopbackProvider().handler((request) -> Answer.text("yes")
		.usage("{\"prompt_tokens\":1000,\"completion_tokens\":1000,\"total_tokens\":2000}"));

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("model", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
		.withPropertyValues("costwise.budgets.limits.all.limit=4000 tokens",
				"costwise.budgets.limits.all.notify-at=50,100");

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void listenersReceiveAlertsAndOverruns() {
		this.runner.withBean(Listener.class).withBean(Annotated.class).run((context) -> {
			ask(context, 1000);
			this.provider.handler((request) -> Answer.text("yes")
				.usage("{\"prompt_tokens\":1000,\"completion_tokens\":3000,\"total_tokens\":4000}"));
			ask(context, 500);
			List<CostEvent> events = context.getBean(Listener.class).events;
			assertThat(events).filteredOn(BudgetAlert.class::isInstance)
				.extracting((event) -> ((BudgetAlert) event).percent())
				.containsExactly(50, 100);
			assertThat(events).filteredOn(BudgetOverrun.class::isInstance).singleElement().satisfies((event) -> {
				BudgetOverrun overrun = (BudgetOverrun) event;
				assertThat(overrun.amount()).isEqualTo(2000);
				assertThat(overrun.cause()).isEqualTo(BudgetOverrun.OverrunCause.ABOVE_HOLD);
			});
			assertThat(context.getBean(Annotated.class).events).hasSize(3)
				.containsAll(events.stream()
					.filter((event) -> event instanceof BudgetAlert || event instanceof BudgetOverrun)
					.toList());
		});
	}

	@Test
	void alertsComeAgainAfterAResetAndOfARaisedLimit() {
		this.runner.withBean(Listener.class).run((context) -> {
			Budgets budgets = context.getBean(Budgets.class);
			BudgetActions actions = new BudgetActions(budgets, BudgetChanges.NONE, context.getBean(Time.class));
			Budget all = budgets.all().get(0);
			ask(context, 1000);
			actions.act(new BudgetOrder(all, BudgetVerb.RESET, null, null, "a test", null));
			ask(context, 1000);
			actions.act(new BudgetOrder(all, BudgetVerb.RAISE, null, "4000 tokens", "a test", null));
			ask(context, 1000);
			ask(context, 1000);
			assertThat(context.getBean(Listener.class).events).filteredOn(BudgetAlert.class::isInstance)
				.extracting((event) -> ((BudgetAlert) event).state().spent())
				.containsExactly(2000L, 2000L, 4000L);
		});
	}

	@Test
	void webhookThatHangsDelaysNoCall() {
		try (HookServer hook = new HookServer()) {
			hook.hang();
			this.runner.withPropertyValues("costwise.budgets.webhook.url=" + hook.url()).run((context) -> {
				ask(context, 1000);
				Eventually.holds(() -> hook.received().size() == 1);
				ask(context, 500);
				assertThat(this.provider.requests()).hasSize(2);
				hook.goOn();
				Eventually.holds(() -> hook.received().size() == 2);
			});
		}
	}

	@Test
	void thereIsAWebhookWhereItHasAnAddress() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(BudgetWebhook.class));
		this.runner.withPropertyValues("costwise.budgets.webhook.url=")
			.run((context) -> assertThat(context).doesNotHaveBean(BudgetWebhook.class));
		this.runner
			.withPropertyValues("costwise.budgets.webhook.url=https://example.com/hook",
					"costwise.budgets.webhook.format=slack", "costwise.budgets.webhook.secret=s")
			.run((context) -> assertThat(context).hasSingleBean(BudgetWebhook.class));
	}

	@Test
	void addressThatIsNoneFailsTheStartWithoutRepeatingIt() {
		for (String url : List.of("ftp://host/hidden", "not an address hidden", "//hidden")) {
			this.runner.withPropertyValues("costwise.budgets.webhook.url=" + url)
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.isInstanceOf(CostwiseConfigurationException.class)
					.hasMessageContaining("'costwise.budgets.webhook.url' is not usable")
					.hasMessageNotContaining("hidden"));
		}
	}

	@Test
	void propertiesDoNotTellTheSecret() {
		assertThat(new BudgetWebhookProperties("https://h/hidden", "hidden", WebhookFormat.JSON).toString())
			.doesNotContain("hidden");
	}

	private static void ask(ApplicationContext context, int maxTokens) {
		context.getBean(ChatClient.Builder.class)
			.build()
			.prompt("Hello?")
			.options(OpenAiChatOptions.builder().maxTokens(maxTokens))
			.call()
			.content();
	}

	/** Keeps all events. */
	static final class Listener implements CostListener {

		private final List<CostEvent> events = new ArrayList<>();

		@Override
		public void on(CostEvent event) {
			this.events.add(event);
		}

	}

	/** Keeps events of budgets. */
	static class Annotated {

		private final List<CostEvent> events = new ArrayList<>();

		@EventListener
		void on(BudgetAlert alert) {
			this.events.add(alert);
		}

		@EventListener
		void on(BudgetOverrun overrun) {
			this.events.add(overrun);
		}

	}

}

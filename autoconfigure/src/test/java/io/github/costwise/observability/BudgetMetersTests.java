package io.github.costwise.observability;

import java.util.Map;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.context.ApplicationContext;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.CostScope;
import io.github.costwise.budget.BudgetAccounts;
import io.github.costwise.budget.Budgets;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.time.Time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BudgetMeters}, and for what health says of budgets.
 */
@Timeout(60)
@org.junit.jupiter.api.Tag("chain")
class BudgetMetersTests {

	private final LoopbackProvider provider = new LoopbackProvider().handler((request) -> Answer.text("yes")
		.usage("{\"prompt_tokens\":100,\"completion_tokens\":900,\"total_tokens\":1000}"));

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void metersBudgetsWithoutTheirOwners() {
		CostwiseRunner.create()
			.withBean("model", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
			.withBean(SimpleMeterRegistry.class)
			.withPropertyValues("costwise.budgets.limits.tenants.limit=2000 tokens",
					"costwise.budgets.limits.tenants.per=tenant", "costwise.budgets.limits.watched.limit=1 calls",
					"costwise.budgets.limits.watched.mode=observe")
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				context.getBean(BudgetMeters.class).bindTo(registry);
				ask(context, "acme", 900);
				ask(context, "globex", 100);
				ask(context, "acme", 100);
				assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> ask(context, "acme", 100));
				assertThat(gauge(registry, "used.percent", "tenants")).isEqualTo(100);
				assertThat(gauge(registry, "used.percent", "watched")).isEqualTo(300);
				assertThat(gauge(registry, "held", "tenants")).isZero();
				assertThat(registry.get("costwise.budget.refusals")
					.tags("budget", "tenants", "cause", "spent")
					.functionCounter()
					.count()).isEqualTo(1);
				assertThat(count(registry, "shadow", "watched")).isEqualTo(2);
				assertThat(registry.getMeters()).extracting(Meter::getId)
					.filteredOn((id) -> id.getName().startsWith("costwise.budget."))
					.hasSize(20)
					.allSatisfy((id) -> assertThat(id.getTags()).extracting(Tag::getKey)
						.isSubsetOf("budget", "cause")
						.contains("budget"));
				assertThat(accounts(context).overspent()).containsExactlyEntriesOf(Map.of("watched", 300));
			});
	}

	@Test
	void metersOverrunsAndWhatIsHeld() {
		CostwiseRunner.create()
			.withBean("model", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
			.withBean(SimpleMeterRegistry.class)
			.withPropertyValues("costwise.budgets.limits.all.limit=600 tokens")
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				context.getBean(BudgetMeters.class).bindTo(registry);
				double[] held = new double[1];
				this.provider.handler((request) -> {
					held[0] = gauge(registry, "held", "all");
					return Answer.text("yes")
						.usage("{\"prompt_tokens\":100,\"completion_tokens\":900,\"total_tokens\":1000}");
				});
				ask(context, "acme", 500);
				assertThat(held[0]).isBetween(500d, 600d);
				assertThat(gauge(registry, "held", "all")).isZero();
				assertThat(count(registry, "overruns", "all")).isEqualTo(1);
				assertThat(accounts(context).overspent()).containsEntry("all", 166);
			});
	}

	private static BudgetAccounts accounts(ApplicationContext context) {
		return new BudgetAccounts(context.getBean(Budgets.class), context.getBean(Time.class));
	}

	private static double gauge(MeterRegistry registry, String name, String budget) {
		return registry.get("costwise.budget." + name).tag("budget", budget).gauge().value();
	}

	private static double count(MeterRegistry registry, String name, String budget) {
		return registry.get("costwise.budget." + name).tag("budget", budget).functionCounter().count();
	}

	private static void ask(ApplicationContext context, String tenant, int maxTokens) {
		CostScope.builder()
			.tenant(tenant)
			.build()
			.run(() -> context.getBean(ChatClient.Builder.class)
				.build()
				.prompt("Hello?")
				.options(OpenAiChatOptions.builder().maxTokens(maxTokens))
				.call()
				.content());
	}

}

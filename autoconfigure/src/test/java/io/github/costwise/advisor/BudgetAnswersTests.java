package io.github.costwise.advisor;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.Attribution;
import io.github.costwise.BudgetExceededException;
import io.github.costwise.CostBudgets;
import io.github.costwise.CostMetadata;
import io.github.costwise.CostScope;
import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.Money;
import io.github.costwise.budget.BudgetActions;
import io.github.costwise.budget.BudgetChanges;
import io.github.costwise.budget.BudgetControls.Control;
import io.github.costwise.budget.BudgetOrder;
import io.github.costwise.budget.BudgetOrder.BudgetVerb;
import io.github.costwise.budget.Budgets;
import io.github.costwise.BudgetRefusal;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.time.Time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What applications learn of their budgets: in responses, by the bean, after a restart.
 */
@Timeout(60)
@Tag("chain")
class BudgetAnswersTests {

	private static final String LIMIT = "costwise.budgets.limits.tenant.";

	private static final Attribution ACME = new Attribution(null, "acme", null, Map.of());

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ApplicationContextRunner runner = BudgetClients.runner(this.provider)
		.withPropertyValues(LIMIT + "limit=0.10 USD", LIMIT + "per=tenant", LIMIT + "window=month");

	@AfterEach
	void close() {
		this.provider.close();
	}

	private static ChatResponseMetadata metadata(ApplicationContext context, boolean streamed) {
		ChatClient client = context.getBean(ChatClient.Builder.class).build();
		CostScope scope = CostScope.builder().tenant("acme").build();
		ChatResponse last = scope.get(() -> streamed
				? client.prompt("Hello?").options(BudgetClients.asking(1900)).stream().chatResponse().blockLast()
				: client.prompt("Hello?").options(BudgetClients.asking(1900)).call().chatResponse());
		assertThat(last).isNotNull();
		return last.getMetadata();
	}

	@Test
	void responseTellsWhatIsLeft() {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.run((context) -> {
			ChatResponseMetadata called = metadata(context, false);
			assertThat(called.<String>get(CostMetadata.BUDGET)).isEqualTo("tenant");
			assertThat(called.<BigDecimal>get(CostMetadata.BUDGET_REMAINING)).isEqualByComparingTo("0.08");
			assertThat(Instant.parse(called.<String>get(CostMetadata.BUDGET_RESET))).isAfter(Instant.now());
			assertThat(called.<Boolean>get(CostMetadata.BUDGET_CUT)).isFalse();
			assertThat(metadata(context, true).<BigDecimal>get(CostMetadata.BUDGET_REMAINING))
				.isEqualByComparingTo("0.06");
		});
	}

	@Test
	void heldMoneyIsNotSpentTwice() {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.run((context) -> {
			CostBudgets budgets = context.getBean(CostBudgets.class);
			try (CostBudgets.Held image = budgets.hold(ACME, Money.ofUsd(new BigDecimal("0.07")),
					Duration.ofMinutes(1))) {
				assertThat(budgets.admits(ACME, Money.ofUsd(new BigDecimal("0.03")))).isTrue();
				assertThat(budgets.admits(ACME, Money.ofUsd(new BigDecimal("0.04")))).isFalse();
				metadata(context, false);
				assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> metadata(context, false));
				image.spent(Money.ofUsd(new BigDecimal("0.04")));
			}
			CostBudgets.Account account = budgets.of(ACME).get(0);
			assertThat(account.held()).isZero();
			assertThat(account.spent()).isEqualByComparingTo("0.06");
			try (CostBudgets.Held unused = budgets.hold(ACME, Money.ofUsd(new BigDecimal("0.04")),
					Duration.ofMinutes(1))) {
				assertThat(budgets.of(ACME).get(0).free()).isZero();
			}
			assertThat(budgets.of(ACME).get(0).free()).isEqualByComparingTo("0.04");
		});
	}

	@Test
	void whatWasDoneAtRunTimeSurvivesARestart(@TempDir Path folder) {
		this.provider.handler((request) -> BudgetClients.usual());
		ApplicationContextRunner remembering = this.runner
			.withPropertyValues("costwise.budgets.changes-file=" + folder.resolve("changes"));
		remembering.run((context) -> {
			act(context, BudgetVerb.RAISE, "acme", "0.04 USD");
			act(context, BudgetVerb.RAISE, "other", "1 USD");
			metadata(context, false);
			act(context, BudgetVerb.RESET, "acme", null);
			act(context, BudgetVerb.BLOCK, null, null);
			assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> metadata(context, false));
		});
		remembering.run((context) -> {
			assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> metadata(context, false))
				.satisfies((ex) -> assertThat(ex.refusal()).isEqualTo(BudgetRefusal.BLOCKED));
			act(context, BudgetVerb.RESUME, null, null);
			metadata(context, false);
			CostBudgets.Account account = context.getBean(CostBudgets.class).of(ACME).get(0);
			assertThat(account.limit()).isEqualByComparingTo("0.14");
			assertThat(account.spent()).isEqualByComparingTo("0.02");
		});
		assertThat(folder.resolve("changes")).content().contains("RAISE", "acme", "because of a test");
	}

	private static void act(ApplicationContext context, BudgetVerb verb, @Nullable String owner,
			@Nullable String amount) {
		Budgets budgets = context.getBean(Budgets.class);
		new BudgetActions(budgets, context.getBean(BudgetChanges.class), context.getBean(Time.class))
			.act(new BudgetOrder(budgets.all().get(0), verb, owner, amount, "because of a test", "ann"));
	}

	@Test
	void whatWasSpentSurvivesARestart(@TempDir Path folder) {
		this.provider.handler((request) -> BudgetClients.usual());
		JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("ledger"), "sa", "");
		ApplicationContextRunner durable = this.runner.withBean(DataSource.class, () -> database)
			.withPropertyValues("costwise.ledger.type=jdbc",
					"costwise.ledger.jdbc.journal.path=" + folder.resolve("ledger.journal"),
					"costwise.budgets.limits.calls.limit=4 calls", "costwise.budgets.limits.calls.window=day",
					"costwise.budgets.limits.model.limit=1 USD", "costwise.budgets.limits.model.per=model");
		durable.run((context) -> {
			metadata(context, false);
			metadata(context, true);
			metadata(context, false);
		});
		durable.run((context) -> {
			assertThat(context.getBean(CostBudgets.class).of(ACME).get(0).spent()).isEqualByComparingTo("0.06");
			assertThat(BudgetClients.state(context, "model").spent()).isEqualTo(6 * BudgetClients.CENT);
			metadata(context, false);
			assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> metadata(context, false))
				.satisfies((ex) -> assertThat(ex.budget()).isEqualTo("calls"));
		});
		database.dispose();
	}

	@Test
	void whatWouldBeAdmittedIsFoundAsItIsAdmitted() {
		this.runner.withPropertyValues(LIMIT + "overflow=pool", "costwise.budgets.limits.pool.limit=1 USD")
			.run((context) -> {
				CostBudgets budgets = context.getBean(CostBudgets.class);
				assertThat(budgets.admits(ACME, Money.ofUsd(BigDecimal.ONE))).isTrue();
				assertThat(budgets.admits(ACME, Money.ofUsd(BigDecimal.valueOf(2)))).isFalse();
				context.getBean(Budgets.class).controls().set("pool", Control.SUSPENDED);
				assertThat(budgets.admits(ACME, Money.ofUsd(BigDecimal.ONE))).isFalse();
				context.getBean(Budgets.class).controls().set("tenant", Control.SUSPENDED);
				assertThat(budgets.admits(ACME, Money.ofUsd(BigDecimal.TEN))).isTrue();
				context.getBean(Budgets.class).controls().set("tenant", Control.BLOCKED);
				assertThat(budgets.admits(ACME, Money.ZERO)).isFalse();
			});
	}

	@Test
	void windowThatIsLongerThanTheLedgerKeepsFailsTheStart(@TempDir Path folder) {
		JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:mem:kept", "sa", "");
		ApplicationContextRunner durable = this.runner.withBean(DataSource.class, () -> database)
			.withPropertyValues("costwise.ledger.type=jdbc", LIMIT + "window=quarter",
					"costwise.ledger.jdbc.journal.path=" + folder.resolve("ledger.journal"));
		durable.run((context) -> assertThat(context.getStartupFailure()).rootCause()
			.isInstanceOf(CostwiseConfigurationException.class)
			.hasMessageContaining("costwise.budgets.limits.tenant")
			.hasMessageContaining("costwise.ledger.jdbc.retention"));
		durable.withPropertyValues(LIMIT + "from=now").run((context) -> assertThat(context).hasNotFailed());
		durable.withPropertyValues("costwise.ledger.jdbc.retention=100d")
			.run((context) -> assertThat(context).hasNotFailed());
		database.dispose();
	}

	/**
	 * A call that is only counted is not measured, and one without a price counts as
	 * nothing.
	 */
	@Test
	void callsWithoutAPriceAreCounted() {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.withPropertyValues("costwise.budgets.limits.calls.limit=3 calls").run((context) -> {
			ChatClient client = context.getBean(ChatClient.Builder.class).build();
			for (int i = 0; i < 3; i++) {
				client.prompt("Hello?").options(OpenAiChatOptions.builder().model("no-such-model")).call().content();
			}
			assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> metadata(context, false));
			assertThat(context.getBean(Budgets.class).counts().unpriced("tenant")).isEqualTo(3);
			assertThat(context.getBean(Budgets.class).counts().unpriced("calls")).isZero();
		});
	}

	@Test
	void answerThatABudgetCutSaysSo() {
		this.provider.handler((request) -> Answer.text("")
			.body("{\"id\":\"1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"p\",\"choices\":[{\"index\":0,"
					+ "\"message\":{\"role\":\"assistant\",\"content\":\"half an\"},\"finish_reason\":\"length\"}],"
					+ "\"usage\":" + BudgetClients.usage(8, 2048) + "}"));
		this.runner.run((context) -> {
			ChatResponse cut = context.getBean(ChatClient.Builder.class).build().prompt("Hello?").call().chatResponse();
			assertThat(cut).isNotNull();
			assertThat(cut.getMetadata().<Boolean>get(CostMetadata.BUDGET_CUT)).isTrue();
			assertThat(this.provider.requests()).hasSize(1);
			assertThat(this.provider.requests().get(0).body().path("max_tokens").asInt()).isEqualTo(2048);
		});
	}

}

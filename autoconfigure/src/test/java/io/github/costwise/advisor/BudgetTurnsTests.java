package io.github.costwise.advisor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.CostScope;
import io.github.costwise.Tier;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A turn counts once, whichever of its calls is the first to be sent.
 */
@Timeout(60)
@Tag("chain")
class BudgetTurnsTests {

	private static final String LIMITS = "costwise.budgets.limits.";

	private static final CostScope PREMIUM = CostScope.builder().tier(Tier.PREMIUM).build();

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ApplicationContextRunner runner = BudgetClients.runner(this.provider)
		.withPropertyValues("costwise.pricing.models[1].provider=openai", "costwise.pricing.models[1].model=p2",
				"costwise.pricing.models[1].input=1", "costwise.pricing.models[1].output=10",
				"costwise.routing.tiers.large.level=premium", "costwise.routing.tiers.large.targets[0].model=p",
				"costwise.routing.tiers.large.targets[0].name=p", "costwise.routing.tiers.large.targets[1].model=p2",
				"costwise.routing.tiers.large.targets[1].name=p2", "costwise.policies.default.routing.mode=enforce",
				LIMITS + "turns.limit=2 turns");

	@AfterEach
	void close() {
		this.provider.close();
	}

	private static void ask(ApplicationContext context, boolean streamed) {
		PREMIUM.run(() -> BudgetClients.ask(context, streamed));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void turnWhoseFirstCallWasRefusedCounts(boolean streamed) {
		this.provider.handler((request) -> BudgetClients.usual());
		this.runner.withPropertyValues(LIMITS + "p.limit=0 USD", LIMITS + "p.only.target=p").run((context) -> {
			ask(context, streamed);
			ask(context, streamed);
			assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> ask(context, streamed))
				.withMessageContaining("'turns'");
			assertThat(BudgetClients.state(context, "turns").spent()).isEqualTo(2);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void turnThatFallsBackCountsOnce(boolean streamed) {
		this.provider.handler((request) -> "p".equals(request.model()) ? Answer.error(503) : BudgetClients.usual());
		this.runner.withPropertyValues("costwise.policies.default.fallback.enabled=true").run((context) -> {
			ask(context, streamed);
			assertThat(BudgetClients.state(context, "turns").spent()).isEqualTo(1);
			assertThat(BudgetClients.state(context, "turns").held()).isZero();
		});
	}

}

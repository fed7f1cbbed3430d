package io.github.costwise.advisor;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.costwise.BudgetExceededException;
import io.github.costwise.BudgetRefusal;
import io.github.costwise.model.BudgetState;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Budgets of one instance, over HTTP.
 */
@Timeout(60)
@Tag("chain")
class BudgetChainTests {

	private static final String LIMIT = "costwise.budgets.limits.all.limit=";

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	@AfterEach
	void close() {
		this.executor.shutdownNow();
		this.provider.close();
	}

	@Test
	void noCallIsAdmittedPastTheLimitWhileOthersAreInFlight() {
		Semaphore gate = new Semaphore(0);
		this.provider.handler((request) -> BudgetClients.usual().gate(gate));
		BudgetClients.runner(this.provider).withPropertyValues(LIMIT + "0.10 USD").run((context) -> {
			Future<Integer> passed = this.executor
				.submit(() -> BudgetClients.passed(this.executor, 8, () -> BudgetClients.ask(context)));
			Eventually.holds(() -> BudgetClients.refused(context, "all") == 3 && this.provider.requests().size() == 5);
			assertThat(BudgetClients.state(context, "all").free()).isNotNegative();
			gate.release(100);
			assertThat(passed.get()).isEqualTo(5);
			BudgetState end = BudgetClients.state(context, "all");
			assertThat(end.spent()).isEqualTo(10 * BudgetClients.CENT).isEqualTo(BudgetClients.booked(context));
			assertThat(end.held()).isZero();
		});
	}

	@Test
	void whatWasHeldAndIsNotUsedComesBack() {
		this.provider.handler((request) -> BudgetClients.usual());
		BudgetClients.runner(this.provider).withPropertyValues(LIMIT + "1 USD").run((context) -> {
			int passed = 0;
			for (int i = 0; i < 60; i++) {
				try {
					BudgetClients.ask(context, 16_000);
					passed++;
				}
				catch (BudgetExceededException ex) {
					assertThat(ex.refusal()).isEqualTo(BudgetRefusal.SPENT);
				}
			}
			assertThat(passed).isEqualTo(50);
			assertThat(BudgetClients.state(context, "all").held()).isZero();
		});
	}

	@Test
	void streamThatIsCancelledGivesBackWhatItHeld() {
		this.provider.handler((request) -> Answer.chunks("a", "b"));
		BudgetClients.runner(this.provider).withPropertyValues(LIMIT + "1 USD").run((context) -> {
			assertThat(BudgetClients.stream(context)).isEqualTo("ab");
			BudgetState end = BudgetClients.state(context, "all");
			assertThat(end.held()).isZero();
			assertThat(end.spent()).isEqualTo(BudgetClients.booked(context));
		});
	}

	@Test
	void limitOfZeroSendsNothingAndSaysSo() {
		BudgetClients.runner(this.provider)
			.withPropertyValues(LIMIT + "0 USD")
			.run((context) -> assertThatExceptionOfType(BudgetExceededException.class)
				.isThrownBy(() -> BudgetClients.ask(context))
				.withMessageContaining("the limit is 0 USD")
				.satisfies((ex) -> assertThat(ex.retryAfter()).isNull()));
		assertThat(this.provider.requests()).isEmpty();
	}

}

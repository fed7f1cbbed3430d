package io.github.costwise.advisor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.context.ContextRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.costwise.CallLimits;
import io.github.costwise.CostLimitExceededException;
import io.github.costwise.CostScope;
import io.github.costwise.Money;
import io.github.costwise.NoDeadlineWorkerException;
import io.github.costwise.Tier;
import io.github.costwise.TurnDeadlineException;
import io.github.costwise.advisor.FaultBench.Given;
import io.github.costwise.advisor.FaultBench.Provider;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.spi.CostListener;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.Fault;
import io.github.costwise.testsupport.Fault.Point;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls whose time is up: the caller goes on at once, and what they cost is booked once.
 */
@Timeout(120)
@Tag("chain")
class DeadlineChainTests {

	private static final String DEADLINE = "costwise.policies.default.fallback.deadline=";

	private static final String ATTEMPT = "costwise.policies.default.fallback.attempt-timeout=";

	private final FaultBench bench = new FaultBench(Provider.OPENAI, Provider.ANTHROPIC);

	@AfterEach
	void close() {
		this.bench.close();
	}

	private ApplicationContextRunner runner(String... properties) {
		return this.bench.runner().withPropertyValues(properties);
	}

	@Test
	void answerThatComesLateSettlesWhatItCost() {
		Semaphore gate = new Semaphore(0);
		runner(ATTEMPT + "2s").run((context) -> {
			this.bench.warm(context, false);
			this.bench.server().enqueue(Answer.text("late").gate(gate), Answer.text("in time"));
			Given given = FaultBench.ask(FaultBench.client(context), "late", false);
			assertThat(given.text()).isEqualTo("in time");
			assertThat(this.bench.settled("late", 1)).extracting(CallRecord::outcome)
				.containsExactly(Outcome.SUCCEEDED);
			gate.release(10);
			CallRecord late = this.bench.settled("late", 2).get(1);
			assertThat(late.outcome()).isEqualTo(Outcome.TIMED_OUT);
			assertThat(late.usage().source()).isEqualTo(UsageSource.REPORTED);
			assertThat(late.usage().tokens().promptTokens()).isEqualTo(10);
			assertThat(FaultBench.event(context, "late").calls()).hasSize(2);
		});
	}

	@Test
	void answerOfTheLastMomentIsTheAnswer() {
		CostListener booksSlowly = new CostListener() {

			@Override
			public void onCall(CallRecord call) {
				if ("moment".equals(call.attribution().feature())) {
					passes(Duration.ofMillis(4200));
				}
			}

		};
		runner(ATTEMPT + "4s").withBean("slow", CostListener.class, () -> booksSlowly).run((context) -> {
			this.bench.warm(context, false);
			assertThat(FaultBench.ask(FaultBench.client(context), "moment", false).text()).isEqualTo("warm");
			assertThat(this.bench.exchanges("moment")).hasSize(1);
			assertThat(FaultBench.event(context, "moment").calls()).extracting(CallRecord::outcome)
				.containsExactly(Outcome.SUCCEEDED);
		});
	}

	private static void passes(Duration time) {
		try {
			new Semaphore(0).tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void turnEndsAtItsDeadline() {
		runner(DEADLINE + "2s").run((context) -> {
			this.bench.warm(context, false);
			this.bench.warm(context, true);
			this.bench.server().handler((request) -> Answer.text("never").fault(Fault.stall(Point.BEFORE_HEADERS)));
			for (boolean streamed : new boolean[] { false, true }) {
				long start = System.nanoTime();
				Given given = FaultBench.ask(FaultBench.client(context), "never-" + streamed, streamed);
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(2),
						Duration.ofSeconds(15));
				assertThat(given.error()).isExactlyInstanceOf(TurnDeadlineException.class)
					.hasMessage("The turn gave no answer in time: deadline PT2S");
				assertThat(this.bench.exchanges("never-" + streamed)).hasSize(1);
			}
			assertThat(this.bench.settled("never-true", 1).get(0).outcome()).isEqualTo(Outcome.TIMED_OUT);
			this.bench.server().disconnect();
			assertThat(this.bench.settled("never-false", 1).get(0).outcome()).isEqualTo(Outcome.TIMED_OUT);
		});
	}

	@Test
	void streamIsCutAtTheDeadlineButNotByTheTimeOfAnAttempt() {
		Semaphore gate = new Semaphore(3);
		runner(DEADLINE + "5s", ATTEMPT + "3s").run((context) -> {
			this.bench.warm(context, true);
			this.bench.server().enqueue(Answer.chunks("a", "b", "c", "d", "e").gate(gate));
			Given given = FaultBench.ask(FaultBench.client(context), "cut", true);
			assertThat(given.error()).isInstanceOf(TurnDeadlineException.class).hasMessageContaining("deadline");
			assertThat(given.text()).startsWith("a");
			assertThat(this.bench.exchanges("cut")).hasSize(1);
			CallRecord call = FaultBench.event(context, "cut").calls().get(0);
			assertThat(call.outcome()).isEqualTo(Outcome.TIMED_OUT);
			assertThat(call.isEstimated()).isTrue();
			assertThat(call.usage().tokens().outputTokens()).isPositive();
		});
	}

	@Test
	void nothingIsSentWhenNoTimeIsLeft() {
		runner(DEADLINE + "2s").run((context) -> {
			this.bench.warm(context, false);
			this.bench.warm(context, true);
			this.bench.server().handler((request) -> Answer.tool("slow", "{}"));
			for (boolean streamed : new boolean[] { false, true }) {
				String name = "slow-" + streamed;
				Given given = FaultBench.scope(name)
					.get(() -> FaultBench
						.answer(FaultBench.client(context).prompt("question-" + name).tools(new SlowTool()), streamed));
				assertThat(given.error()).hasStackTraceContaining("The turn gave no answer in time: deadline PT2S");
				assertThat(this.bench.exchanges(name)).hasSize(1);
				assertThat(FaultBench.event(context, name).calls()).hasSize(1);
			}
		});
	}

	@Test
	void whatIsInFlightCountsAgainstTheLimitOfTheTurn() {
		runner(ATTEMPT + "2s").run((context) -> {
			this.bench.warm(context, false);
			this.bench.server()
				.enqueue(Answer.text("never").fault(Fault.stall(Point.BEFORE_BODY)), Answer.text("too dear"));
			CostScope scope = CostScope.builder()
				.feature("dear")
				.tier(Tier.STANDARD)
				.limits(new CallLimits(null, null, Money.ofNanos(6_000_000)))
				.build();
			Given given = scope.get(() -> FaultBench.answer(FaultBench.client(context).prompt("question-dear"), false));
			assertThat(given.error()).isExactlyInstanceOf(TurnDeadlineException.class);
			assertThat(given.error().getSuppressed()).singleElement().isInstanceOf(CostLimitExceededException.class);
			assertThat(this.bench.exchanges("dear")).hasSize(1);
			this.bench.server().disconnect();
			assertThat(this.bench.settled("dear", 1).get(0).isEstimated()).isTrue();
		});
	}

	@Test
	void withoutAWorkerNothingIsSent() {
		Semaphore gate = new Semaphore(0);
		this.bench.server().enqueue(Answer.text("slow").gate(gate));
		runner(ATTEMPT + "60s", "costwise.fallback.deadline-threads=1").run((context) -> {
			ChatClient client = FaultBench.client(context);
			CompletableFuture<Given> slow = new CompletableFuture<>();
			Thread caller = new Thread(() -> slow.complete(FaultBench.ask(client, "slow", false)));
			caller.start();
			Eventually.holds(() -> !this.bench.server().requests().isEmpty());
			Given refused = FaultBench.ask(client, "refused", false);
			assertThat(refused.error()).isExactlyInstanceOf(NoDeadlineWorkerException.class)
				.hasMessageContaining("All 1 threads")
				.hasMessageContaining("costwise.fallback.deadline-threads");
			gate.release(10);
			assertThat(slow.get(20, TimeUnit.SECONDS).text()).isEqualTo("slow");
			assertThat(this.bench.server().requests()).hasSize(1);
			assertThat(CostwiseRunner.calls(context)).hasSize(1);
		});
	}

	@Test
	void stoppingTheApplicationBooksWhatWasGivenUp() {
		runner(ATTEMPT + "2s").run((context) -> {
			this.bench.warm(context, false);
			this.bench.server()
				.enqueue(Answer.text("never").fault(Fault.stall(Point.BEFORE_BODY)), Answer.text("other"));
			assertThat(FaultBench.ask(FaultBench.client(context), "stop", false).text()).isEqualTo("other");
		});
		CallRecord lost = this.bench.settled("stop", 2).get(1);
		assertThat(lost.outcome()).isEqualTo(Outcome.TIMED_OUT);
		assertThat(lost.isEstimated()).isTrue();
	}

	@Test
	void interruptedCallerGoesOnAtOnce() {
		Semaphore gate = new Semaphore(0);
		this.bench.server().enqueue(Answer.text("unheard").gate(gate));
		runner(DEADLINE + "60s").run((context) -> {
			ChatClient client = FaultBench.client(context);
			CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
			CompletableFuture<Given> given = new CompletableFuture<>();
			Thread caller = new Thread(() -> {
				given.complete(FaultBench.ask(client, "interrupted", false));
				interrupted.complete(Thread.currentThread().isInterrupted());
			});
			caller.start();
			Eventually.holds(() -> !this.bench.server().requests().isEmpty());
			caller.interrupt();
			assertThat(given.get(20, TimeUnit.SECONDS).error()).hasRootCauseInstanceOf(InterruptedException.class);
			assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
			gate.release(10);
			CallRecord call = this.bench.settled(1).get(0);
			assertThat(call.outcome()).isEqualTo(Outcome.CANCELLED);
			assertThat(call.usage().source()).isEqualTo(UsageSource.REPORTED);
			assertThat(this.bench.server().requests()).hasSize(1);
		});
	}

	@Test
	void contextReachesTheWorker() {
		ThreadLocal<String> local = new ThreadLocal<>();
		ContextRegistry.getInstance().registerThreadLocalAccessor("deadline-test", local);
		AtomicReference<List<String>> seen = new AtomicReference<>();
		try {
			this.bench.server().enqueue(Answer.text("ok"));
			runner(DEADLINE + "60s").run((context) -> {
				ChatClient client = context.getBean(ChatClient.Builder.class).defaultAdvisors(new SeeingAdvisor(() -> {
					seen.set(List.of(String.valueOf(local.get()),
							String.valueOf(CostScope.current().attribution().feature()),
							Thread.currentThread().getName()));
				})).build();
				local.set("mdc");
				FaultBench.ask(client, "context", false);
				assertThat(seen.get().subList(0, 2)).containsExactly("mdc", "context");
				assertThat(seen.get().get(2)).startsWith("costwise-deadline-");
			});
		}
		finally {
			ContextRegistry.getInstance().removeThreadLocalAccessor("deadline-test");
			local.remove();
		}
	}

	/** Runs between the call advisor and the model. */
	record SeeingAdvisor(Runnable action) implements CallAdvisor {

		@Override
		public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
			this.action.run();
			return chain.nextCall(request);
		}

		@Override
		public String getName() {
			return "seeing";
		}

		@Override
		public int getOrder() {
			return CostCallAdvisor.ORDER + 1;
		}

	}

	/** Ends when the deadline of its turn has certainly passed. */
	static class SlowTool {

		@Tool
		String slow() {
			passes(Duration.ofMillis(2100));
			return "done";
		}

	}

}

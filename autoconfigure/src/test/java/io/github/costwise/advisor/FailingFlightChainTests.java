package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.cache.Miss;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What becomes of turns that wait for one that fails.
 */
@Timeout(60)
@Tag("chain")
class FailingFlightChainTests {

	private static final int CALLERS = 8;

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final ApplicationContextRunner runner = CacheClients.runner(this.provider)
		.withPropertyValues("costwise.cache.single-flight.patience=5m");

	@AfterEach
	void close() {
		this.executor.shutdownNow();
		this.provider.close();
	}

	@ParameterizedTest
	@EnumSource(Form.class)
	void twoFailuresAreTheFailureOfAllWhoWait(Form form) {
		Semaphore gate = new Semaphore(0);
		this.provider.handler((request) -> Answer.error(400).gate(gate));
		this.runner.run((context) -> {
			List<Future<String>> callers = burst(context, form);
			gate.release(2 * CALLERS);
			Throwable alone = cause(callers.get(0));
			for (Future<String> caller : callers) {
				assertThat(cause(caller)).hasSameClassAs(alone).hasMessage(alone.getMessage());
			}
			assertThat(this.provider.requests()).hasSize(2);
			assertThat(CacheClients.counters(context).misses(Miss.FAILED)).isEqualTo(CALLERS - 2);
			assertThat(CacheClients.turns(context)).hasSize(CALLERS)
				.allMatch((turn) -> turn.outcome() == TurnRecord.TurnOutcome.FAILED)
				.filteredOn((turn) -> turn.cost().calls() > 0)
				.hasSize(2);
		});
	}

	@ParameterizedTest
	@EnumSource(Form.class)
	void theFurtherCallAnswersAllWhoWait(Form form) {
		Semaphore gate = new Semaphore(0);
		this.provider.enqueue(Answer.error(400).gate(gate)).handler((request) -> Answer.text("second").gate(gate));
		this.runner.run((context) -> {
			List<Future<String>> callers = burst(context, form);
			gate.release(2 * CALLERS);
			assertThat(cause(callers.get(0))).isNotNull();
			for (Future<String> caller : callers.subList(1, CALLERS)) {
				assertThat(caller.get()).isEqualTo("second");
			}
			assertThat(this.provider.requests()).hasSize(2);
		});
	}

	@Test
	void callersThatGoAwayAreNoFailures() {
		Semaphore gate = new Semaphore(0);
		this.provider.enqueue(Answer.text("never").gate(gate), Answer.text("never").gate(gate))
			.handler((request) -> Answer.text("third"));
		this.runner.run((context) -> {
			Disposable first = subscribe(context);
			CacheClients.awaitRequests(this.provider, 1);
			Disposable second = subscribe(context);
			CacheClients.await(() -> CacheClients.counters(context).lookups() == 2);
			first.dispose();
			CacheClients.awaitRequests(this.provider, 2);
			Future<String> waiter = this.executor.submit(() -> Form.CALL.ask(context));
			CacheClients.await(() -> CacheClients.counters(context).lookups() == 3);
			second.dispose();
			assertThat(waiter.get()).isEqualTo("third");
			gate.release(2);
		});
	}

	@ParameterizedTest
	@EnumSource(Form.class)
	void whoComesLaterAsksAgain(Form form) {
		this.provider.enqueue(Answer.error(400), Answer.error(400), Answer.error(400))
			.handler((request) -> Answer.text("fine"));
		this.runner.run((context) -> {
			for (int i = 0; i < 3; i++) {
				assertThat(catchThrowable(() -> form.ask(context))).isNotNull();
			}
			assertThat(form.ask(context)).isEqualTo("fine");
		});
	}

	/** One leader and those who wait for it. */
	private List<Future<String>> burst(ApplicationContext context, Form form) {
		List<Future<String>> callers = new ArrayList<>();
		for (int i = 0; i < CALLERS; i++) {
			callers.add(this.executor.submit((Callable<String>) () -> form.ask(context)));
			CacheClients.awaitRequests(this.provider, 1);
		}
		CacheClients.await(() -> CacheClients.counters(context).lookups() == CALLERS);
		return callers;
	}

	private static Disposable subscribe(ApplicationContext context) {
		return CacheClients.client(context).prompt("Q?").stream().content().subscribe();
	}

	private static Throwable cause(Future<String> caller) {
		Throwable thrown = catchThrowable(caller::get);
		assertThat(thrown).isNotNull();
		return thrown.getCause();
	}

	/** How it is asked. */
	enum Form {

		/** Blocking. */
		CALL {
			@Override
			String ask(ApplicationContext context) {
				return CacheClients.ask(context, "Q?");
			}
		},

		/** Streaming. */
		STREAM {
			@Override
			String ask(ApplicationContext context) {
				return CacheClients.stream(context, "Q?");
			}
		};

		abstract String ask(ApplicationContext context);

	}

}

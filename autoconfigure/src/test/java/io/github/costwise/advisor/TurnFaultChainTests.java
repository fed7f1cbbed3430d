package io.github.costwise.advisor;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.BaseAdvisor;
import org.springframework.ai.chat.client.advisor.api.AdvisorChain;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.Faults;
import io.github.costwise.accounting.CallRecord;
import io.github.costwise.accounting.CostListener;
import io.github.costwise.accounting.TurnRecord;
import io.github.costwise.accounting.TurnRecord.Outcome;
import io.github.costwise.cache.CachePartitionResolver;
import io.github.costwise.pipeline.CachePillar;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Turns around which something throws, or whose caller goes away at a bad time.
 */
@Timeout(60)
@Tag("chain")
class TurnFaultChainTests {

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
	@MethodSource("io.github.costwise.advisor.CacheClients#ways")
	void modelIsAskedWhereTheCacheCannotEvenBegin(BiFunction<ApplicationContext, String, String> way) {
		this.provider.handler((request) -> Answer.text("asked"));
		CachePartitionResolver resolver = (prompt, attribution) -> new Unreadable();
		this.runner.withBean(CachePartitionResolver.class, () -> resolver).run((context) -> {
			assertThat(way.apply(context, "Q?")).isEqualTo("asked");
			assertThat(CacheClients.turns(context)).extracting(TurnRecord::outcome).containsExactly(Outcome.ANSWERED);
			assertThat(context.getBean(Faults.class).count(Faults.Kind.CACHE)).isPositive();
		});
	}

	@Test
	void nobodyWaitsForATurnWhoseCallerWentAwayBeforeItsWayThroughTheCacheBegan() {
		this.provider.handler((request) -> Answer.text("asked"));
		Semaphore begun = new Semaphore(0);
		Semaphore gate = new Semaphore(0);
		AtomicReference<Thread> first = new AtomicReference<>();
		CachePartitionResolver resolver = (prompt, attribution) -> {
			first.compareAndSet(null, Thread.currentThread());
			begun.release();
			gate.acquireUninterruptibly();
			return Map.of();
		};
		this.runner.withBean(CachePartitionResolver.class, () -> resolver).run((context) -> {
			Disposable caller = Flux.defer(() -> CacheClients.client(context).prompt("Q?").stream().content())
				.subscribeOn(Schedulers.parallel())
				.subscribe();
			assertThat(begun.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
			caller.dispose();
			CacheClients.await(() -> !CacheClients.turns(context).isEmpty());
			gate.release(10);
			CacheClients.await(() -> Stream.of(first.get().getStackTrace())
				.noneMatch((frame) -> frame.getClassName().equals(CachePillar.class.getName())));
			Future<String> other = CacheClients.ask(context, "Q?", this.executor);
			assertThat(other.get(20, TimeUnit.SECONDS)).isEqualTo("asked");
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void turnThatCannotBeAskedIsClosed(boolean streamed) {
		AtomicBoolean armed = new AtomicBoolean();
		this.runner.withPropertyValues(CacheClients.POLICY + "mode=off").run((context) -> {
			ChatClient client = CacheClients.client(context)
				.mutate()
				.defaultAdvisors(new Arming(armed))
				.defaultToolCallbacks(new Secretive(armed), new Secretive(armed, "other"))
				.build();
			assertThat(FaultBench.answer(client.prompt("Q?"), streamed).error()).isNotNull();
			assertThat(CacheClients.turns(context)).extracting(TurnRecord::outcome).containsExactly(Outcome.FAILED);
		});
	}

	@ParameterizedTest
	@MethodSource("io.github.costwise.advisor.CacheClients#ways")
	void errorOfAListenerReachesNobody(BiFunction<ApplicationContext, String, String> way) {
		this.provider.handler((request) -> Answer.text("asked"));
		CostListener listener = new CostListener() {

			@Override
			public void onCall(CallRecord call) {
				throw new AssertionError("call");
			}

			@Override
			public void onTurn(TurnRecord turn) {
				throw new AssertionError("turn");
			}

		};
		this.runner.withBean("failing", CostListener.class, () -> listener).run((context) -> {
			Future<String> answer = this.executor.submit(() -> way.apply(context, "Q?"));
			assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("asked");
			assertThat(context.getBean(Faults.class).count(Faults.Kind.LISTENER)).isEqualTo(2);
		});
	}

	/** Cannot be read. */
	private static final class Unreadable extends AbstractMap<String, String> {

		@Override
		public Set<Entry<String, String>> entrySet() {
			throw new IllegalStateException("unreadable");
		}

	}

	/** Says nothing of itself once the turn is about to begin. */
	private record Secretive(AtomicBoolean armed, String name) implements ToolCallback {

		private Secretive(AtomicBoolean armed) {
			this(armed, "tool");
		}

		@Override
		public ToolDefinition getToolDefinition() {
			if (this.armed.get()) {
				throw new IllegalStateException("secret");
			}
			return ToolDefinition.builder().name(this.name).description("a tool").inputSchema("{}").build();
		}

		@Override
		public String call(String input) {
			return "";
		}

	}

	private record Arming(AtomicBoolean armed) implements BaseAdvisor {

		@Override
		public ChatClientRequest before(ChatClientRequest request, AdvisorChain chain) {
			this.armed.set(true);
			return request;
		}

		@Override
		public ChatClientResponse after(ChatClientResponse response, AdvisorChain chain) {
			return response;
		}

		@Override
		public int getOrder() {
			return CostTurnAdvisor.ORDER - 1;
		}

	}

}

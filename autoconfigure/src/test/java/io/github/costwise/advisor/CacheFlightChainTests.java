package io.github.costwise.advisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.cache.Miss;
import io.github.costwise.cache.response.CacheHit;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.Fault;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * How turns that ask the same at the same time wait for each other, and when they do not.
 */
@Timeout(60)
@Tag("chain")
class CacheFlightChainTests {

	private static final Duration LONG = Duration.ofSeconds(50);

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final ApplicationContextRunner runner = CacheClients.runner(this.provider)
		.withPropertyValues("costwise.cache.single-flight.patience=5m");

	@AfterEach
	void close() {
		this.executor.shutdownNow();
		this.provider.close();
	}

	@Test
	void turnInsideAToolDoesNotWaitForTheTurnAroundIt() {
		this.provider.enqueue(Answer.tool("ask", "{}"), Answer.text("inner"), Answer.text("outer"));
		this.runner.withPropertyValues(CacheClients.POLICY + "allowed-tools=*").run((context) -> {
			Asking tool = new Asking(CacheClients.client(context));
			assertThat(tool.question()).isEqualTo("outer");
			assertThat(tool.inner).isEqualTo("inner");
			assertThat(this.provider.requests()).hasSize(3);
		});
	}

	@Test
	void turnInsideAToolDoesNotWaitForAnybody() {
		Semaphore gate = new Semaphore(0);
		this.provider.enqueue(Answer.text("slow").gate(gate));
		this.runner.withPropertyValues(CacheClients.POLICY + "allowed-tools=*").run((context) -> {
			Future<String> leader = CacheClients.ask(context, "Q?", this.executor);
			CacheClients.awaitRequests(this.provider, 1);
			this.provider.enqueue(Answer.tool("lookUp", "{}"), Answer.text("own"), Answer.text("outer"));
			LookingUp tool = new LookingUp(context);
			assertThat(CacheClients.client(context).prompt("Other?").tools(tool).call().content()).isEqualTo("outer");
			assertThat(tool.inner).isEqualTo("own");
			gate.release();
			assertThat(leader.get()).isEqualTo("slow");
		});
	}

	@Test
	void interruptedWaiterGoesOnAndHoldsNobodyUp() {
		Semaphore gate = new Semaphore(0);
		this.provider.enqueue(Answer.text("once").gate(gate)).handler((request) -> Answer.text("own"));
		this.runner.run((context) -> {
			Future<String> leader = CacheClients.ask(context, "Q?", this.executor);
			CacheClients.awaitRequests(this.provider, 1);
			AtomicReference<String> end = new AtomicReference<>();
			Thread waiter = new Thread(() -> end.set(askInterruptibly(context)));
			waiter.start();
			CacheClients.await(() -> CacheClients.counters(context).lookups() == 2);
			CacheClients.await(() -> waiter.getState() == Thread.State.TIMED_WAITING);
			waiter.interrupt();
			waiter.join();
			assertThat(end.get()).endsWith("interrupted");
			assertThat(leader.isDone()).isFalse();
			Future<String> follower = CacheClients.ask(context, "Q?", this.executor);
			gate.release();
			assertThat(leader.get()).isEqualTo("once");
			assertThat(follower.get()).isIn("once", "own");
			assertThat(CacheClients.counters(context).misses(Miss.NOT_SHARED)).isOne();
		});
	}

	/** The model may give up on an interrupted thread, as it does without a cache. */
	private static String askInterruptibly(ApplicationContext context) {
		String end;
		try {
			end = CacheClients.ask(context, "Q?");
		}
		catch (RuntimeException ex) {
			end = "failed";
		}
		return end + (Thread.currentThread().isInterrupted() ? ", interrupted" : ", not interrupted");
	}

	@Test
	void waitingStreamsBlockNoEventLoop() throws Exception {
		Semaphore gate = new Semaphore(0);
		this.provider.enqueue(Answer.text("once").gate(gate));
		Scheduler loop = Schedulers.newParallel("loop", 1);
		ThreadCheckingStore store = new ThreadCheckingStore();
		try {
			this.runner.withBean(ResponseCacheStore.class, () -> store).run((context) -> {
				Future<String> leader = CacheClients.ask(context, "Q?", this.executor);
				CacheClients.awaitRequests(this.provider, 1);
				List<CompletableFuture<String>> followers = new ArrayList<>();
				for (int i = 0; i < 20; i++) {
					followers.add(stream(context, loop));
				}
				CacheClients.await(() -> CacheClients.counters(context).lookups() == 21);
				assertThat(onLoop(loop)).isTrue();
				assertThat(followers).noneMatch(CompletableFuture::isDone);
				gate.release();
				for (CompletableFuture<String> follower : followers) {
					assertThat(follower.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo("once");
				}
				assertThat(leader.get()).isEqualTo("once");
				assertThat(this.provider.requests()).hasSize(1);
				assertThat(CacheClients.counters(context).hits(CacheHit.HitKind.SHARED)
						+ CacheClients.counters(context).hits(CacheHit.HitKind.EXACT))
					.isEqualTo(20);
				assertThat(store.blocked).hasValue(0);
			});
		}
		finally {
			loop.dispose();
		}
	}

	private static CompletableFuture<String> stream(ApplicationContext context, Scheduler loop) {
		return CacheClients.client(context)
			.prompt("Q?")
			.stream()
			.content()
			.collectList()
			.map((chunks) -> String.join("", chunks))
			.subscribeOn(loop)
			.toFuture();
	}

	/** Whether the only thread of an event loop has time. */
	private static Boolean onLoop(Scheduler loop) {
		return Mono.fromSupplier(Schedulers::isInNonBlockingThread).subscribeOn(loop).block(LONG);
	}

	@Test
	void failedStreamHandsOverToAStream() {
		Semaphore gate = new Semaphore(0);
		this.provider.enqueue(Answer.chunks("never ", "ends").gate(gate).fault(Fault.reset(Fault.Point.AFTER_CHUNK)))
			.handler((request) -> Answer.text("second"));
		this.runner.run((context) -> {
			Future<String> leader = this.executor.submit(() -> CacheClients.stream(context, "Q?"));
			CacheClients.awaitRequests(this.provider, 1);
			Future<String> follower = this.executor.submit(() -> CacheClients.stream(context, "Q?"));
			CacheClients.await(() -> CacheClients.counters(context).lookups() == 2);
			gate.release(10);
			assertThatException().isThrownBy(leader::get);
			assertThat(follower.get()).isEqualTo("second");
			assertThat(this.provider.requests()).hasSize(2);
		});
	}

	@Test
	void waitersThatGoAwayLeaveTheOthersTheirTurn() {
		Semaphore gate = new Semaphore(0);
		this.provider.enqueue(Answer.error(500).gate(gate)).handler((request) -> Answer.text("second"));
		this.runner.run((context) -> {
			Future<String> leader = CacheClients.ask(context, "Q?", this.executor);
			CacheClients.awaitRequests(this.provider, 1);
			List<Disposable> gone = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				gone.add(CacheClients.client(context).prompt("Q?").stream().content().subscribe());
			}
			CacheClients.await(() -> CacheClients.counters(context).lookups() == 11);
			Future<String> follower = CacheClients.ask(context, "Q?", this.executor);
			gone.forEach(Disposable::dispose);
			gate.release();
			assertThatException().isThrownBy(leader::get);
			assertThat(follower.get()).isEqualTo("second");
			assertThat(CacheClients.ask(context, "Q?")).isEqualTo("second");
			assertThat(this.provider.requests()).hasSize(2);
		});
	}

	@Test
	void everyoneAsksWithoutSingleFlight() {
		this.runner.withPropertyValues("costwise.cache.single-flight.enabled=false").run((context) -> {
			Semaphore gate = new Semaphore(0);
			this.provider.enqueue(Answer.text("first").gate(gate), Answer.text("second").gate(gate));
			Future<String> one = CacheClients.ask(context, "Q?", this.executor);
			Future<String> other = CacheClients.ask(context, "Q?", this.executor);
			CacheClients.awaitRequests(this.provider, 2);
			gate.release(2);
			assertThat(List.of(one.get(), other.get())).containsExactlyInAnyOrder("first", "second");
		});
	}

	/** Asks the question in whose turn it runs. */
	private static final class Asking {

		private final ChatClient client;

		private String inner = "";

		private Asking(ChatClient client) {
			this.client = client;
		}

		String question() {
			return String.valueOf(this.client.prompt("Q?").tools(this).call().content());
		}

		@Tool(description = "Asks")
		String ask() {
			this.inner = question();
			return this.inner;
		}

	}

	/** Asks something that another turn is asking. */
	private static final class LookingUp {

		private final ApplicationContext context;

		private String inner = "";

		private LookingUp(ApplicationContext context) {
			this.context = context;
		}

		@Tool(description = "Looks up")
		String lookUp() {
			this.inner = CacheClients.ask(this.context, "Q?");
			return this.inner;
		}

	}

	/** Counts uses on threads that must not block. */
	private static final class ThreadCheckingStore extends DelegatingStore {

		private final AtomicInteger blocked = new AtomicInteger();

		@Override
		void before(String method, CacheEntry entry) {
			if (Schedulers.isInNonBlockingThread()) {
				this.blocked.incrementAndGet();
			}
		}

	}

}

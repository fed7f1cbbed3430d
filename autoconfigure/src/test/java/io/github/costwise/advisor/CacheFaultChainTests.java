package io.github.costwise.advisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;

import io.github.costwise.faults.Faults;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.model.CacheKey;
import io.github.costwise.model.CacheStats;
import io.github.costwise.model.Neighbour;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.model.TurnRecord.CacheOutcome;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Bursts whose leader fails, goes away or keeps its answer, and stores that are down.
 */
@Timeout(60)
@Tag("chain")
class CacheFaultChainTests {

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("model", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
		.withPropertyValues("costwise.policies.default.cache.mode=enforce");

	@AfterEach
	void close() {
		this.executor.shutdownNow();
		this.provider.close();
	}

	@Test
	void failedLeaderHandsOverToOne() {
		Semaphore gate = new Semaphore(0);
		this.provider.enqueue(Answer.error(500).gate(gate)).handler((request) -> Answer.text("second"));
		this.runner.run((context) -> {
			Future<String> leader = ask(context);
			awaitRequests(1);
			List<Future<String>> followers = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				followers.add(ask(context));
			}
			gate.release();
			assertThatException().isThrownBy(leader::get);
			for (Future<String> follower : followers) {
				assertThat(follower.get()).isEqualTo("second");
			}
			assertThat(this.provider.requests()).hasSize(2);
		});
	}

	@Test
	void cancelledStreamHandsOver() {
		Semaphore gate = new Semaphore(0);
		this.provider.enqueue(Answer.chunks("never ", "ends").gate(gate)).handler((request) -> Answer.text("second"));
		this.runner.run((context) -> {
			Disposable leader = client(context).prompt("Q?").stream().content().subscribe();
			awaitRequests(1);
			Future<String> follower = ask(context);
			leader.dispose();
			assertThat(follower.get()).isEqualTo("second");
			assertThat(client(context).prompt("Q?").call().content()).isEqualTo("second");
			assertThat(this.provider.requests()).hasSize(2);
		});
	}

	@Test
	void callsAndStreamsOfABurstShareOneCall() {
		Semaphore gate = new Semaphore(0);
		this.provider.enqueue(Answer.text("once").gate(gate));
		this.runner.run((context) -> {
			Future<String> leader = ask(context);
			awaitRequests(1);
			CountDownLatch ended = new CountDownLatch(1);
			StringBuilder streamed = new StringBuilder();
			client(context).prompt("Q?")
				.stream()
				.content()
				.doOnNext(streamed::append)
				.doOnTerminate(ended::countDown)
				.subscribe();
			Future<String> follower = ask(context);
			gate.release();
			assertThat(leader.get()).isEqualTo("once").isEqualTo(follower.get());
			assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
			assertThat(streamed).hasToString("once");
			assertThat(this.provider.requests()).hasSize(1);
		});
	}

	@Test
	void answerThatMayNotBeSharedLetsEverybodyAsk() {
		Semaphore gate = new Semaphore(0);
		this.provider.enqueue(Answer.text("I don't know.").gate(gate)).handler((request) -> Answer.text("own"));
		this.runner.run((context) -> {
			Future<String> leader = ask(context);
			awaitRequests(1);
			List<Future<String>> followers = List.of(ask(context), ask(context));
			gate.release();
			assertThat(leader.get()).isEqualTo("I don't know.");
			for (Future<String> follower : followers) {
				assertThat(follower.get()).isEqualTo("own");
			}
			assertThat(client(context).prompt("Q?").call().content()).isEqualTo("own");
		});
	}

	@Test
	void waitingHasALimit() {
		Semaphore gate = new Semaphore(0);
		this.provider.enqueue(Answer.text("late").gate(gate)).handler((request) -> Answer.text("soon"));
		this.runner.withPropertyValues("costwise.cache.single-flight.patience=50ms").run((context) -> {
			Future<String> leader = ask(context);
			awaitRequests(1);
			assertThat(ask(context).get()).isEqualTo("soon");
			gate.release();
			assertThat(leader.get()).isEqualTo("late");
		});
	}

	@Test
	void storeThatIsDownFailsNoCallAndIsCounted() {
		this.provider.handler((request) -> Answer.text("fine"));
		this.runner.withBean(ResponseCacheStore.class, BrokenStore::new).run((context) -> {
			assertThat(client(context).prompt("Q?").call().content()).isEqualTo("fine");
			assertThat(client(context).prompt("Q?").stream().content().blockLast(Duration.ofSeconds(30)))
				.isEqualTo("fine");
			assertThat(this.provider.requests()).hasSize(2);
			assertThat(turns(context)).extracting(TurnRecord::cacheOutcome).containsOnly(CacheOutcome.BYPASSED);
			assertThat(context.getBean(Faults.class).count(Faults.Kind.CACHE)).isEqualTo(2);
		});
	}

	@Test
	void ownGuardKeepsTheCacheOutWhereverItStandsBeforeTheModel() {
		this.provider.handler((request) -> Answer.text("fine"));
		this.runner.run((context) -> {
			for (int order : List.of(0, Ordered.LOWEST_PRECEDENCE - 500)) {
				Guard guard = new Guard(order);
				ChatClient client = client(context).mutate().defaultAdvisors(guard).build();
				client.prompt("Q?").call().content();
				client.prompt("Q?").call().content();
				assertThat(guard.asked).isEqualTo(2);
			}
			assertThat(turns(context)).extracting(TurnRecord::cacheOutcome).containsOnly(CacheOutcome.BYPASSED);
		});
	}

	@Test
	void advisorBeforeTheTurnRunsOnHitsToo() {
		this.provider.enqueue(Answer.text("once"));
		this.runner.run((context) -> {
			Guard guard = new Guard(CostTurnAdvisor.ORDER - 1);
			ChatClient client = client(context).mutate().defaultAdvisors(guard).build();
			client.prompt("Q?").call().content();
			assertThat(client.prompt("Q?").call().content()).isEqualTo("once");
			assertThat(guard.asked).isEqualTo(2);
		});
	}

	@Test
	void entitiesAreServedAndBrokenOnesAreNot() {
		this.provider.enqueue(Answer.text("{\"name\": \"Pa"), Answer.text("```json\n{\"name\":\"Paris\"}\n```"));
		this.runner.run((context) -> {
			assertThatException().isThrownBy(() -> city(context));
			assertThat(city(context)).isEqualTo(new City("Paris")).isEqualTo(city(context));
			assertThat(this.provider.requests()).hasSize(2);
		});
	}

	private static @Nullable City city(ApplicationContext context) {
		return client(context).prompt("The capital of France?").call().entity(City.class);
	}

	private Future<String> ask(ApplicationContext context) {
		return this.executor.submit((Callable<String>) () -> client(context).prompt("Q?").call().content());
	}

	private void awaitRequests(int count) {
		Eventually.holds(() -> this.provider.requests().size() >= count);
	}

	private static ChatClient client(ApplicationContext context) {
		return context.getBean(ChatClient.Builder.class).build();
	}

	private static List<TurnRecord> turns(ApplicationContext context) {
		return CostwiseRunner.events(context).stream().map((event) -> event.turn()).toList();
	}

	record City(String name) {

	}

	private static final class Guard implements CallAdvisor {

		private final int order;

		private int asked;

		private Guard(int order) {
			this.order = order;
		}

		@Override
		public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
			this.asked++;
			return chain.nextCall(request);
		}

		@Override
		public String getName() {
			return "guard";
		}

		@Override
		public int getOrder() {
			return this.order;
		}

	}

	private static final class BrokenStore implements ResponseCacheStore {

		@Override
		public void put(CacheEntry entry) {
			throw down();
		}

		@Override
		public @Nullable CacheEntry find(CacheKey key) {
			throw down();
		}

		@Override
		public List<Neighbour> nearest(String partition, float[] vector, int count) {
			throw down();
		}

		@Override
		public long evict(CacheEviction eviction) {
			throw down();
		}

		@Override
		public CacheStats stats() {
			throw down();
		}

		private static CacheStoreException down() {
			return new CacheStoreException(CacheStoreException.StoreReason.UNAVAILABLE, "down", null);
		}

	}

}

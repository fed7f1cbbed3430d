package io.github.costwise.advisor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import com.redis.om.spring.RedisModulesConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.document.Document;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.SimpleVectorStore;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.ai.vectorstore.filter.Filter;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.cache.Bypass;
import io.github.costwise.cache.Miss;
import io.github.costwise.cache.admission.Refusal;
import io.github.costwise.cache.response.CacheHit;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.cache.vectorstore.CacheEmbeddingModel;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.model.TurnRecord.CacheOutcome;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.LabelLog;
import io.github.costwise.spi.ResponseCacheStore;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What stores and encoders that fail do to calls: nothing, but that it is counted.
 */
@Timeout(60)
@Tag("chain")
class CacheStoreFaultChainTests {

	private final LoopbackProvider provider = new LoopbackProvider().handler((request) -> Answer.text("fine"));

	private final ApplicationContextRunner runner = CacheClients.runner(this.provider);

	private final ApplicationContextRunner semantic = this.runner
		.withPropertyValues(CacheClients.POLICY + "semantic.enabled=true", CacheClients.POLICY + "shared=true");

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@EnumSource(Failure.class)
	void storeThatFailsWhenReadKeepsOutAndIsCounted(Failure failure) {
		this.runner.withBean(ResponseCacheStore.class, () -> new FailingStore(failure, "find", "put"))
			.run((context) -> {
				askTwice(context);
				assertThat(CacheClients.counters(context).bypasses(Bypass.STORE)).isEqualTo(2);
				assertThat(CacheClients.turns(context)).extracting(TurnRecord::cacheOutcome)
					.containsOnly(CacheOutcome.BYPASSED);
				assertThat(context.getBean(Faults.class).count(Faults.Kind.CACHE)).isEqualTo(2);
			});
	}

	@ParameterizedTest
	@EnumSource(Failure.class)
	void storeThatTakesNothingIsCounted(Failure failure) {
		this.runner.withBean(ResponseCacheStore.class, () -> new FailingStore(failure, "put")).run((context) -> {
			askTwice(context);
			CacheClients.await(() -> CacheClients.counters(context).refusals(Refusal.STORE) == asked());
			assertThat(CacheClients.counters(context).storedAnswers()).isZero();
			assertThat(CacheClients.turns(context)).extracting(TurnRecord::cacheOutcome)
				.doesNotContain(CacheOutcome.BYPASSED);
		});
	}

	@ParameterizedTest
	@EnumSource(Failure.class)
	void storeThatFindsNoNeighboursStillFindsEqualQuestions(Failure failure) {
		this.semantic.withBean(ResponseCacheStore.class, () -> new FailingStore(failure, "nearest"))
			.withBean(TextEncoder.class, LetterEncoder::new)
			.run((context) -> {
				int warm = LetterEncoder.warm(context);
				assertThat(CacheClients.counters(context).misses(Miss.STORE)).isPositive();
				CacheClients.awaitStored(context, warm);
				askTwice(context);
				assertThat(CacheClients.counters(context).hits(CacheHit.HitKind.EXACT)
						+ CacheClients.counters(context).hits(CacheHit.HitKind.SHARED))
					.isOne();
			});
	}

	/** Opened by ten faults; what is left out thereafter is none. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void lookUpsWithoutAStoreThatIsLeftOutAreBypassesAndNoFaults(boolean streamed) {
		this.semantic
			.withBean(ResponseCacheStore.class, () -> new FailingStore(Failure.DECLARED, "find", "put", "nearest"))
			.withBean(TextEncoder.class, LetterEncoder::new)
			.run((context) -> {
				ResponseCache cache = context.getBean(ResponseCache.class);
				Faults faults = context.getBean(Faults.class);
				int asked = 0;
				while (cache.storeState().used()) {
					ask(context, "Q" + asked++, streamed);
				}
				long before = faults.count(Faults.Kind.CACHE);
				for (int i = 0; i < 20; i++) {
					ask(context, "Q" + asked++, streamed);
				}
				assertThat(CacheClients.counters(context).bypasses(Bypass.STORE)).isEqualTo(asked);
				assertThat(CacheClients.turns(context)).extracting(TurnRecord::cacheOutcome)
					.containsOnly(CacheOutcome.BYPASSED);
				assertThat(faults.count(Faults.Kind.CACHE)).isEqualTo(before).isLessThanOrEqualTo(10);
			});
	}

	private static void ask(ApplicationContext context, String question, boolean streamed) {
		assertThat(streamed ? CacheClients.stream(context, question) : CacheClients.ask(context, question))
			.isEqualTo("fine");
	}

	@Test
	void answerThatIsTooLargeForTheStoreIsCounted() {
		String large = "word ".repeat(9_000);
		this.provider.handler((request) -> Answer.text(large));
		this.runner.withPropertyValues("costwise.cache.memory.max-size=64KB").run((context) -> {
			assertThat(CacheClients.ask(context, "Q?")).isEqualTo(large);
			CacheClients.await(() -> CacheClients.counters(context).refusals(Refusal.STORE) == 1);
			assertThat(CacheClients.ask(context, "Q?")).isEqualTo(large);
		});
	}

	@Test
	void serverThatNeverAnswersCostsOneTimeOut() throws IOException {
		try (SilentServer server = new SilentServer()) {
			this.runner
				.withConfiguration(
						AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisModulesConfiguration.class))
				.withPropertyValues("costwise.cache.store=redis", "costwise.cache.redis.timeout=50ms",
						"spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + server.port())
				.run((context) -> {
					askTwice(context);
					assertThat(CacheClients.counters(context).bypasses(Bypass.STORE)).isEqualTo(2);
				});
		}
	}

	@Test
	void vectorStoreThatIsSlowIsNotWaitedFor() {
		CountDownLatch never = new CountDownLatch(1);
		try {
			this.runner
				.withPropertyValues("costwise.cache.store=vector-store", "costwise.cache.vector-store.timeout=50ms")
				.withBean(VectorStore.class, () -> new SlowVectorStore(never))
				.run((context) -> {
					askTwice(context);
					assertThat(CacheClients.counters(context).bypasses(Bypass.STORE)).isEqualTo(2);
				});
		}
		finally {
			never.countDown();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void encoderThatCannotStartLeavesEqualQuestions(boolean broken) {
		this.semantic.withBean(TextEncoder.class, () -> new LetterEncoder() {

			@Override
			public String id() {
				if (broken) {
					throw new UnsatisfiedLinkError("no library");
				}
				throw new IllegalStateException("no model");
			}

		}).run((context) -> {
			askTwice(context);
			assertThat(CacheClients.counters(context).misses(Miss.ENCODER)).isOne();
			assertThat(this.provider.requests()).hasSize(1);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void encoderThatFailsLateLeavesEqualQuestions(boolean broken) {
		FailingEncoder encoder = new FailingEncoder(broken);
		this.semantic.withBean(TextEncoder.class, () -> encoder).run((context) -> {
			int warm = LetterEncoder.warm(context);
			CacheClients.awaitStored(context, warm);
			long before = CacheClients.counters(context).misses(Miss.ENCODER);
			int asked = this.provider.requests().size();
			encoder.fails = true;
			askTwice(context);
			assertThat(CacheClients.counters(context).misses(Miss.ENCODER)).isEqualTo(before + 1);
			assertThat(context.getBean(Faults.class).count(Faults.Kind.ENCODER)).isPositive();
			assertThat(this.provider.requests()).hasSize(asked + 1);
			CacheClients.awaitStored(context, warm + 1);
		});
	}

	private long asked() {
		return this.provider.requests().size();
	}

	private static void askTwice(ApplicationContext context) {
		assertThat(CacheClients.ask(context, "How do penguins sleep?")).isEqualTo("fine");
		assertThat(CacheClients.stream(context, "How do penguins sleep?")).isEqualTo("fine");
	}

	@Test
	void labelsThatCannotBeKeptHoldNothingUp() {
		this.semantic.withBean(TextEncoder.class, LetterEncoder::new)
			.withBean(LabelLog.class, BrokenLog::new)
			.run((context) -> {
				LetterEncoder.warm(context);
				for (int i = 0; i < 20; i++) {
					CacheClients.ask(context, "How do penguins of kind " + i + " sleep?");
				}
				CacheClients.await(() -> context.getBean(Faults.class).count(Faults.Kind.CACHE) > 0);
				assertThat(CacheClients.turns(context)).extracting(TurnRecord::cacheOutcome)
					.doesNotContain(CacheOutcome.BYPASSED);
			});
	}

	enum Failure {

		DECLARED, OTHER;

		RuntimeException toException() {
			return (this == DECLARED)
					? new CacheStoreException(CacheStoreException.StoreReason.UNAVAILABLE, "down", null)
					: new IllegalStateException("a fault of the store");
		}

	}

	private static final class FailingStore extends DelegatingStore {

		private final Failure failure;

		private final Set<String> methods;

		private FailingStore(Failure failure, String... methods) {
			this.failure = failure;
			this.methods = Set.of(methods);
		}

		@Override
		void before(String method, @Nullable CacheEntry entry) {
			if (this.methods.contains(method)) {
				throw this.failure.toException();
			}
		}

	}

	private static final class FailingEncoder extends LetterEncoder {

		private final boolean broken;

		private volatile boolean fails;

		private FailingEncoder(boolean broken) {
			this.broken = broken;
		}

		@Override
		public float[] encode(String text) {
			if (this.fails && this.broken) {
				throw new NoClassDefFoundError("a class");
			}
			if (this.fails) {
				throw new IllegalStateException("no session");
			}
			return super.encode(text);
		}

	}

	private static final class BrokenLog implements LabelLog {

		@Override
		public void append(String learningGroup, Collection<byte[]> records) {
			throw Failure.DECLARED.toException();
		}

		@Override
		public LabelBatch read(String learningGroup, long after, int most) {
			throw Failure.DECLARED.toException();
		}

	}

	/** Accepts connections and says nothing. */
	private static final class SilentServer implements AutoCloseable {

		private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());

		private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

		private SilentServer() throws IOException {
			Thread thread = new Thread(this::accept, "silent-server");
			thread.setDaemon(true);
			thread.start();
		}

		private void accept() {
			try {
				while (!this.server.isClosed()) {
					this.sockets.add(this.server.accept());
				}
			}
			catch (IOException ex) {
				// closed
			}
		}

		private int port() {
			return this.server.getLocalPort();
		}

		@Override
		public void close() throws IOException {
			this.server.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}

	}

	/** Answers when it is too late. */
	private static final class SlowVectorStore implements VectorStore {

		private final VectorStore delegate = SimpleVectorStore.builder(new CacheEmbeddingModel(1)).build();

		private final CountDownLatch late;

		private SlowVectorStore(CountDownLatch late) {
			this.late = late;
		}

		@Override
		public void add(List<Document> documents) {
			waitTooLong();
			this.delegate.add(documents);
		}

		@Override
		public void delete(List<String> ids) {
			waitTooLong();
			this.delegate.delete(ids);
		}

		@Override
		public void delete(Filter.Expression filter) {
			waitTooLong();
			this.delegate.delete(filter);
		}

		@Override
		public List<Document> similaritySearch(SearchRequest request) {
			waitTooLong();
			return this.delegate.similaritySearch(request);
		}

		private void waitTooLong() {
			try {
				this.late.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}

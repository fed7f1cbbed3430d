package io.github.costwise.benchmarks.eval;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;

import io.github.costwise.benchmarks.eval.cache.ExactHits;
import io.github.costwise.benchmarks.eval.cache.SupportRequests;
import io.github.costwise.cache.memory.InMemoryResponseCacheStore;
import io.github.costwise.cache.memory.MemoryStoreSettings;
import io.github.costwise.cache.response.CacheHit;

/**
 * What the exact tier costs, without an encoder. The baselines are the least that can be
 * done instead: a map keyed on the text of the question alone, which tells no two scopes
 * apart, and a whole call without Costwise.
 *
 * @since 0.1.0
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CachePathBenchmark {

	private static final int QUESTIONS = 1_000;

	private static final int ENTRIES = 100_000;

	private static final String CLIENT = "client";

	private final Map<String, String> plainMap = new ConcurrentHashMap<>();

	private final ChatClient bare = ChatClient.create(new ScriptedModel());

	private @Nullable ExactHits exact;

	private @Nullable WholeHits whole;

	private @Nullable ManagedContext missing;

	private @Nullable ManagedContext without;

	private ChatClient missingClient = this.bare;

	private ChatClient withoutClient = this.bare;

	private int next;

	/**
	 * Fills caches and starts applications with a cache that answers, one that never
	 * does, and none.
	 */
	@Setup(Level.Trial)
	public void start() {
		for (int i = 0; i < QUESTIONS; i++) {
			this.plainMap.put(SupportRequests.question(i), "The answer number " + i);
		}
		this.exact = new ExactHits(
				new InMemoryResponseCacheStore(new MemoryStoreSettings(ENTRIES, Long.MAX_VALUE), Clock.systemUTC()));
		this.whole = new WholeHits();
		this.missing = start(WholeHits.properties());
		this.missingClient = this.missing.client(CLIENT);
		this.without = start(Map.of("costwise.policies.default.cache.mode", "off"));
		this.withoutClient = this.without.client(CLIENT);
	}

	private static ManagedContext start(Map<String, Object> properties) {
		return ManagedContext.start(properties, (beans) -> ManagedContext.addClient(beans, CLIENT, ScriptedModel::new));
	}

	/**
	 * Stops the applications.
	 */
	@TearDown(Level.Trial)
	public void stop() {
		for (AutoCloseable part : new @Nullable AutoCloseable[] { this.exact, this.whole, this.missing,
				this.without }) {
			close(part);
		}
	}

	private static void close(@Nullable AutoCloseable part) {
		try {
			if (part != null) {
				part.close();
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException("Not closed", ex);
		}
	}

	/**
	 * Looks a question up in a map, whatever its scope.
	 * @return the answer
	 */
	@Benchmark
	public @Nullable String baselinePlainMap() {
		return this.plainMap.get(question());
	}

	/**
	 * Makes the scope key of a request and finds its answer.
	 * @return the answer
	 */
	@Benchmark
	public CacheHit exactHit() {
		return started(this.exact).ask();
	}

	/**
	 * Calls a managed client that is answered by the exact tier.
	 * @return the answer
	 */
	@Benchmark
	public ChatResponse wholeHit() {
		return started(this.whole).hit();
	}

	/**
	 * Calls a bare client.
	 * @return the answer
	 */
	@Benchmark
	public @Nullable ChatResponse baselineCall() {
		return ask(this.bare);
	}

	/**
	 * Calls a managed client without a cache.
	 * @return the answer
	 */
	@Benchmark
	public @Nullable ChatResponse managedCallWithoutCache() {
		return ask(this.withoutClient);
	}

	/**
	 * Calls a managed client whose cache has no answer and stores every one.
	 * @return the answer
	 */
	@Benchmark
	public @Nullable ChatResponse managedMiss() {
		return ask(this.missingClient);
	}

	private @Nullable ChatResponse ask(ChatClient client) {
		int number = this.next++;
		return client.prompt()
			.system(SupportRequests.SYSTEM)
			.messages(SupportRequests.history(number))
			.user(SupportRequests.question(number))
			.options(SupportRequests.options().mutate())
			.call()
			.chatResponse();
	}

	private String question() {
		return SupportRequests.question(this.next++ % QUESTIONS);
	}

	private static <T> T started(@Nullable T part) {
		if (part == null) {
			throw new IllegalStateException("Not started");
		}
		return part;
	}

}

package io.github.costwise.benchmarks.eval;

import java.util.List;
import java.util.Map;
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

import io.github.costwise.CostScope;

/**
 * A whole ChatClient call and a stream of {@value ScriptedModel#CHUNKS} chunks on a model
 * in process. The baselines are the same without Costwise.
 *
 * @since 0.1.0
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CallPathBenchmark {

	private final CostScope scope = CostScope.builder().feature("benchmark").tenant("acme").build();

	private final ChatClient bare = ChatClient.create(new ScriptedModel());

	private @Nullable ManagedContext context;

	private ChatClient managed = this.bare;

	/**
	 * Starts the application that manages the client.
	 */
	@Setup(Level.Trial)
	public void start() {
		this.context = ManagedContext.start(Map.of(),
				(beans) -> ManagedContext.addClient(beans, "client", ScriptedModel::new));
		this.managed = this.context.client("client");
	}

	/**
	 * Stops the application.
	 */
	@TearDown(Level.Trial)
	public void stop() {
		if (this.context != null) {
			this.context.close();
		}
	}

	/**
	 * Calls the bare client.
	 * @return the answer
	 */
	@Benchmark
	public @Nullable String baselineCall() {
		return this.bare.prompt("question").call().content();
	}

	/**
	 * Calls the managed client inside a scope.
	 * @return the answer
	 */
	@Benchmark
	public @Nullable String managedCall() {
		return this.scope.get(() -> this.managed.prompt("question").call().content());
	}

	/**
	 * Streams from the bare client.
	 * @return the chunks
	 */
	@Benchmark
	public @Nullable List<String> baselineStream() {
		return this.bare.prompt("question").stream().content().collectList().block();
	}

	/**
	 * Streams from the managed client inside a scope.
	 * @return the chunks
	 */
	@Benchmark
	public @Nullable List<String> managedStream() {
		return this.scope.get(() -> this.managed.prompt("question").stream().content().collectList().block());
	}

}
